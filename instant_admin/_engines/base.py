"""The seam between the shells and whatever sends requests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Protocol

from instant_admin._core.wire import Limits, StreamRequest, WireReply, WireRequest


class Engine(Protocol):
    """Sends requests, blocking."""

    @property
    def name(self) -> str:
        """What sends: "httpx", "httpx2", "pyreqwest" or "local"."""
        ...

    def send(self, request: WireRequest, limits: Limits) -> WireReply:
        """Send one request and read the whole reply, whatever its status.

        Raises:
            NoReplyError: None arrived; `request_sent` tells whether the request may have.
        """
        ...

    def close(self) -> None:
        """Free what the engine opened. What was handed in stays open."""
        ...


class AsyncEngine(Protocol):
    """Sends requests, awaitable; belongs to one event loop."""

    @property
    def name(self) -> str:
        """What sends: "httpx", "httpx2", "pyreqwest" or "local"."""
        ...

    async def send(self, request: WireRequest, limits: Limits) -> WireReply:
        """Send one request and read the whole reply, whatever its status. Cancelling returns at once.

        Raises:
            NoReplyError: None arrived; `request_sent` tells whether the request may have.
        """
        ...

    async def aclose(self) -> None:
        """Free what the engine opened. What was handed in stays open."""
        ...


class ReplyStream(Protocol):
    """A reply whose body is read piece by piece, blocking."""

    status: int
    headers: Mapping[str, str]

    def chunks(self) -> Iterator[bytes]:
        """The pieces of the body as they arrive, once.

        Raises:
            NoReplyError: The connection was lost, or nothing came within the `read` limit.
        """
        ...

    def interrupt(self) -> None:
        """Make a `chunks` that waits in another thread end, by an error or as if the reply had ended."""
        ...

    def close(self) -> None:
        """Give the connection back, or drop it where the reply is not at its end. By the thread that reads."""
        ...


class StreamEngine(Protocol):
    """Sends and receives piece by piece, blocking. Its connections are its own: streams never keep calls waiting."""

    @property
    def name(self) -> str:
        """What sends: "httpx", "httpx2" or "local"."""
        ...

    def open_stream(self, request: StreamRequest, limits: Limits) -> ReplyStream:
        """Send one request and return when the head of the reply is there, whatever its status.

        Args:
            request: What to send.
            limits: `total` ends with the head of the reply; `read` is the longest silence, in the body too.

        Raises:
            NoReplyError: No reply arrived.
        """
        ...

    def close(self) -> None:
        """Free what the engine opened."""
        ...


class AsyncReplyStream(Protocol):
    """A reply whose body is read piece by piece, awaitable."""

    status: int
    headers: Mapping[str, str]

    def chunks(self) -> AsyncIterator[bytes]:
        """See `ReplyStream.chunks`."""
        ...

    async def aclose(self) -> None:
        """Give the connection back, or drop it where the reply is not at its end."""
        ...


class AsyncStreamEngine(Protocol):
    """Sends and receives piece by piece, awaitable; belongs to one event loop."""

    @property
    def name(self) -> str:
        """What sends: "httpx", "httpx2" or "local"."""
        ...

    async def open_stream(self, request: StreamRequest, limits: Limits) -> AsyncReplyStream:
        """See `StreamEngine.open_stream`."""
        ...

    async def aclose(self) -> None:
        """Free what the engine opened."""
        ...
