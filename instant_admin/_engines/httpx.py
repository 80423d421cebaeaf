"""Engines over httpx, and over httpx2, which has the same interface.

httpx has no limit for a whole request. The awaitable engine puts one around it. The blocking engine looks at the clock
between reads of the body, so a body that trickles in can outlast `total` by at most one `read` limit, and headers that
trickle in by as long as each of their pieces comes within it.
"""

from __future__ import annotations

import importlib
import logging
import re
import ssl
import time
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from instant_admin._core.wire import Limits, StreamRequest, WireReply, WireRequest
from instant_admin.errors import ConfigurationError, InstantError, NoReplyError, RequestTimeoutError

# httpx keeps 20 connections by default; 50 concurrent callers would open 30 new ones all the time.
_MAX_CONNECTIONS = 100
_KEEP_ALIVE_SECONDS = 15.0


def origin_of(address: str) -> str:
    """Scheme and host of an address, for messages: the rest of a signed address is a secret."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return "a malformed address"
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def library_of(client: object) -> ModuleType | None:
    """The module, httpx or httpx2, that a client handed in belongs to; None for other objects."""
    for cls in type(client).__mro__:
        root = cls.__module__.partition(".")[0]
        if root in ("httpx", "httpx2"):
            return importlib.import_module(root)
    return None


class HttpxBase:
    """What all engines over httpx share."""

    def __init__(self, base_url: str, client: Any, library: ModuleType, *, is_owned: bool) -> None:
        self._base_url = base_url
        self._client = client
        self._library = library
        self._is_owned = is_owned
        _mask_tokens_in_log(library.__name__)

    @property
    def name(self) -> str:
        """The library that sends."""
        return self._library.__name__

    def build(self, request: WireRequest | StreamRequest, limits: Limits) -> Any:
        """The library's form of a request."""
        total = limits.total
        timeout = self._library.Timeout(
            connect=_least(limits.connect, total),
            read=_least(limits.read, total),
            write=_least(limits.write, total),
            pool=_least(limits.pool, total),
        )
        # As bytes: httpx would encode text beyond ASCII as UTF-8, and the server reads Latin-1.
        headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in request.headers.items()]
        if request.target.startswith("/"):
            address = self._base_url + request.target
            return self._client.build_request(
                request.method, address, content=request.body, headers=headers, timeout=timeout
            )
        # Headers, cookies and parameters that a client handed in adds to each request may be secrets of the server's.
        if agent := self._client.headers.get("user-agent"):
            headers.append((b"user-agent", agent.encode()))
        return self._library.Request(
            request.method,
            request.target,
            content=request.body,
            headers=headers,
            extensions={"timeout": timeout.as_dict()},
        )

    def send_options(self, request: WireRequest | StreamRequest) -> dict[str, Any]:
        """Arguments for sending. No redirect is followed: httpx would take along every token but `authorization`. And
        other hosts get nothing that a client handed in logs in with."""
        options: dict[str, Any] = {"follow_redirects": False}
        return options if request.target.startswith("/") else {**options, "auth": None}

    def translate(self, cause: Exception, request: StreamRequest | None = None) -> InstantError:
        """Our error for one of the library's.

        Args:
            cause: What the library raised.
            request: What was sent, where it may have gone to another host.
        """
        library = self._library
        place = self._base_url if request is None else origin_of(request.address(self._base_url))
        text = f"{type(cause).__name__}: {cause}"
        if isinstance(cause, (library.ConnectTimeout, library.PoolTimeout)):
            return RequestTimeoutError(f"No connection in time ({text}).", request_sent=False)
        if isinstance(cause, library.TimeoutException):
            return RequestTimeoutError(f"No reply in time ({text}).")
        if isinstance(cause, (library.ConnectError, library.ProxyError, library.UnsupportedProtocol)):
            return NoReplyError(f"No connection to {place} ({text}).", request_sent=False)
        if isinstance(cause, library.HTTPError):
            return NoReplyError(f"The connection to {place} failed ({text}).")
        if isinstance(cause, RuntimeError) and self._client.is_closed:
            return ConfigurationError("The http_client handed in is closed.")
        # Below the library's own errors lie those of its parts, whose texts can quote headers.
        return NoReplyError(f"The connection to {place} failed ({type(cause).__name__}).")


