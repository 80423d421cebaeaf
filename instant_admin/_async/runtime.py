"""What differs in kind between the flavours, under equal names. Written by hand here and in `_sync`."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from instant_admin._engines.base import AsyncEngine, AsyncStreamEngine

sleep = asyncio.sleep
in_thread = asyncio.to_thread
"""Calls a function that may wait for a disk without keeping the event loop waiting."""

E = TypeVar("E", bound=AsyncEngine | AsyncStreamEngine)


@dataclass(slots=True)
class _Opened(Generic[E]):
    engine: E
    process: int
    closer: AsyncGenerator[None]
    """Suspended until the loop shuts its generators down, or `aclose` runs; then it closes the engine."""


class EngineSlot(Generic[E]):
    """The engine of the running event loop, opened when first needed.

    Connections belong to an event loop, while a client may be a module's global that several `asyncio.run` calls use.
    So each loop has an engine of its own, which is closed together with the loop: an event loop closes the
    asynchronous generators begun in it before it ends.
    """

    def __init__(self, open_engine: Callable[[], E]) -> None:
        self._open_engine = open_engine
        self._opened: WeakKeyDictionary[asyncio.AbstractEventLoop, _Opened[E]] = WeakKeyDictionary()

    async def get(self) -> E:
        """The engine for this loop and process."""
        loop = asyncio.get_running_loop()
        opened = self._opened.get(loop)
        # After a fork the connections are shared with the parent process, so they are left to it.
        if opened is None or opened.process != os.getpid():
            opened = await self._open(loop)
        return opened.engine

    @property
    def is_open(self) -> bool:
        """Whether an engine is open in a loop that still runs."""
        return any(not loop.is_closed() for loop in list(self._opened))

    async def aclose(self) -> None:
        """Close this loop's engine. Those of other loops close with their loops."""
        opened = self._opened.pop(asyncio.get_running_loop(), None)
        if opened is not None and opened.process == os.getpid():
            await opened.closer.aclose()

    async def _open(self, loop: asyncio.AbstractEventLoop) -> _Opened[E]:
        engine = self._open_engine()
        closer = self._close_with_loop(engine, loop)
        opened = self._opened[loop] = _Opened(engine, os.getpid(), closer)
        await anext(closer)
        return opened

    async def _close_with_loop(self, engine: E, loop: asyncio.AbstractEventLoop) -> AsyncGenerator[None]:
        try:
            yield
        finally:
            opened = self._opened.get(loop)
            if opened is not None and opened.engine is engine:  # after a fork there may be another by now
                del self._opened[loop]
            await engine.aclose()


class Mutex:
    """Keeps all but one of an event loop's tasks waiting. Each loop has its own."""

    def __init__(self) -> None:
        self._locks: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Lock] = WeakKeyDictionary()

    async def __aenter__(self) -> None:
        await self._locks.setdefault(asyncio.get_running_loop(), asyncio.Lock()).acquire()

    async def __aexit__(self, *_: object) -> None:
        self._locks[asyncio.get_running_loop()].release()


def current_place() -> object:
    """Where this runs: tasks of one event loop can share what they have begun, others cannot."""
    return asyncio.get_running_loop()
