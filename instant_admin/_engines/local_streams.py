"""Streams over a local Instant in this process: events are read from its memory, without a thread, files in one."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from instant_admin._core.wire import Limits, StreamRequest
from instant_admin._engines.local import failing_reply, stall_seconds
from instant_admin._engines.local_bodies import SentBody, read_in_thread, read_request, read_request_of_loop
from instant_admin.errors import RequestTimeoutError

if TYPE_CHECKING:
    from instant_admin.local import LocalInstant, Reply


class _ReplyStream:
    """What both flavours of a reply share."""

    def __init__(self, reply: Reply, limits: Limits) -> None:
        from instant_admin.local.event_stream import KEEP_ALIVE_SECONDS

        self.status: int = reply.status
        self.headers: Mapping[str, str] = reply.headers
        self._reply = reply
        self._silence_seconds = KEEP_ALIVE_SECONDS
        """After that long a silence something has to be said."""
        self._has_patience = limits.read is None or limits.read > KEEP_ALIVE_SECONDS
        if limits.read is not None and not self._has_patience:
            self._silence_seconds = limits.read

    def _keep_alive(self) -> bytes:
        """What comes after a silence."""
        from instant_admin.local.event_stream import KEEP_ALIVE

        if not self._has_patience:
            raise RequestTimeoutError(f"Nothing came within {self._silence_seconds:g} s.")
        return KEEP_ALIVE

    def _close(self) -> None:
        if self._reply.events is not None:
            self._reply.events.close()
        if self._reply.pieces is not None:
            self._reply.pieces.close()


class LocalStreamEngine:
    """Blocking streams."""

    name = "local"

    def __init__(self, instance: LocalInstant) -> None:
        self._instance = instance

    def open_stream(self, request: StreamRequest, limits: Limits) -> LocalReplyStream:
        """See `StreamEngine.open_stream`."""
        sent = SentBody()
        asked = read_request(request, sent)
        fault = self._instance.faults.take(asked)
        if fault is None:
            reply = self._instance.handle(asked)
        else:
            time.sleep(stall_seconds(fault, limits))
            reply = failing_reply(self._instance, asked, fault, limits)
        sent.raise_error()
        return LocalReplyStream(reply, limits)

    def close(self) -> None:
        """See `StreamEngine.close`. The instance has its own owner."""


class LocalReplyStream(_ReplyStream):
    """A reply that is read piece by piece."""

    def chunks(self) -> Iterator[bytes]:
        """See `ReplyStream.chunks`."""
        events = self._reply.events
        if self._reply.pieces is not None:
            yield from self._reply.pieces
            return
        if events is None:
            yield self._reply.body
            return
        while (data := events.take(self._silence_seconds)) is not None:
            yield data or self._keep_alive()

    def interrupt(self) -> None:
        """See `ReplyStream.interrupt`."""
        if self._reply.events is not None:  # the pieces of a file are there at once: nobody waits for them
            self._reply.events.close()

    def close(self) -> None:
        """See `ReplyStream.close`."""
        self._close()


class AsyncLocalStreamEngine:
    """Awaitable streams."""

    name = "local"

    def __init__(self, instance: LocalInstant) -> None:
        self._instance = instance

    async def open_stream(self, request: StreamRequest, limits: Limits) -> AsyncLocalReplyStream:
        """See `AsyncStreamEngine.open_stream`."""
        import asyncio  # blocking programs do without

        sent = SentBody()
        asked = read_request_of_loop(request, sent, asyncio.get_running_loop())
        fault = self._instance.faults.take(asked)
        answer: Callable[[], Reply] = partial(self._instance.handle, asked)
        if fault is not None:
            await asyncio.sleep(stall_seconds(fault, limits))
            answer = partial(failing_reply, self._instance, asked, fault, limits)
        if asked.incoming is None:
            return AsyncLocalReplyStream(answer(), limits)
        try:
            reply = await asyncio.to_thread(answer)
        finally:
            sent.abandon()
        sent.raise_error()
        return AsyncLocalReplyStream(reply, limits)

    async def aclose(self) -> None:
        """See `AsyncStreamEngine.aclose`. The instance has its own owner."""


class AsyncLocalReplyStream(_ReplyStream):
    """A reply that is read piece by piece."""

    async def chunks(self) -> AsyncIterator[bytes]:
        """See `AsyncReplyStream.chunks`."""
        events = self._reply.events
        if self._reply.pieces is not None:
            async for piece in read_in_thread(self._reply.pieces):
                yield piece
            return
        if events is None:
            yield self._reply.body
            return
        from instant_admin.local.event_stream_async import read  # blocking programs do without asyncio

        async for data in read(events, self._silence_seconds):
            yield data or self._keep_alive()

    async def aclose(self) -> None:
        """See `AsyncReplyStream.aclose`."""
        self._close()