class HttpxEngine(HttpxBase):
    """Blocking engine over an `httpx.Client` or `httpx2.Client`."""

    @classmethod
    def open(cls, base_url: str) -> HttpxEngine:
        """An engine with a client of its own."""
        library = importlib.import_module("httpx")
        return cls(base_url, library.Client(**client_options(library, base_url)), library, is_owned=True)

    def send(self, request: WireRequest, limits: Limits) -> WireReply:
        """See `Engine.send`."""
        deadline = None if limits.total is None else time.monotonic() + limits.total
        try:
            response = self._client.send(self.build(request, limits), stream=True, **self.send_options(request))
            try:
                body = self._read(response, deadline)
            finally:
                response.close()
        except InstantError:
            raise
        except Exception as cause:
            raise self.translate(cause) from cause
        return WireReply(response.status_code, response.headers, body)

    @staticmethod
    def _read(response: Any, deadline: float | None) -> bytes:
        chunks: list[bytes] = []
        for chunk in response.iter_bytes():
            chunks.append(chunk)
            if deadline is not None and time.monotonic() > deadline:
                raise RequestTimeoutError("The reply did not end in time.")
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def close(self) -> None:
        """See `Engine.close`."""
        if self._is_owned:
            self._client.close()


class AsyncHttpxEngine(HttpxBase):
    """Awaitable engine over an `httpx.AsyncClient` or `httpx2.AsyncClient`."""

    @classmethod
    def open(cls, base_url: str) -> AsyncHttpxEngine:
        """An engine with a client of its own."""
        library = importlib.import_module("httpx")
        return cls(base_url, library.AsyncClient(**client_options(library, base_url)), library, is_owned=True)

    async def send(self, request: WireRequest, limits: Limits) -> WireReply:
        """See `AsyncEngine.send`."""
        import asyncio  # blocking programs do without

        try:
            async with asyncio.timeout(limits.total):
                response = await self._client.send(self.build(request, limits), **self.send_options(request))
        except TimeoutError as cause:
            raise RequestTimeoutError("No reply in time.") from cause
        except Exception as cause:
            raise self.translate(cause) from cause
        return WireReply(response.status_code, response.headers, response.content)

    async def aclose(self) -> None:
        """See `AsyncEngine.aclose`."""
        if self._is_owned:
            await self._client.aclose()


def client_options(library: ModuleType, base_url: str) -> dict[str, Any]:
    """Arguments for a client of our own."""
    limits = library.Limits(
        max_connections=_MAX_CONNECTIONS,
        max_keepalive_connections=_MAX_CONNECTIONS,
        keepalive_expiry=_KEEP_ALIVE_SECONDS,
    )
    # A cookie set in answer to one user's call must not travel with another user's.
    cookies = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    options: dict[str, Any] = {"limits": limits, "follow_redirects": False, "cookies": cookies}
    if base_url.startswith("http://"):
        # Reading all trusted certificates takes a quarter of a cold start, and this address will never ask for one.
        options["verify"] = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return options


def _least(limit: float | None, total: float | None) -> float | None:
    if limit is None or total is None:
        return total if limit is None else limit
    return min(limit, total)


class _MaskTokens(logging.Filter):
    """Masks secrets in the addresses that httpx logs: refresh tokens in queries, and what makes an address signed."""

    _secret = re.compile(r"((?:refresh_token|[\w-]*[Ss]ignature|X-Amz-Security-Token)=|/storage/files/\S+/)[^&\s\"/]+")

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if (masked := self._secret.sub(r"\1[redacted]", text)) != text:
            record.msg, record.args = masked, ()
        return True


_MASK_TOKENS = _MaskTokens()


def _mask_tokens_in_log(name: str) -> None:
    logging.getLogger(name).addFilter(_MASK_TOKENS)  # adding the same filter again changes nothing
