"""A server that answers at once, in a process of its own, so that what is measured is the client.

    python -m benchmarks.stub        prints its port, then serves until its standard input closes

A query's first namespace says how many rows come back: `{"rows_1000": {}}`.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys

_ROWS = re.compile(rb'"rows_(\d+)"')
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


def _rows(count: int) -> bytes:
    rows = [
        {
            "id": f"{number:08x}-0000-4000-8000-000000000000",
            "title": f"Goal number {number}",
            "difficulty": number % 10,
            "ratio": number / 7,
            "done": number % 2 == 0,
            "createdAt": "2026-01-31T09:05:00.000Z",
            "todos": [{"id": f"{number:08x}-0000-4000-8000-000000000001", "title": "A first step"}],
        }
        for number in range(count)
    ]
    return json.dumps({f"rows_{count}": rows}, separators=(",", ":")).encode()


def _reply(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: %d\r\n\r\n%b" % (
        len(body),
        body,
    )


class Stub(asyncio.Protocol):
    """One connection. Understands requests with a length, which is all that the clients send."""

    replies: dict[int, bytes] = {}  # noqa: RUF012  shared by all connections on purpose
    transacted = _reply(b'{"tx-id":4021}')

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.pending: list[bytes] = []
        self.missing = 0

    def data_received(self, data: bytes) -> None:
        self.pending.append(data)
        if self.missing > len(data):
            self.missing -= len(data)
            return
        received = b"".join(self.pending)
        head, separator, rest = received.partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        self.missing = (int(length.group(1)) if length else 0) - len(rest)
        if not separator or self.missing > 0:
            self.missing = max(self.missing, 0)
            self.pending = [received]
            return
        self.pending, self.missing = [], 0
        self.transport.write(self.answer(head, rest))  # type: ignore[attr-defined]  # TCP transports write

    def answer(self, head: bytes, body: bytes) -> bytes:
        if head.startswith(b"POST /admin/transact"):
            return self.transacted
        wanted = _ROWS.search(body)
        count = int(wanted.group(1)) if wanted else 0
        if count not in self.replies:
            self.replies[count] = _reply(_rows(count))
        return self.replies[count]


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Stub, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve())
