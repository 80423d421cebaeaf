"""`make crash` in short, and what `make interop` asks of the package from PyPI."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 300


def _run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_server_that_is_killed_under_load_loses_nothing() -> None:
    assert "Killed 5 times" in _run("scripts/crash.py", "5")


def test_official_python_package_works_with_it() -> None:
    assert "instantdb (PyPI): every call did what it should" in _run("scripts/interop.py", "instantdb")
