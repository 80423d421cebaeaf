"""What a server says to a live query, as messages and as replies of the fake server."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

from tests.support.fake_server import Answer, Sequel

Message = dict[str, Any]

KEEP_ALIVE = b":\n\n"
QUICK = b"retry:1\n\n"
"""Lets a client connect again at once."""

INIT: Message = {
    "op": "sse-init",
    "machine-id": "44444444-4444-4444-8444-444444444446",
    "session-id": "44444444-4444-4444-8444-444444444447",
    "sse-token": "44444444-4444-4444-8444-444444444445",
}


def goals(*titles: Any) -> dict[str, list[dict[str, Any]]]:
    """A result."""
    return {"goals": [{"id": str(index), "title": title} for index, title in enumerate(titles)]}


def first(result: Any, tx_id: int = 1, meta: Mapping[str, Any] = MappingProxyType({})) -> Message:
    """The first answer to a query."""
    about = {"page-info": {}, "aggregate": {}, **meta}
    return {"op": "add-query-ok", "result": result, "result-meta": about, "processed-tx-id": tx_id}


def refreshed(result: Any, tx_id: int = 2, meta: Mapping[str, Any] = MappingProxyType({})) -> Message:
    """A later answer."""
    about = {"page-info": {}, "aggregate": {}, **meta}
    computation = {"instaql-result": result, "result-meta": about, "result-changed?": True}
    return {"op": "refresh-ok", "computations": [computation], "attrs": [{"id": "x"}], "processed-tx-id": tx_id}


def failed(type: str | None, status: int = 400, **content: Any) -> Message:
    """An error in the stream."""
    return {"op": "error", "status": status, "type": type, "message": "The message.", "hint": None, **content}


def event(*messages: Message) -> bytes:
    """One event: a message, or several as a list."""
    content = messages[0] if len(messages) == 1 else list(messages)
    return b"data:" + json.dumps(content).encode() + b"\n\n"


def stream(
    *pieces: Message | bytes,
    ending: Literal["close", "reset", "hold"] = "hold",
    sequel: Sequel | None = None,
    content_type: str = "text/event-stream; charset=UTF-8",
) -> Answer:
    """A reply with these messages, each an event, and bytes as they are."""
    head = f"HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ncache-control: nocache\r\n\r\n".encode()
    body = b"".join(piece if isinstance(piece, bytes) else event(piece) for piece in pieces)
    return Answer(head + body, ending, sequel=sequel)
