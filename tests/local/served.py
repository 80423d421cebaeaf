"""Recorded exchanges and streams against a served local Instant, over real sockets."""

from __future__ import annotations

import json
import queue
import socket
import threading
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlencode

from scripts.served import SECONDS, Served
from tests.local.replay import Reply


class ServedCalls:
    """How `replay` reaches a served local Instant: calls over one connection, each stream over one of its own."""

    def __init__(self, served: Served) -> None:
        self._address = served.url.removeprefix("http://")
        self._connection = HTTPConnection(self._address, timeout=SECONDS)

    def close(self) -> None:
        self._connection.close()

    def send(self, method: str, path: str, query: dict[str, str], headers: dict[str, str], body: bytes | None) -> Reply:
        self._connection.request(method, _target(path, query), body, headers)
        reply = self._connection.getresponse()
        return reply.status, reply.read()

    def open_stream(
        self, method: str, path: str, query: dict[str, str], headers: dict[str, str], body: bytes | None
    ) -> ServedStream:
        connection = HTTPConnection(self._address)
        connection.request(method, _target(path, query), body, headers)
        return ServedStream(connection)

    def sleep(self, seconds: float) -> None:
        """Let the time of the server go on instead of waiting, and what is done by the way be done."""
        for path, body in (("clock/advance", {"seconds": seconds}), ("settle", {})):
            content = json.dumps(body).encode()
            status, told = self.send("POST", f"/_local/{path}", {}, {"content-type": "application/json"}, content)
            assert status == 200, told


class ServedStream:
    """The events of a stream, read by a thread."""

    def __init__(self, connection: HTTPConnection) -> None:
        self._socket = connection.sock
        self._reply = connection.getresponse()
        self.status = self._reply.status
        self._events: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def next(self, seconds: float) -> Any:
        try:
            return self._events.get(timeout=seconds)
        except queue.Empty:
            return None

    def close(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(SECONDS)
        self._reply.close()
        self._socket.close()

    def _read(self) -> None:
        with suppress(OSError, HTTPException, ValueError):
            for line in self._reply:
                if line.startswith(b"data:"):
                    self._events.put(json.loads(line.removeprefix(b"data:")))


def _target(path: str, query: dict[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path
