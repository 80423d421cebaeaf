"""Engines over pyreqwest, a Rust client (extra `fast`).

Its limits for connecting, reading and the pool belong to a client, so each set of them has a client of its own; `total`
belongs to the request, and `write` does not exist. What it cannot do: a blocking call notices Ctrl-C only when its
attempt ends; an awaited call that is cancelled returns at once, but its request is dropped only at its `total` limit.
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any, TypeAlias, TypeVar

from pyreqwest.client import BaseClientBuilder, Client, ClientBuilder, SyncClient, SyncClientBuilder
from pyreqwest.exceptions import ClientClosedError, DetailedPyreqwestError, PoolTimeoutError
from pyreqwest.exceptions import RequestTimeoutError as PyreqwestTimeoutError

from instant_admin._core.wire import Limits, WireReply, WireRequest
from instant_admin.errors import (
    ConfigurationError,
    InstantError,
    InvalidArgumentError,
    NoReplyError,
    RequestTimeoutError,
)

_Key: TypeAlias = tuple[float | None, float | None, float | None]
_Builder = TypeVar("_Builder", bound=BaseClientBuilder)

# Whoever computes limits for each call would have a client, and a connection, for each call.
_MOST_CLIENTS = 8
_LOADED_IN = os.getpid()
# How the library names the phase before a connection stands: name, TCP, TLS. Its ConnectError covers more than that.
_CONNECTING = "client error (Connect)"


def is_usable() -> bool:
    """Whether clients can be made in this process: the library's runtime does not survive a fork."""
    if os.getpid() == _LOADED_IN:
        return True
    try:
        SyncClientBuilder().build().close()
    except RuntimeError:
        return False
    return True


class PyreqwestEngine:
    """Blocking engine over pyreqwest."""

    name = "pyreqwest"

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._clients: dict[_Key, SyncClient] = {}

    def send(self, request: WireRequest, limits: Limits) -> WireReply:
        """See `Engine.send`."""
        key = (limits.connect, limits.read, limits.pool)
        try:
            client = self._clients.get(key)
            if client is None:
                # Two threads may both come here; the client that loses is closed when it is collected.
                client = self._clients.setdefault(key, _configure(SyncClientBuilder(), key).build())
                _forget_oldest(self._clients)
            builder = _fill(client.request(request.method, self._base_url + request.target), request, limits)
            response = builder.build().send()
            return WireReply(response.status, response.headers, response.bytes())
        except InstantError:
            raise
        except Exception as cause:  # noqa: BLE001  whatever it is, only our errors leave
            raise _translate(cause, self._base_url) from None  # its text quotes the address, tokens included

    def close(self) -> None:
        """See `Engine.close`."""
        while self._clients:
            self._clients.popitem()[1].close()


class AsyncPyreqwestEngine:
    """Awaitable engine over pyreqwest."""

    name = "pyreqwest"

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._clients: dict[_Key, Client] = {}

    async def send(self, request: WireRequest, limits: Limits) -> WireReply:
        """See `AsyncEngine.send`."""
        key = (limits.connect, limits.read, limits.pool)
        try:
            client = self._clients.get(key)
            if client is None:
                client = self._clients[key] = _configure(ClientBuilder(), key).build()
                _forget_oldest(self._clients)
            builder = _fill(client.request(request.method, self._base_url + request.target), request, limits)
            response = await builder.build().send()
            return WireReply(response.status, response.headers, await response.bytes())
        except InstantError:
            raise
        except Exception as cause:  # noqa: BLE001  whatever it is, only our errors leave
            raise _translate(cause, self._base_url) from None  # its text quotes the address, tokens included

    async def aclose(self) -> None:
        """See `AsyncEngine.aclose`."""
        while self._clients:
            await self._clients.popitem()[1].close()


def _forget_oldest(clients: dict[_Key, Any]) -> None:
    """Keep few clients. One that is dropped still finishes its calls in flight; then its connections close."""
    while len(clients) > _MOST_CLIENTS:
        clients.pop(list(clients)[0], None)  # noqa: RUF015  the list is made at once, while other threads add


def _configure(builder: _Builder, key: _Key) -> _Builder:
    connect, read, pool = key
    builder = builder.follow_redirects(False)
    if connect is not None:
        builder = builder.connect_timeout(timedelta(seconds=connect))
    if read is not None:
        builder = builder.read_timeout(timedelta(seconds=read))
    if pool is not None:
        builder = builder.pool_timeout(timedelta(seconds=pool))
    return builder


def _fill(builder: Any, request: WireRequest, limits: Limits) -> Any:
    for name, value in request.headers.items():
        if not value.isascii():  # the library would send UTF-8, which the server reads as other Latin-1 text
            raise InvalidArgumentError(f"{name}: pyreqwest sends headers in ASCII only; use engine='httpx'.")
    builder = builder.headers(request.headers)
    if limits.total is not None:
        builder = builder.timeout(timedelta(seconds=limits.total))
    return builder if request.body is None else builder.body_bytes(request.body)


def _translate(cause: Exception, base_url: str) -> InstantError:
    reasons = _reasons(cause)
    text = ": ".join(reasons) or type(cause).__name__
    is_connecting = _CONNECTING in reasons
    if isinstance(cause, PyreqwestTimeoutError):
        if is_connecting or isinstance(cause, PoolTimeoutError):
            return RequestTimeoutError(f"No connection in time ({text}).", request_sent=False)
        return RequestTimeoutError(f"No reply in time ({text}).")
    if is_connecting:
        return NoReplyError(f"No connection to {base_url} ({text}).", request_sent=False)
    if isinstance(cause, ClientClosedError):
        return ConfigurationError("The client is closed.")
    if isinstance(cause, RuntimeError):
        return ConfigurationError(f"pyreqwest cannot be used in this process: {cause}")
    return NoReplyError(f"The connection to {base_url} failed ({text}).")


def _reasons(cause: Exception) -> list[str]:
    causes = cause.details["causes"] if isinstance(cause, DetailedPyreqwestError) else None
    # The first one quotes the whole address.
    return [reason["message"] for reason in causes or () if "url (" not in reason["message"]]
