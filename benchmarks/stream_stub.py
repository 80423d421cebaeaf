"""A server of streams that keeps them in memory, in a process of its own, so that what is measured is the client.

    python -m benchmarks.stream_stub        prints its port, then serves until its standard input closes

What it says over a session comes a little after the push that it is about was answered. Over loopback it would come
first now and then, and then the package `instantdb` waits for an answer that it has dropped, for ever.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any
from uuid import uuid4

_LATER_SECONDS = 0.02
_PART_BYTES = 1024 * 1024

Message = dict[str, Any]


class _Stream:
    def __init__(self) -> None:
        self.id = str(uuid4())
        self.parts: list[bytes] = []
        self.buffer: list[bytes] = []

    def flush(self) -> int:
        """How many bytes are stored then."""
        self.parts.append(b"".join(self.buffer))
        self.buffer.clear()
        return sum(map(len, self.parts))


class Stub:
    """Sessions and streams."""

    def __init__(self) -> None:
        self.address = ""
        self._sessions: dict[str, asyncio.StreamWriter] = {}
        self._streams: dict[str, _Stream] = {}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer what comes over one connection."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:-2])
                body = await reader.readexactly(int(fields.get("content-length", 0)))
                self._answer(head.split(" ")[1].partition("?")[0], body, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def _answer(self, path: str, body: bytes, writer: asyncio.StreamWriter) -> None:
        if path == "/admin/sse":
            ids = {name: str(uuid4()) for name in ("machine-id", "session-id", "sse-token")}
            self._sessions[ids["session-id"]] = writer
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n")
            _say(writer, {"op": "sse-init", **ids})
        elif path == "/admin/sse/push":
            pushed = json.loads(body)
            writer.write(_reply(b"{}"))
            session = self._sessions[pushed["session_id"]]
            asyncio.get_running_loop().call_later(_LATER_SECONDS, self._do, session, pushed["messages"])
        else:
            _, client_id, number = path[1:].split("/")
            writer.write(_reply(self._streams[client_id].parts[int(number)]))

    def _do(self, session: asyncio.StreamWriter, messages: list[Message]) -> None:
        for message in messages:
            about = {"client-event-id": message["client-event-id"]}
            if message["op"] == "start-stream":
                stream = self._streams[message["client-id"]] = _Stream()
                _say(session, {"op": "start-stream-ok", **about, "stream-id": stream.id, "offset": 0})
            elif message["op"] == "append-stream":
                self._append(session, message)
            elif message["op"] == "subscribe-stream":
                client_id = message["client-id"]
                stream = self._streams[client_id]
                files = [
                    {"id": str(number), "size": len(part), "url": f"{self.address}/part/{client_id}/{number}"}
                    for number, part in enumerate(stream.parts)
                ]
                about |= {"stream-id": stream.id, "client-id": client_id, "offset": 0, "files": files, "done": True}
                _say(session, {"op": "stream-append", **about, "abort-reason": None})

    def _append(self, session: asyncio.StreamWriter, message: Message) -> None:
        stream = next(stream for stream in self._streams.values() if stream.id == message["stream-id"])
        stream.buffer += [chunk.encode() for chunk in message["chunks"]]
        is_done = message.get("done", False)
        if is_done or sum(map(len, stream.buffer)) >= _PART_BYTES:
            about = {"op": "stream-flushed", "stream-id": stream.id}
            _say(session, {**about, "offset": stream.flush(), "done": is_done})


def _say(session: asyncio.StreamWriter, message: Message) -> None:
    session.write(b"data:" + json.dumps(message).encode() + b"\n\n")


def _reply(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def _serve() -> None:
    stub = Stub()
    server = await asyncio.start_server(stub.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    stub.address = f"http://127.0.0.1:{port}"
    print(port, flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve())
