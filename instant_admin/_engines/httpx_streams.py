"""Streams over httpx or httpx2: bodies that are sent or read piece by piece, and replies that do not end by themselves.

They use httpx with every engine. pyreqwest's blocking reader cannot be interrupted from another thread (measured), so a
live query over it could not be closed. Streams have connections of their own, as many as there are streams, so that
ordinary calls never wait for them.
"""

from __future__ import annotations

import contextlib
import importlib
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from functools import partial
from types import ModuleType
from typing import Any

from instant_admin._core.wire import Limits, StreamRequest
from instant_admin._engines.httpx import HttpxBase, client_options
from instant_admin.errors import InstantError, RequestTimeoutError


class HttpxStreamEngine(HttpxBase):
    """Blocking streams."""

    @classmethod
    def open(cls, base_url: str) -> HttpxStreamEngine:
        """An engine with a client of its own."""
        library = importlib.import_module("httpx")
        return cls(base_url, library.Client(**_options(library, base_url)), library, is_owned=True)

    def open_stream(self, request: StreamRequest, limits: Limits) -> HttpxReplyStream:
        """See `StreamEngine.open_stream`."""
        try:
            built = self.build(request, limits)
            if request.on_connected is not None:
                built.extensions["trace"] = _tracer(request.on_connected)
            response = self._client.send(built, stream=True, **self.send_options(request))
        except InstantError:  # raised by the body that is being sent
            raise
        except Exception as cause:
            raise self.translate(cause, request) from cause
        return HttpxReplyStream(self, request, response)

    def close(self) -> None:
        """See `StreamEngine.close`."""
        if self._is_owned:
            self._client.close()


class HttpxReplyStream:
    """A reply that is read piece by piece."""

    def __init__(self, engine: HttpxStreamEngine, request: StreamRequest, response: Any) -> None:
        self._engine = engine
        self._request = request
        self._response = response
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = response.headers

    def chunks(self) -> Iterator[bytes]:
        """See `ReplyStream.chunks`."""
        try:
            yield from self._response.iter_bytes()
        except Exception as cause:
            raise self._engine.translate(cause, self._request) from cause

    def interrupt(self) -> None:
        """See `ReplyStream.interrupt`."""
        _shut_down(self._response.extensions.get("network_stream"))

    def close(self) -> None:
        """See `ReplyStream.close`."""
        self._response.close()


class AsyncHttpxStreamEngine(HttpxBase):
    """Awaitable streams."""

    @classmethod
    def open(cls, base_url: str) -> AsyncHttpxStreamEngine:
        """An engine with a client of its own."""
        library = importlib.import_module("httpx")
        return cls(base_url, library.AsyncClient(**_options(library, base_url)), library, is_owned=True)

    async def open_stream(self, request: StreamRequest, limits: Limits) -> AsyncHttpxReplyStream:
        """See `AsyncStreamEngine.open_stream`."""
        import asyncio  # blocking programs do without

        try:
            async with asyncio.timeout(limits.total):
                response = await self._client.send(
                    self.build(request, limits), stream=True, **self.send_options(request)
                )
        except InstantError:
            raise
        except TimeoutError as cause:
            raise RequestTimeoutError("No reply in time.") from cause
        except Exception as cause:
            raise self.translate(cause, request) from cause
        return AsyncHttpxReplyStream(self, request, response)

    async def aclose(self) -> None:
        """See `AsyncStreamEngine.aclose`."""
        if self._is_owned:
            await self._client.aclose()


class AsyncHttpxReplyStream:
    """A reply that is read piece by piece."""

    def __init__(self, engine: AsyncHttpxStreamEngine, request: StreamRequest, response: Any) -> None:
        self._engine = engine
        self._request = request
        self._response = response
        self.status: int = response.status_code
        self.headers: Mapping[str, str] = response.headers

    async def chunks(self) -> AsyncIterator[bytes]:
        """See `AsyncReplyStream.chunks`."""
        try:
            async for chunk in self._response.aiter_bytes():
                yield chunk
        except Exception as cause:
            raise self._engine.translate(cause, self._request) from cause

    async def aclose(self) -> None:
        """See `AsyncReplyStream.aclose`."""
        await self._response.aclose()


def _tracer(on_connected: Callable[[Callable[[], None]], None]) -> Callable[[str, dict[str, Any]], None]:
    """What httpx tells of a request's progress, to get hold of a new connection before the reply begins."""

    def trace(event: str, info: dict[str, Any]) -> None:
        if event in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            on_connected(partial(_shut_down, info["return_value"]))

    return trace


def _shut_down(connection: Any) -> None:
    """End whatever a thread waits for on this connection; None where there is no socket."""
    found = connection.get_extra_info("socket") if connection is not None else None
    if found is not None:
        with contextlib.suppress(OSError):  # it is closed already
            found.shutdown(socket.SHUT_RDWR)


def _options(library: ModuleType, base_url: str) -> dict[str, Any]:
    without_limit = library.Limits(max_connections=None, max_keepalive_connections=10, keepalive_expiry=15.0)
    return {**client_options(library, base_url), "limits": without_limit}
