"""A WSGI application over a function from request to reply."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from instant_admin._core.web.messages import TOO_LARGE, WebReply, WebRequest

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment


def wsgi_app(answer: Callable[[WebRequest], WebReply], max_body_bytes: int) -> WSGIApplication:
    """The application. What `answer` raises goes to the server, or to the middleware around the application."""

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = _read_body(environ, max_body_bytes)
        reply = TOO_LARGE if body is None else answer(WebRequest(environ["REQUEST_METHOD"], environ, body))
        start_response(reply.status_line, list(reply.headers))
        return [reply.body]

    return app


def _read_body(environ: WSGIEnvironment, max_body_bytes: int) -> bytes | None:
    """The body, or None where it is longer than the limit."""
    wanted = max_body_bytes + 1
    if not environ.get("wsgi.input_terminated"):  # else the server marks the end itself, as it does for chunked bodies
        wanted = min(wanted, _announced_length(environ))
    body = bytearray()
    while len(body) < wanted:
        piece = environ["wsgi.input"].read(wanted - len(body))
        if not piece:
            break
        body += piece
    return None if len(body) > max_body_bytes else bytes(body)


def _announced_length(environ: WSGIEnvironment) -> int:
    length = environ.get("CONTENT_LENGTH", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0
