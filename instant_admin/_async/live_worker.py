"""What a live query runs on: a task here, a thread there. Written by hand here and in `_sync`, under equal names."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Mapping
from contextlib import aclosing, asynccontextmanager
from typing import Any

from instant_admin._async.gateway import AsyncGateway
from instant_admin._core.wire import StreamCall
from instant_admin.types import Timeout

Lock = asyncio.Lock
"""One for all conditions that say something of the same state."""


class Condition(asyncio.Condition):
    """Lets tasks wait for a change."""

    async def wait_until(self, is_reached: Callable[[], bool], seconds: float | None) -> bool:
        """Wait, at most so long, and say whether it is reached. To be called inside `async with`."""
        try:
            async with asyncio.timeout(seconds):
                await self.wait_for(is_reached)
        except TimeoutError:
            return is_reached()
        return True


class Worker:
    """Does one piece of work beside the caller, and can be stopped at any point of it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._task: asyncio.Task[None] | None = None
        self.is_stopping = False

    def start(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Begin, in the running event loop."""
        self._task = asyncio.create_task(work(), name=self._name)

    @property
    def is_running(self) -> bool:
        """Whether it has begun and not ended."""
        return self._task is not None and not self._task.done() and not self._task.get_loop().is_closed()

    @asynccontextmanager
    async def connect(
        self, gateway: AsyncGateway, call: StreamCall, timeout: Timeout
    ) -> AsyncGenerator[tuple[Mapping[str, str], AsyncIterator[bytes]]]:
        """For the work: headers and pieces of a reply, which is left at the end of the block, or when stopped."""
        reply = await gateway.open_stream(call, timeout)
        try:
            async with aclosing(reply.chunks()) as chunks:  # type: ignore[type-var]  # all engines' are generators
                yield reply.headers, chunks
        finally:
            await reply.aclose()

    async def pause(self, seconds: float) -> None:
        """For the work: wait, unless stopped."""
        await asyncio.sleep(seconds)

    async def stop(self) -> bool:
        """End the work; whether it comes to its own end. A task that has not begun yet, say, never does."""
        task = self._task
        if task is None:
            return True
        self.abandon()
        # A task does not wait for itself, nor for one of another loop, which ends by itself.
        if task is asyncio.current_task() or task.get_loop() is not asyncio.get_running_loop():
            return True
        await asyncio.wait([task])
        return not task.cancelled()

    def abandon(self) -> None:
        """Let the work end soon, from any thread, without waiting for it."""
        self.is_stopping = True
        if self._task is not None and self.is_running:
            self._task.get_loop().call_soon_threadsafe(self._task.cancel)
