"""One attempt to deliver: a POST, what came back, or why nothing did."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from dataclasses import dataclass, field

import httpx

from instant_admin.local.webhooks.addresses import is_example
from instant_admin.local.webhooks.events import Attempt, precise_time

TIMEOUT_SECONDS = 20.0
"""For all of an attempt (server contract, webhooks 5)."""
_KEPT_BYTES = 256
_AGENT = "InstantDB Webhook Sender"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What is posted, and where."""

    url: str = field(repr=False)
    body: bytes = field(repr=False)
    signature: str = field(repr=False)
    idempotency_key: str


def open_client() -> httpx.AsyncClient:
    """What sends deliveries, each over a connection of its own, straight to who was named."""
    limits = httpx.Limits(max_keepalive_connections=0)  # an endpoint may close an idle connection at any moment
    return httpx.AsyncClient(timeout=None, limits=limits, trust_env=False)  # noqa: S113  `post` limits the attempt


async def post(client: httpx.AsyncClient, delivery: Delivery, now_ms: int) -> Attempt:
    """Deliver once; never raises for what goes wrong on the way.

    Args:
        client: From `open_client`.
        delivery: What to post.
        now_ms: The instance's time.
    """
    started = time.monotonic()
    status, text = None, None
    error: Exception | None = None
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            status, text = await _exchange(client, delivery)
    except (OSError, ValueError, httpx.HTTPError, httpx.InvalidURL) as cause:  # a TimeoutError is an OSError
        error = cause
    return Attempt(
        at=precise_time(now_ms),
        duration_ms=round((time.monotonic() - started) * 1000),
        success=status is not None and 200 <= status < 300,
        status_code=status,
        response_text=text,
        error_type=None if error is None else _kind(error),
        error_message=None if error is None else str(error) or type(error).__name__,
    )


async def _exchange(client: httpx.AsyncClient, delivery: Delivery) -> tuple[int, str]:
    """The status of the answer, and the beginning of its text."""
    if is_example(delivery.url):
        raise socket.gaierror("this name is only an example")
    headers = {
        "user-agent": _AGENT,
        "content-type": "application/json; charset=utf-8",
        "instant-signature": delivery.signature,
        "idempotency-key": delivery.idempotency_key,
    }
    client.cookies.clear()  # what another endpoint has set
    async with client.stream("POST", delivery.url, content=delivery.body, headers=headers) as reply:
        text = b""
        async for chunk in reply.aiter_bytes():
            text += chunk
            if len(text) >= _KEPT_BYTES:
                break
        return reply.status_code, text[:_KEPT_BYTES].decode("utf-8", "replace")


def _kind(error: BaseException) -> str:
    """What the server calls a failure."""
    causes = _causes(error)
    if any(isinstance(cause, TimeoutError | httpx.TimeoutException) for cause in causes):
        return "timeout"
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return "dns"
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return "tls"
    if isinstance(error, httpx.ConnectError):
        return "connect"
    if isinstance(error, httpx.ProtocolError | httpx.DecodingError):
        return "protocol"
    return "network" if isinstance(error, httpx.NetworkError | OSError) else "unknown"


def _causes(error: BaseException) -> list[BaseException]:
    """An error and those that it came of: httpx hides the system's behind its own."""
    found: list[BaseException] = []
    next_one: BaseException | None = error
    while next_one is not None and next_one not in found:
        found.append(next_one)
        next_one = next_one.__cause__ or next_one.__context__
    return found
