"""The local Instant as an ASGI application, for any ASGI server and any test client. Needs the extra `local`.

from instant_admin.local import LocalInstant
from instant_admin.local.asgi import asgi_app

app = asgi_app(LocalInstant("dev.sqlite"))
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl

from anyio import from_thread
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from instant_admin.local import event_stream_async
from instant_admin.local.control.faults import ConnectionDropped
from instant_admin.local.event_stream import KEEP_ALIVE, KEEP_ALIVE_SECONDS, EventStream
from instant_admin.local.instance import LocalInstant
from instant_admin.local.wire import ConnectionLost, Reply, Request, is_upload


def asgi_app(instance: LocalInstant) -> ASGIApp:
    """An ASGI application over a local Instant. The instance stays the caller's to close.

    Where a test asked for a dropped connection the application raises `ConnectionDropped`, for the server to end it.
    """

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        incoming = HttpRequest(scope, receive)
        try:
            reply = await _reply(instance, incoming)
        except ClientDisconnect:
            return
        except ConnectionDropped as dropped:
            if dropped.reply is not None:
                await _send_half(dropped.reply, send)
            raise
        if reply.events is not None:
            await _send_events(reply, reply.events, receive, send)
        else:
            await _response(reply)(scope, receive, send)

    return app


async def _live(receive: Receive, send: Send) -> None:
    """Tell the server that there is nothing to start and nothing to stop."""
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _reply(instance: LocalInstant, incoming: HttpRequest) -> Reply:
    """The answer of the instance, or what a fault makes of it.

    Raises:
        ClientDisconnect: Nobody waits for it.
        ConnectionDropped: As a test asked.
    """
    request = await _read(incoming)
    fault = instance.faults.take(request)
    if fault is None:
        return await run_in_threadpool(instance.handle, request)
    await asyncio.sleep(fault.stall_seconds)
    if request.incoming is None and await incoming.is_disconnected():  # it would swallow a piece of the body
        raise ClientDisconnect
    return await run_in_threadpool(fault.apply, lambda: instance.handle(request))


async def _read(incoming: HttpRequest) -> Request:
    scope = incoming.scope
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1"), value.decode("latin-1")
        headers[key] = f"{headers[key]},{text}" if key in headers else text
    path = scope.get("raw_path", scope["path"].encode()).decode("latin-1").partition("?")[0]
    goes_on = is_upload(scope["method"], path)
    return Request(
        method=scope["method"],
        path=path,
        query=tuple(parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)),
        headers=headers,
        body=b"" if goes_on else await incoming.body(),
        incoming=_pieces(incoming) if goes_on else None,
    )


def _pieces(incoming: HttpRequest) -> Iterator[bytes]:
    """A body as it comes in, for the thread that handles the request."""
    pieces = incoming.stream()
    while True:
        try:
            piece = from_thread.run(anext, pieces, None)
        except ClientDisconnect as cause:
            raise ConnectionLost from cause
        if piece is None:
            return
        yield piece


def _response(reply: Reply) -> Response:
    headers = dict(reply.headers)
    if reply.pieces is not None:
        return StreamingResponse(iterate_in_threadpool(reply.pieces), reply.status, headers)
    return Response(reply.body, reply.status, headers)


async def _send_events(reply: Reply, events: EventStream, receive: Receive, send: Send) -> None:
    """Send frames as they come, until their end or until the client has gone away."""
    leaving = asyncio.ensure_future(_disconnection(receive))
    leaving.add_done_callback(lambda _: events.close())
    try:
        await send({"type": "http.response.start", "status": reply.status, "headers": _raw_headers(reply.headers)})
        async for data in event_stream_async.read(events, KEEP_ALIVE_SECONDS):
            await send({"type": "http.response.body", "body": data or KEEP_ALIVE, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    except OSError:  # so some servers say that nobody is there
        pass
    finally:
        leaving.cancel()
        events.close()


async def _disconnection(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _send_half(reply: Reply, send: Send) -> None:
    """Promise a whole reply, and send the first half of it; nothing of one that would go on."""
    if reply.events is not None:
        reply.events.close()
    if reply.pieces is not None:
        reply.pieces.close()
    headers = {**reply.headers, "content-length": str(max(len(reply.body), 1))}
    await send({"type": "http.response.start", "status": reply.status, "headers": _raw_headers(headers)})
    await send({"type": "http.response.body", "body": reply.body[: len(reply.body) // 2], "more_body": True})


def _raw_headers(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
