"""Calling ASGI and WSGI applications as a strict server does."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator


@dataclass
class Answered:
    """What an application answered."""

    status: int
    headers: dict[str, str]
    body: bytes


def call_asgi(
    app: Any,
    method: str = "POST",
    headers: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    pieces: Iterable[bytes] = (b"",),
    *,
    disconnects: bool = False,
) -> Answered | None:
    """The answer of an ASGI application to one request, or None without one.

    Args:
        app: The application.
        method: HTTP method.
        headers: Of the request.
        pieces: The body.
        disconnects: Whether the client goes away before the end of the body.
    """
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in pairs]
    scope = {"type": "http", "asgi": {"version": "3.0"}, "method": method, "path": "/", "headers": raw}
    incoming = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    incoming.append({"type": "http.disconnect"} if disconnects else {"type": "http.request"})
    sent: list[Any] = []

    async def receive() -> Any:
        return incoming.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    if not sent:
        return None
    start, body = sent
    assert (start["type"], body["type"]) == ("http.response.start", "http.response.body")
    return _answered(start["status"], [(n.decode(), v.decode()) for n, v in start["headers"]], body["body"])


def call_wsgi(
    app: Any, method: str = "POST", headers: Mapping[str, str] | None = None, body: bytes = b"", **environ: Any
) -> Answered:
    """The answer of a WSGI application to one request, both held to the specification.

    Args:
        app: The application.
        method: HTTP method.
        headers: Of the request.
        body: Of the request.
        environ: Further entries of the environ.
    """
    given: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "QUERY_STRING": "",
        **{_environ_key(name): value for name, value in (headers or {}).items()},
        **environ,
    }
    setup_testing_defaults(given)
    started: list[Any] = []

    def start_response(status: str, response_headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        started.append((status, response_headers))
        return lambda _: None

    answer = validator(app)(given, start_response)
    try:
        content = b"".join(answer)
    finally:
        answer.close()
    [(status, response_headers)] = started
    return _answered(int(status.split()[0]), response_headers, content)


def _environ_key(name: str) -> str:
    key = name.upper().replace("-", "_")
    return key if key == "CONTENT_TYPE" else f"HTTP_{key}"


def _answered(status: int, pairs: list[tuple[str, str]], body: bytes) -> Answered:
    headers = {name.lower(): value for name, value in pairs}
    assert headers["content-length"] == str(len(body))
    return Answered(status, headers, body)
