"""Derive the blocking flavour, code and tests, from the awaitable one.

    python scripts/generate_sync.py            write the derived files
    python scripts/generate_sync.py --check    change nothing; exit 1 when a derived file is stale, missing or an orphan

The rules below are the whole conversion. A rule that no file needs is an error, so that the table cannot rot.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TREES = (("instant_admin/_async", "instant_admin/_sync"), ("tests/client/_async", "tests/client/_sync"))

# Written by hand on both sides: what differs in kind.
TWINS = frozenset({"runtime.py", "live_worker.py", "flavour.py", "__init__.py"})

# What stands between these comments in a source file exists in the awaitable flavour only.
ASYNC_ONLY = re.compile(r"^ *# async only: .*\n(?:.*\n)*? *# end of async only\n", re.MULTILINE)

# (pattern, replacement), applied in this order to whole words.
RULES = (
    (r"\basync def\b", "def"),
    (r"\basync with\b", "with"),
    (r"\basync for\b", "for"),
    (r"\bawait ", ""),
    (r"\b_async\b", "_sync"),
    (r"\bAsync(?=[A-Z])", ""),
    (r"\b__aenter__\b", "__enter__"),
    (r"\b__aexit__\b", "__exit__"),
    (r"\b__aiter__\b", "__iter__"),
    (r"\banext\b", "next"),
    (r"\b__anext__\b", "__next__"),
    (r"\bStopAsyncIteration\b", "StopIteration"),
    (r"\baclose\b", "close"),
    (r"\bopen_async(?=\b|_streams\b)", "open"),
    (r"\bAwaitable\[(\w+)\]", r"\1"),
    (r"\bdispatch_async\b", "dispatch"),
    (r"\bawaitable\b", "blocking"),
    (
        r"from several tasks, and\n    as a module's global from several event loops: each loop gets its own [a-z]+\.",
        "from several threads;\n    after a fork the child opens its own connections.",
    ),
)


@dataclass
class Rule:
    """One substitution, and whether any file needed it."""

    pattern: re.Pattern[str]
    replacement: str
    is_used: bool = field(default=False)

    def apply(self, text: str) -> str:
        """The text with every match replaced."""
        text, count = self.pattern.subn(self.replacement, text)
        self.is_used = self.is_used or count > 0
        return text


def derive(source: Path, rules: Iterable[Rule]) -> str:
    """The blocking form of one awaitable file."""
    text = ASYNC_ONLY.sub("", source.read_text())
    for rule in rules:
        text = rule.apply(text)
    name = source.relative_to(ROOT).as_posix()
    return _tidy(f"# Derived from {name} by scripts/generate_sync.py (make sync). Do not edit.\n{text}")


def _tidy(text: str) -> str:
    """Sorted imports, without those that only the awaitable flavour uses, and standard layout."""
    for arguments in (["check", "--select", "I,F401", "--fix-only", "--quiet"], ["format"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *arguments, "--stdin-filename", "derived.py", "-"],
            input=text,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
        text = done.stdout
    return text


def expected_files(rules: list[Rule]) -> dict[Path, str]:
    """Every derived file and what it must hold."""
    files = {}
    for source_name, target_name in TREES:
        source, target = ROOT / source_name, ROOT / target_name
        for path in sorted(source.rglob("*.py")):
            if path.name not in TWINS:
                files[target / path.relative_to(source)] = derive(path, rules)
    return files


def find_orphans(files: dict[Path, str]) -> list[Path]:
    """Files in the derived trees that nothing derives."""
    present = {path for _, target in TREES for path in (ROOT / target).rglob("*.py") if path.name not in TWINS}
    return sorted(present - set(files))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="only say what is out of date")
    check = parser.parse_args().check
    rules = [Rule(re.compile(pattern), replacement) for pattern, replacement in RULES]
    files = expected_files(rules)
    problems = [f"rule is used by no file: {rule.pattern.pattern}" for rule in rules if not rule.is_used]
    problems += [f"nothing derives this file: {path.relative_to(ROOT)}" for path in find_orphans(files)]
    for path, text in files.items():
        if path.exists() and path.read_text() == text:
            continue
        if check:
            problems.append(f"out of date: {path.relative_to(ROOT)}")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    print("\n".join(problems) or f"{len(files)} derived files are up to date.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
