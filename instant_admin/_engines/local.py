"""Engines over a local Instant in this process: no socket, no server.

A call lasts a few milliseconds, on the event loop too. Only a stall that a test asked for can be waited for, so only
that meets the call's time limits.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from instant_admin._core.wire import Limits, StreamRequest, WireReply, WireRequest
from instant_admin.errors import NoReplyError, RequestTimeoutError

if TYPE_CHECKING:
    from instant_admin.local import LocalInstant, Reply, Request
    from instant_admin.local.control import Fault


class LocalEngine:
    """Blocking engine over a local Instant."""

    name = "local"

    def __init__(self, instance: LocalInstant) -> None:
        self._instance = instance

    def send(self, request: WireRequest, limits: Limits) -> WireReply:
        """See `Engine.send`."""
        asked = request_of(request, request.body)
        fault = self._instance.faults.take(asked)
        if fault is None:
            return _whole(self._instance.handle(asked))
        time.sleep(stall_seconds(fault, limits))
        return _whole(failing_reply(self._instance, asked, fault, limits))

    def close(self) -> None:
        """See `Engine.close`. The instance has its own owner."""


class AsyncLocalEngine:
    """Awaitable engine over a local Instant."""

    name = "local"

    def __init__(self, instance: LocalInstant) -> None:
        self._instance = instance

    async def send(self, request: WireRequest, limits: Limits) -> WireReply:
        """See `AsyncEngine.send`."""
        asked = request_of(request, request.body)
        fault = self._instance.faults.take(asked)
        if fault is None:
            return _whole(self._instance.handle(asked))
        import asyncio  # blocking programs do without

        await asyncio.sleep(stall_seconds(fault, limits))
        return _whole(failing_reply(self._instance, asked, fault, limits))

    async def aclose(self) -> None:
        """See `AsyncEngine.aclose`. The instance has its own owner."""


def request_of(request: WireRequest | StreamRequest, body: bytes | None) -> Request:
    """What the instance is asked."""
    from instant_admin.local import Request

    target, _, query = request.target.partition("?")
    return Request(
        method=request.method,
        path=target if target.startswith("/") else urlsplit(target).path,  # an address that the instance gave out
        query=tuple(parse_qsl(query, keep_blank_values=True)),
        headers=request.headers,
        body=body or b"",
    )


def stall_seconds(fault: Fault, limits: Limits) -> float:
    """How long a stall that a test asked for is waited for."""
    patience = _patience_seconds(limits)
    return fault.stall_seconds if patience is None else min(fault.stall_seconds, patience)


def failing_reply(instance: LocalInstant, request: Request, fault: Fault, limits: Limits) -> Reply:
    """What comes of a request after the stall of its fault.

    Raises:
        NoReplyError: Nothing in time, or as a test asked.
    """
    from instant_admin.local.control import ConnectionDropped

    patience = _patience_seconds(limits)
    if patience is not None and fault.stall_seconds > patience:
        raise RequestTimeoutError(f"No reply within {patience:g} s.")
    try:
        return fault.apply(lambda: instance.handle(request))
    except ConnectionDropped as cause:
        if cause.reply is not None:
            _whole(cause.reply)
        raise NoReplyError("The local Instant dropped the connection, as a test asked.") from cause


def _patience_seconds(limits: Limits) -> float | None:
    """How long the caller waits for a reply; None for as long as it takes."""
    return min((limit for limit in (limits.total, limits.read) if limit is not None), default=None)


def _whole(reply: Reply) -> WireReply:
    """A reply for a caller who does not wait for what goes on without an end."""
    if reply.events is not None:
        reply.events.close()
    body = reply.body if reply.pieces is None else b"".join(reply.pieces)
    return WireReply(reply.status, reply.headers, body)
