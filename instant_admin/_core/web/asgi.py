"""An ASGI application over a function from request to reply."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, TypeAlias

from instant_admin._core.web.messages import TOO_LARGE, WebReply, WebRequest

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
ASGIApp: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]


class _Disconnected(Exception):
    """Nobody waits for a reply."""


def asgi_app(answer: Callable[[WebRequest], Awaitable[WebReply]], max_body_bytes: int) -> ASGIApp:
    """The application. What `answer` raises goes to the server, or to the middleware around the application."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})
        else:
            try:
                body = await _read_body(receive, max_body_bytes)
            except _Disconnected:
                return
            reply = TOO_LARGE if body is None else await answer(WebRequest(scope["method"], scope, body))
            headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers]
            await send({"type": "http.response.start", "status": reply.status, "headers": headers})
            await send({"type": "http.response.body", "body": reply.body})

    return app


async def _live(receive: Receive, send: Send) -> None:
    """Tell the server that there is nothing to start and nothing to stop."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _read_body(receive: Receive, max_body_bytes: int) -> bytes | None:
    """The body, or None as soon as it is longer than the limit."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Disconnected
        body += message.get("body", b"")
        if len(body) > max_body_bytes:
            return None
        if not message.get("more_body", False):
            return bytes(body)
