"""`instant-admin local` in a process of its own, for scripts and tests that need it over a real socket."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import TextIO

SECONDS = 20.0
"""How long it may take to stop."""


class Served:
    """A running `instant-admin local`, and what its banner says."""

    def __init__(self, process: subprocess.Popen[str], errors: TextIO) -> None:
        self.process = process
        self._errors = errors
        self.banner = ""
        assert process.stdout is not None
        for line in process.stdout:
            self.banner += line
            if "Ctrl-C" in line:
                break
        self.url = self._said(r"at (http://\S+)")
        self.app_id = self._said(r"app id +(\S+)")
        self.admin_token = self._said(r"admin token +(\S+)")

    def _said(self, pattern: str) -> str:
        found = re.search(pattern, self.banner)
        assert found, f"{pattern!r} not in banner: {self.banner!r}"
        return found.group(1)

    def errors(self) -> str:
        """What it has written to standard error so far."""
        self._errors.seek(0)
        return self._errors.read()

    def stop(self, number: signal.Signals) -> int:
        """Send a signal, and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(SECONDS)


@contextmanager
def serving(*arguments: str) -> Iterator[Served]:
    """`instant-admin local` on a free port, ready for requests, and killed in the end."""
    command = [sys.executable, "-m", "instant_admin.cli", "local", "--port", "0", *arguments]
    # Errors go to a file: a pipe that nobody reads fills up, and then the server hangs.
    with (
        TemporaryFile("w+") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process,
    ):
        try:
            yield Served(process, errors)
        finally:
            process.kill()
