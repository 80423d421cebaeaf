"""Bodies on their way into a local Instant in this process, and out of it: piece by piece, as over a socket.

The instance takes and gives plain iterators. On an event loop it works in a thread while a body goes on, and the loop
lends the thread one piece after the other.
"""

from __future__ import annotations

import concurrent.futures
from collections.abc import AsyncIterable, AsyncIterator, Generator, Iterable, Iterator
from typing import TYPE_CHECKING

from instant_admin._core.wire import StreamRequest
from instant_admin._engines.local import request_of
from instant_admin.errors import InvalidArgumentError

if TYPE_CHECKING:
    import asyncio

    from instant_admin.local import Request


class SentBody:
    """The body of one request. What goes wrong at its source breaks the request off, and is the caller's again then."""

    def __init__(self) -> None:
        self._is_abandoned = False
        self._awaited: concurrent.futures.Future[bytes | None] | None = None
        self._error: BaseException | None = None

    def pieces(self, body: Iterable[bytes]) -> Iterator[bytes]:
        """The pieces of a body."""
        from instant_admin.local.wire import ConnectionLost

        source = iter(body)
        while not self._is_abandoned:
            try:
                piece = next(source, None)
            except BaseException as error:
                self._error = error
                raise ConnectionLost from error
            if piece is None and not self._is_abandoned:
                return
            yield piece or b""
        raise ConnectionLost

    def lent(self, body: AsyncIterator[bytes], loop: asyncio.AbstractEventLoop) -> Iterator[bytes]:
        """The pieces of a body that must be awaited on a loop, for another thread."""
        import asyncio

        from instant_admin.local.wire import ConnectionLost

        async def take() -> bytes | None:
            return None if self._is_abandoned else await anext(body, None)

        while True:
            self._awaited = asyncio.run_coroutine_threadsafe(take(), loop)
            try:
                piece = self._awaited.result()
            except concurrent.futures.CancelledError as cause:
                raise ConnectionLost from cause
            if piece is None:
                return
            yield piece

    def abandon(self) -> None:
        """Break off a body that is still on its way: nobody waits for the reply any more."""
        self._is_abandoned = True
        if self._awaited is not None:
            self._awaited.cancel()

    def raise_error(self) -> None:
        """Raise what went wrong at the source."""
        if self._error is not None:
            raise self._error


def read_request(request: StreamRequest, sent: SentBody) -> Request:
    """What the instance is asked, by a blocking caller."""
    if isinstance(request.body, AsyncIterable):
        raise InvalidArgumentError("A blocking client cannot send a body that must be awaited.")
    return _read(request, request.body, sent)


def read_request_of_loop(request: StreamRequest, sent: SentBody, loop: asyncio.AbstractEventLoop) -> Request:
    """What the instance is asked, in a thread, by a caller on an event loop."""
    body = request.body
    return _read(request, sent.lent(aiter(body), loop) if isinstance(body, AsyncIterable) else body, sent)


async def read_in_thread(pieces: Generator[bytes]) -> AsyncIterator[bytes]:
    """A body that comes from a disk, for a caller on an event loop."""
    import asyncio

    while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
        yield piece


def _read(request: StreamRequest, body: bytes | Iterable[bytes] | None, sent: SentBody) -> Request:
    from dataclasses import replace

    if isinstance(body, bytes | None):
        return request_of(request, body)
    return replace(request_of(request, None), incoming=sent.pieces(body))
