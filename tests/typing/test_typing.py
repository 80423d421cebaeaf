"""What mypy and pyright say about programs that use the SDK: nothing about right ones, and of wrong ones each error."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FILES = sorted([*HERE.glob("pass/*.py"), *HERE.glob("fail/*.py"), *HERE.glob("schemas/*.py")])

Found = dict[tuple[str, int], set[str]]
"""The checker's names of the errors of each line that has some, by file and line."""

EXPECTED = re.compile(r"# expect: ([\w-]+), (\w+)$")


def expected(checker: str) -> dict[tuple[str, int], str]:
    """What each wrong line is for."""
    return {
        (_name(file), number): match.group(1 if checker == "mypy" else 2)
        for file in FILES
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if (match := EXPECTED.search(line))
    }


def _collect(errors: Iterable[tuple[str, int, str]]) -> Found:
    found: Found = defaultdict(set)
    for file, line, code in errors:
        found[file, line].add(code)
    return found


def _assert_as_expected(found: Found, checker: str) -> None:
    wanted = expected(checker)
    assert sorted(found) == sorted(wanted)
    assert {line: found[line] for line, code in wanted.items() if code not in found[line]} == {}


def _name(file: Path) -> str:
    return file.resolve().relative_to(HERE).as_posix()


@pytest.fixture(scope="module")
def mypy() -> Found:
    """What `mypy --strict` reports. With a cache of its own, since other options make mypy forget what it has."""
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--no-pretty", "--show-error-codes"]
    command += ["--follow-imports=silent"]  # the package itself is checked elsewhere
    # In a wrong line mypy may take what follows it for unreachable.
    command += ["--no-warn-unreachable", "--cache-dir", str(ROOT / ".mypy_cache/typing"), *map(str, FILES)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    lines = re.findall(r"^(.+?):(\d+): error: .*\[([\w-]+)\]$", done.stdout, re.MULTILINE)
    return _collect((_name(ROOT / file), int(number), code) for file, number, code in lines)


@pytest.fixture(scope="module")
def pyright() -> Found:
    """What pyright reports in strict mode."""
    command = [sys.executable, "-m", "pyright", "--outputjson", "-p", str(HERE / "pyrightconfig.json")]
    command += ["--pythonpath", sys.executable]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    report = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"] == len(FILES)
    return _collect(
        (_name(Path(one["file"])), one["range"]["start"]["line"] + 1, one.get("rule", "syntax"))
        for one in report["generalDiagnostics"]
        if one["severity"] == "error"
    )


def test_there_is_something_to_check() -> None:
    assert len(expected("mypy")) == len(expected("pyright")) > 100
    assert {file.parent.name for file in FILES if EXPECTED.search(file.read_text())} <= {"fail"}


def test_mypy_reports_exactly_the_mistakes(mypy: Found) -> None:
    _assert_as_expected(mypy, "mypy")


def test_pyright_reports_exactly_the_mistakes(pyright: Found) -> None:
    _assert_as_expected(pyright, "pyright")
