"""Schemas and rules in files: Python modules that make them, and JSON."""

from __future__ import annotations

import json
import runpy
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from instant_admin.cli.outcome import CommandError
from instant_admin.errors import InstantError
from instant_admin.perms import Rules
from instant_admin.schema import Schema

T = TypeVar("T", Schema, Rules)

FILE_HELP = "a Python file that makes `{name}`, or a JSON file"


def read_schema_file(path: Path) -> Schema:
    """The schema in a file: what its `schema` is, if it is Python.

    Raises:
        CommandError: The file cannot be read or run, or has no schema; names the line where it can.
        SchemaError: The schema is malformed or holds conflicts.
    """
    return _read(path, "schema", Schema, Schema.from_json)


def read_rules_file(path: Path) -> Rules:
    """The rules in a file: what its `rules` are, if it is Python.

    Raises:
        CommandError: The file cannot be read or run, or has no rules; names the line where it can.
        RulesError: The rules are malformed, or have faults.
    """
    rules = _read(path, "rules", Rules, Rules.from_json)
    rules.check()
    return rules


def write_file(path: Path, text: str) -> None:
    """Put a text into a file.

    Raises:
        CommandError: It cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as cause:
        raise CommandError(f"{path} cannot be written: {cause.strerror or cause}.") from None


def _read(path: Path, name: str, kind: type[T], from_json: Callable[[Any], T]) -> T:
    if path.suffix not in (".py", ".json"):
        raise CommandError(f"{path} is neither a .py nor a .json file.")
    try:
        content: Any = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as cause:
        reason = cause.strerror if isinstance(cause, OSError) else "it is no text"
        raise CommandError(f"{path} cannot be read: {reason}.") from None
    if path.suffix == ".py":
        content = _run(path).get(name)
        if isinstance(content, kind):
            return content
        if not isinstance(content, dict):
            raise CommandError(f"{path} makes no `{name}`: assign a {kind.__name__} to that name.")
    else:
        try:
            content = json.loads(content)
        except (ValueError, RecursionError) as cause:
            raise CommandError(f"{path} is no JSON: {cause}.") from None
    return from_json(content)


def _run(path: Path) -> dict[str, Any]:
    """The names that a module makes. It may import modules beside it, as a script may."""
    before = sys.path[:]
    sys.path.insert(0, str(path.resolve().parent))
    try:
        return runpy.run_path(str(path))
    except InstantError:
        raise
    except (Exception, SystemExit) as cause:  # noqa: BLE001  whatever the file does wrong
        raise CommandError(_told(path, cause)) from None
    finally:
        sys.path[:] = before


def _told(path: Path, cause: BaseException) -> str:
    """What went wrong in a file, with the last line of it that was at work."""
    if isinstance(cause, SyntaxError):
        return f"{cause.filename or path}, line {cause.lineno}: {cause.msg}."
    lines = [frame.lineno for frame in traceback.extract_tb(cause.__traceback__) if frame.filename == str(path)]
    place = f"{path}, line {lines[-1]}" if lines else str(path)
    return f"{place}: {type(cause).__name__}: {cause}"
