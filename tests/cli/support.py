"""Running commands on a local Instant in a file."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import pytest

from instant_admin import InstantAdmin
from instant_admin.cli import main


@dataclass(frozen=True)
class Ended:
    """A command that has ended."""

    code: int
    out: str
    err: str


class Terminal:
    """Runs commands in a folder with a local Instant."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.url = f"local:{folder / 'dev.sqlite'}"
        self._capsys = capsys
        self._monkeypatch = monkeypatch
        monkeypatch.chdir(folder)
        self.type("")

    def type(self, text: str, *, is_terminal: bool = False) -> None:
        """What commands read from standard input."""
        stdin = io.StringIO(text)
        stdin.isatty = lambda: is_terminal  # type: ignore[method-assign]  # a terminal, to whoever asks
        self._monkeypatch.setattr("sys.stdin", stdin)

    def write(self, name: str, text: str) -> None:
        """Make a file in the folder."""
        (self.folder / name).write_text(text)

    def run(self, line: str, *arguments: str) -> Ended:
        """Run a command of the app in the file."""
        return self.run_alone(line, *arguments, "--base-url", self.url)

    def run_alone(self, line: str, *arguments: str) -> Ended:
        """Run a command with nothing but its own arguments."""
        code = main([*line.split(), *arguments])
        told = self._capsys.readouterr()
        return Ended(code, told.out, told.err)

    def db(self) -> InstantAdmin:
        """A client of the app in the file."""
        return InstantAdmin(base_url=self.url)
