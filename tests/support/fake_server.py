"""A scripted HTTP server on a real socket: a test says what it answers, and sees what it received.

with FakeServer() as server:
    server.script(dropped(), reply({"goals": []}))
    ...
    assert server.received[0].json == {"query": {"goals": {}}, "inference?": False}
"""

from __future__ import annotations

import contextlib
import json
import select
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, Literal, Self
from urllib.parse import parse_qsl, urlsplit

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_PATIENCE_SECONDS = 10.0


@dataclass(frozen=True)
class Received:
    """One request as it arrived. Header names in lower case, values as Latin-1."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    connection: int
    """Number of the connection it came on, from 0."""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Sequel:
    """The rest of a reply that goes on, sent when the test says so."""

    def __init__(self) -> None:
        self._pieces: SimpleQueue[bytes | None] = SimpleQueue()

    def send(self, *pieces: bytes) -> None:
        """Let the reply go on."""
        for piece in pieces:
            self._pieces.put(piece)

    def end(self) -> None:
        """Let the ending come."""
        self._pieces.put(None)

    def send_to(self, connection: socket.socket) -> bool:
        """Send what the test says; whether the client was there to the end."""
        while not select.select([connection], [], [], 0)[0]:  # a client that says something has gone away
            with contextlib.suppress(Empty):
                piece = self._pieces.get(timeout=0.01)
                if piece is None:
                    return True
                connection.sendall(piece)
        return False


@dataclass(frozen=True)
class Answer:
    """What the server does with one request."""

    data: bytes = b""
    ending: Literal["keep", "close", "reset", "hold"] = "keep"
    """After the data: wait for the next request, close, reset, or say nothing more until the client goes away."""
    pause_seconds: float = 0.0
    """Before each single byte, for a reply that trickles in."""
    sequel: Sequel | None = None
    """What comes after the data and before the ending."""


Handler = Callable[[Received], Answer]


def reply(body: Any = None, status: int = 200, headers: dict[str, str] | None = None) -> Answer:
    """A whole reply. Bytes go out as they are, everything else as JSON."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    fields = {"content-type": "application/json", "content-length": str(len(data)), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return Answer(f"HTTP/1.1 {status} Status\r\n{head}\r\n".encode("latin-1") + data)


def refusal(type: str | None, status: int = 400, **content: Any) -> Answer:
    """An error body of Instant's."""
    return reply({"type": type, "message": "The message.", "hint": None, "trace-id": "0af7", **content}, status)


def trickled(answer: Answer, pause_seconds: float) -> Answer:
    """The same bytes, one at a time."""
    return Answer(answer.data, answer.ending, pause_seconds)


def cut(answer: Answer, length: int, ending: Literal["close", "reset", "hold"] = "close") -> Answer:
    """The first bytes of a reply; a negative length leaves out the last ones."""
    return Answer(answer.data[:length], ending)


def dropped() -> Answer:
    """The connection is closed without a word."""
    return Answer(ending="close")


def reset() -> Answer:
    """The connection is reset without a word."""
    return Answer(ending="reset")


def stalled() -> Answer:
    """Nothing happens until the client goes away."""
    return Answer(ending="hold")


def raw(data: bytes) -> Answer:
    """These bytes, then the end of the connection."""
    return Answer(data, "close")


class FakeServer:
    """Listens on a free port of the loopback; use as a context manager."""

    def __init__(self, family: socket.AddressFamily = socket.AF_INET, port: int = 0) -> None:
        self.received: list[Received] = []
        """Every request, in the order of arrival."""
        self.connections = 0
        """How many connections were ever opened."""
        self._script: deque[Answer] = deque()
        self._handler: Handler = lambda _: reply({})
        self._changed = threading.Condition()
        self._departures = 0
        self._sockets: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        host = "::1" if family == socket.AF_INET6 else "127.0.0.1"
        self._listener = socket.create_server((host, port), family=family, backlog=512)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://[::1]:{self.port}" if family == socket.AF_INET6 else f"http://127.0.0.1:{self.port}"

    def script(self, *answers: Answer) -> None:
        """Answer the next requests with these, one after another."""
        self._script.extend(answers)

    def always(self, answer: Answer | Handler) -> None:
        """Answer every request beyond the script with this."""
        self._handler = answer if callable(answer) else lambda _: answer

    @property
    def last(self) -> Received:
        """The latest request."""
        return self.received[-1]

    def wait_for_requests(self, count: int) -> None:
        """Return when so many requests have arrived."""
        self._wait(lambda: len(self.received) >= count, f"{count} requests")

    def wait_for_departures(self, count: int) -> None:
        """Return when clients have closed so many connections."""
        self._wait(lambda: self._departures >= count, f"{count} connections closed by the client")

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in list(self._sockets):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(_PATIENCE_SECONDS)

    def _wait(self, condition: Callable[[], bool], what: str) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, _PATIENCE_SECONDS), f"the server never saw {what}"

    def _start(self, work: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._sockets.add(connection)
            number, self.connections = self.connections, self.connections + 1
            self._start(self._serve, connection, number)

    def _serve(self, connection: socket.socket, number: int) -> None:
        with connection, connection.makefile("rb") as stream, contextlib.suppress(OSError):
            while True:
                request = _read_request(stream, number)
                if request is None:
                    self._depart()
                    break
                if not self._answer(connection, stream, request):
                    break
        self._sockets.discard(connection)

    def _answer(self, connection: socket.socket, stream: Any, request: Received) -> bool:
        """Whether the connection stays open."""
        with self._changed:
            self.received.append(request)
            answer = self._script.popleft() if self._script else None
            self._changed.notify_all()
        answer = answer or self._handler(request)
        try:
            _send(connection, answer)
            if answer.sequel is not None and not answer.sequel.send_to(connection):
                answer = stalled()
            if answer.ending == "hold":
                stream.read(1)
        except OSError:
            answer = stalled()
        if answer.ending == "hold":
            self._depart()
        elif answer.ending == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        return answer.ending == "keep"

    def _depart(self) -> None:
        with self._changed:
            self._departures += 1
            self._changed.notify_all()


def _send(connection: socket.socket, answer: Answer) -> None:
    if not answer.pause_seconds:
        connection.sendall(answer.data)
        return
    for index in range(len(answer.data)):
        time.sleep(answer.pause_seconds)
        connection.sendall(answer.data[index : index + 1])


def _read_request(stream: Any, connection: int) -> Received | None:
    try:
        line = stream.readline().decode("latin-1")
    except ConnectionError:
        return None
    if not line:
        return None
    if line.count(" ") != 2:
        return None  # no HTTP, such as a TLS greeting
    method, target, _ = line.split(" ")
    headers = {}
    while (field := stream.readline().decode("latin-1").strip("\r\n")) != "":
        name, _, value = field.partition(":")
        headers[name.lower()] = value.strip(" ")
    body = stream.read(int(headers.get("content-length", "0")))
    return Received(method, target, headers, body, connection)
