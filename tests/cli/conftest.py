"""A terminal for each test of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.support import Terminal


@pytest.fixture
def terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Runs commands in a folder of the test's own."""
    return Terminal(tmp_path, capsys, monkeypatch)
