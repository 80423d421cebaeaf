"""`instant-admin types`: a module of types from a schema."""

from __future__ import annotations

import argparse
import difflib
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from instant_admin._core.codegen.module import DEFAULT_PATH_DEPTH, module_source
from instant_admin.cli.connection import connect
from instant_admin.cli.files import FILE_HELP, read_schema_file, write_file
from instant_admin.cli.outcome import DIFFERS, DONE
from instant_admin.cli.subcommands import add_command
from instant_admin.schema import Schema

if TYPE_CHECKING:
    from instant_admin.cli.subcommands import Commands

_DEFAULT_SCHEMA, _DEFAULT_OUT = Path("instant_schema.py"), Path("instant_types.py")
_DEEPEST_PATH = 5
_SHOWN_LINES = 40


def configure(commands: Commands) -> None:
    """Add the command `instant-admin types`."""
    parser = add_command(commands, "types", "write a schema as typed Python, for type checkers and editors", _types)
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--schema",
        metavar="FILE",
        type=Path,
        default=_DEFAULT_SCHEMA,
        help=f"{FILE_HELP.format(name='schema')} (default: %(default)s)",
    )
    source.add_argument("--from-server", action="store_true", help="take the schema that the app has")
    parser.add_argument(
        "--out", metavar="FILE", type=Path, default=_DEFAULT_OUT, help="the module to write (default: %(default)s)"
    )
    parser.add_argument("--use-dates", action="store_true", help="for clients with use_dates=True: dates are datetimes")
    parser.add_argument(
        "--path-depth",
        metavar="N",
        type=_path_depth,
        default=DEFAULT_PATH_DEPTH,
        help="how many links a path in `where` may follow (default: %(default)s)",
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 3 if the module would change")


def _types(options: argparse.Namespace) -> int:
    source = module_source(
        _read_schema(options),
        command=_command(options),
        use_dates=options.use_dates,
        path_depth=options.path_depth,
    )
    try:
        present = options.out.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        present = ""
    if present == source:
        return DONE
    if options.check:
        print(_difference(present, source, options.out), end="")
        print(f"{options.out} is out of date. Make it again: {_command(options)}", file=sys.stderr)
        return DIFFERS
    write_file(options.out, source)
    return DONE


def _read_schema(options: argparse.Namespace) -> Schema:
    if not options.from_server:
        return read_schema_file(options.schema)
    with connect(options) as db:
        return db.schema.pull()


def _command(options: argparse.Namespace) -> str:
    """What makes the module, without what says where the app is."""
    words = ["instant-admin", "types"]
    words += ["--from-server"] if options.from_server else ["--schema", options.schema.as_posix()]
    words += ["--out", options.out.as_posix()]
    if options.use_dates:
        words.append("--use-dates")
    if options.path_depth != DEFAULT_PATH_DEPTH:
        words += ["--path-depth", str(options.path_depth)]
    return shlex.join(words)


def _difference(present: str, wanted: str, path: Path) -> str:
    lines = list(difflib.unified_diff(present.splitlines(), wanted.splitlines(), str(path), "as it would be", n=1))
    more = [f"... and {len(lines) - _SHOWN_LINES} lines more"] if len(lines) > _SHOWN_LINES else []
    return "".join(f"{line.rstrip()}\n" for line in (*lines[:_SHOWN_LINES], *more))


def _path_depth(text: str) -> int:
    depth = int(text) if text.isascii() and text.isdecimal() else -1
    if not 0 <= depth <= _DEEPEST_PATH:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 0 to {_DEEPEST_PATH}")
    return depth
