"""Streams: how long it takes to write and to read them, against a stub."""

from __future__ import annotations

import asyncio
import itertools
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from benchmarks.case import Case
from benchmarks.contenders import APP_ID, TOKEN
from benchmarks.measure import interleave

_SMALL = ["a token of text"] * 200
_LARGE = ["0123456789abcdef" * 4096] * 64
"""4 MiB, in pieces of 64 KiB."""
_PATIENCE_SECONDS = 60.0


def run() -> Iterator[Case]:
    """Many small writes, large ones, and reading those."""
    with _serving() as base, asyncio.Runner() as runner, ExitStack() as stack:
        clients = _clients(base, runner, stack)
        small = interleave({name: client.writing(_SMALL) for name, client in clients.items()}, rounds=3)
        large = interleave({name: client.writing(_LARGE) for name, client in clients.items()}, rounds=5)
        reading = interleave({name: client.reading(_LARGE) for name, client in clients.items()}, rounds=5)
    for title, values, goal in (
        ("stream of 200 small writes, stored", small, 0.1),
        ("stream of 4 MiB, written and stored", large, 0.5),
        ("stream of 4 MiB, read", reading, 1.0),
    ):
        yield Case(title, values, goals={"ours, async": goal, "ours, blocking": goal})


@contextmanager
def _serving() -> Iterator[str]:
    """The stub's address."""
    command = [sys.executable, "-m", "benchmarks.stream_stub"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as stub:
        assert stub.stdout is not None
        assert stub.stdin is not None
        yield f"http://127.0.0.1:{stub.stdout.readline().strip()}"
        stub.stdin.close()


class _Client:
    """A client, and how it writes and reads."""

    _numbers = itertools.count()

    def __init__(self, write: Callable[[str, list[str]], object], read: Callable[[str], int]) -> None:
        self._write = write
        self._read = read

    def writing(self, texts: list[str]) -> Callable[[], object]:
        """What writes a stream of its own."""
        return lambda: self._write(f"stream-{next(self._numbers)}", texts)

    def reading(self, texts: list[str]) -> Callable[[], object]:
        """What reads a stream with these texts."""
        client_id = f"stream-{next(self._numbers)}"
        self._write(client_id, texts)
        length = len("".join(texts))

        def read() -> None:
            found = self._read(client_id)
            assert found == length, f"{found} characters of {length}"

        return read


def _clients(base: str, runner: asyncio.Runner, stack: ExitStack) -> dict[str, _Client]:
    import instantdb

    from instant_admin import AsyncInstantAdmin, InstantAdmin

    peer = instantdb.AsyncInstant(app_id=APP_ID, admin_token=TOKEN, api_uri=base)
    ours = AsyncInstantAdmin(APP_ID, TOKEN, base_url=base)
    blocking = stack.enter_context(InstantAdmin(APP_ID, TOKEN, base_url=base))
    stack.callback(lambda: runner.run(ours.aclose()))
    stack.callback(lambda: runner.run(peer.aclose()))

    def write(client_id: str, texts: list[str]) -> None:
        with blocking.streams.write(client_id) as writer:
            for text in texts:
                writer.write(text)

    def read(client_id: str) -> int:
        with blocking.streams.read(client_id) as reader:
            return sum(map(len, reader))

    return {
        "instantdb": _awaiting(runner, peer),
        "ours, async": _awaiting(runner, ours),
        "ours, blocking": _Client(write, read),
    }


def _awaiting(runner: asyncio.Runner, db: Any) -> _Client:
    """Both packages have the same form here."""

    async def write(client_id: str, texts: list[str]) -> None:
        async with asyncio.timeout(_PATIENCE_SECONDS), db.streams.write(client_id=client_id) as writer:
            for text in texts:
                await writer.write(text)

    async def read(client_id: str) -> int:
        async with asyncio.timeout(_PATIENCE_SECONDS), db.streams.read(client_id=client_id) as reader:
            return sum([len(text) async for text in reader])

    return _Client(
        lambda client_id, texts: runner.run(write(client_id, texts)), lambda client_id: runner.run(read(client_id))
    )
