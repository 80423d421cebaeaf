"""The local Instant over HTTP on a socket. Needs the extra `local`."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from instant_admin.local.asgi import asgi_app
from instant_admin.local.control.faults import ConnectionDropped
from instant_admin.local.instance import LocalInstant

_SHUTDOWN_SECONDS = 1


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one.

    Raises:
        OSError: The host is unknown, or the port is taken or not allowed.
    """
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    return socket.create_server(address[:2], family=family)  # pyright: ignore[reportArgumentType]  host and port, of either family


def serve(instance: LocalInstant, listening: socket.socket, *, on_ready: Callable[[], None] | None = None) -> None:
    """Answer requests until SIGINT (Ctrl-C) or SIGTERM; requests under way get a second to end.

    Args:
        instance: Answers; it stays the caller's to close.
        listening: From `listen`; closed at the end.
        on_ready: Called once, when the first request can be answered.
    """
    config = uvicorn.Config(
        asgi_app(instance),
        log_level="error",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        http=_Protocol,
        ws="none",
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    logging.getLogger("uvicorn.error").addFilter(_is_no_goodbye)
    with listening:
        _Server(config, instance, on_ready).run(sockets=[listening])


def _is_no_goodbye(record: logging.LogRecord) -> bool:
    """Whether a log record says anything but that stopping ended requests under way, as it should."""
    is_end = record.exc_info is not None and isinstance(record.exc_info[1], asyncio.CancelledError)
    return not is_end and not record.getMessage().startswith("Cancel ")


class _Protocol(H11Protocol):
    """HTTP/1.1 over one connection, which the application can end by raising `ConnectionDropped`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in the base class
        super().connection_made(transport)
        # asyncio does it only for sockets of an explicit protocol; without, replies wait 40 ms for an acknowledgement.
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.app = _closing(self.app, transport)


def _closing(app: ASGIApp, transport: asyncio.Transport) -> ASGIApp:
    async def closing(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        except ConnectionDropped:
            transport.close()
            # The server answers for an application that ends without a reply, unless it knows that nobody is there.
            while (await receive())["type"] != "http.disconnect":
                pass

    return closing


class _Server(uvicorn.Server):
    """uvicorn, but a signal that stopped it is not raised again afterwards: the caller closes its files first."""

    def __init__(self, config: uvicorn.Config, instance: LocalInstant, on_ready: Callable[[], None] | None) -> None:
        super().__init__(config)
        self._instance = instance
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._on_ready is not None and not self.should_exit:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._instance.live.end_all()  # they are not to be waited for
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        def stop(number: int, frame: FrameType | None) -> None:
            self.handle_exit(number, frame)

        previous = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)
