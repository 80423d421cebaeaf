"""Let the official packages `@instantdb/admin` (npm) and `instantdb` (PyPI) do a day's work on `instant-admin local`.

    python scripts/interop.py [package ...]

The npm package is installed into build/interop, as scripts/interop/package-lock.json says. Without Node its part is
left out, with a word.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # for `scripts.served`, as tests import it

from scripts.served import Served, serving

ROOT = Path(__file__).resolve().parent.parent
DAYS = ROOT / "scripts" / "interop"
SCRATCH = ROOT / "build" / "interop"
_SECONDS = 120


def python() -> list[str] | None:
    """The command of the Python day."""
    return [sys.executable, str(DAYS / "day.py")]


def javascript() -> list[str] | None:
    """The command of the JavaScript day, its package installed; None where Node is missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    SCRATCH.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "day.mjs"):
        shutil.copy(DAYS / name, SCRATCH / name)
    if not (SCRATCH / "node_modules").exists():
        subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"],
            cwd=SCRATCH,
            check=True,
            timeout=_SECONDS,
        )
    return [node, str(SCRATCH / "day.mjs")]


def spend_day(served: Served, command: list[str]) -> bool:
    """Run one day on an app of its own; what it says goes to the terminal."""
    request = urllib.request.Request(  # noqa: S310  our own server
        f"{served.url}/_local/apps",
        data=(DAYS / "model.json").read_bytes(),
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request) as reply:  # noqa: S310  as above
        app = json.load(reply)
    environment = {
        **os.environ,
        "INTEROP_URL": served.url,
        "INTEROP_APP_ID": app["app_id"],
        "INTEROP_ADMIN_TOKEN": app["admin_token"],
    }
    return subprocess.run(command, env=environment, check=False, timeout=_SECONDS).returncode == 0


PACKAGES = {"instantdb": ("instantdb (PyPI)", python), "@instantdb/admin": ("@instantdb/admin (npm)", javascript)}


def main() -> int:
    chosen = sys.argv[1:] or list(PACKAGES)
    failed = False
    with serving("--control") as served:
        for package in chosen:
            name, find_command = PACKAGES[package]
            command = find_command()
            if command is None:
                print(f"{name}: left out, there is no Node here")
                continue
            is_fine = spend_day(served, command)
            failed = failed or not is_fine
            print(f"{name}: {'every call did what it should' if is_fine else 'FAILED'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
