"""Uploading and downloading a large file: how fast, how much memory it takes, and how long an event loop stands still.

    python -m benchmarks.transfers blocking|awaitable|process URL APP_ID ADMIN_TOKEN MEBIBYTES

runs one transfer each way in a process of its own and prints the figures as JSON. `process` is the awaitable client of
a local Instant in the same process; it takes no address.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from benchmarks.contenders import environment

MEBIBYTE = 1024 * 1024
SIZE = 1024
"""Of the file, in MiB."""
WAYS = {"blocking": "blocking", "awaitable": "awaitable", "process": "awaitable, local Instant in process"}
_TICK_SECONDS = 0.005


def measure(way: str, *address: str) -> dict[str, float]:
    """The figures of one way, from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.transfers", way, *address, str(SIZE)]
    done = subprocess.run(command, check=True, env=environment(), capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _resident_mebibytes() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this system does not tell")


def _reset_peak() -> None:
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


class _Figures:
    def __init__(self, size: int) -> None:
        self._size = size
        self._found: dict[str, float] = {}
        _reset_peak()
        self._before = _resident_mebibytes()

    def note(self, name: str, seconds: float) -> None:
        self._found[f"{name}_mb_per_second"] = self._size * MEBIBYTE / 1e6 / seconds

    def shown(self, **more: float) -> str:
        return json.dumps({**self._found, "growth_mib": _resident_mebibytes() - self._before, **more})


def _blocking(folder: Path, size: int, address: list[str]) -> str:
    from instant_admin import InstantAdmin

    url, app_id, token = address
    with InstantAdmin(app_id, token, base_url=url) as db:
        db.storage.upload_file("warm", b"x" * MEBIBYTE)
        db.storage.download("warm", folder / "warm")
        figures = _Figures(size)
        started = time.perf_counter()
        db.storage.upload_file("large", folder / "large")
        figures.note("upload", time.perf_counter() - started)
        started = time.perf_counter()
        db.storage.download("large", folder / "back")
        figures.note("download", time.perf_counter() - started)
    return figures.shown()


async def _awaitable(folder: Path, size: int, address: list[str]) -> str:
    from instant_admin import AsyncInstantAdmin

    opened = AsyncInstantAdmin(address[1], address[2], base_url=address[0]) if address else AsyncInstantAdmin.local()
    async with opened as db:
        await db.storage.upload_file("warm", b"x" * MEBIBYTE)
        await db.storage.download("warm", folder / "warm")
        stalls: list[float] = []
        watcher = asyncio.create_task(_watch(stalls))
        figures = _Figures(size)
        started = time.perf_counter()
        await db.storage.upload_file("large", folder / "large")
        figures.note("upload", time.perf_counter() - started)
        started = time.perf_counter()
        await db.storage.download("large", folder / "back")
        figures.note("download", time.perf_counter() - started)
        watcher.cancel()
    return figures.shown(longest_stall_ms=max(stalls) * 1e3)


async def _watch(stalls: list[float]) -> None:
    while True:
        started = time.perf_counter()
        await asyncio.sleep(_TICK_SECONDS)
        stalls.append(time.perf_counter() - started - _TICK_SECONDS)


def _write_file(path: Path, size: int) -> None:
    block = bytes(range(256)) * (MEBIBYTE // 256)
    with path.open("wb") as file:
        for _ in range(size):
            file.write(block)


def _main(arguments: list[str]) -> None:
    way, *address, size = arguments
    run: dict[str, Any] = {"blocking": _blocking, "awaitable": _awaitable, "process": _awaitable}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_file(folder / "large", int(size))
        shown = run[way](folder, int(size), address)
        print(shown if isinstance(shown, str) else asyncio.run(shown))
        assert (folder / "back").stat().st_size == int(size) * MEBIBYTE


if __name__ == "__main__":
    _main(sys.argv[1:])
