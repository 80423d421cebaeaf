"""An engine without a network: keeps what it is given to send, and answers from a list."""

from __future__ import annotations

import json
from collections.abc import AsyncIterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Event
from typing import Any

import pytest

from instant_admin import InstantError, NoReplyError
from instant_admin._core.wire import Limits, StreamRequest, WireReply, WireRequest
from instant_admin._engines.choice import EngineChoice

EVENT_STREAM = "text/event-stream"


@dataclass
class StubEngine:
    """Answers each request with the next of its replies, or raises it; the last one is repeated."""

    replies: list[WireReply | InstantError]
    sent: list[WireRequest] = field(default_factory=list)
    limits: list[Limits] = field(default_factory=list)
    base_urls: list[str] = field(default_factory=list)
    """Address of each client that opened this engine."""
    was_read: Event = field(default_factory=Event)
    """Set when a stream has been read, and what it says has been done."""
    name: str = "stub"

    def send(self, request: WireRequest, limits: Limits) -> WireReply:
        self.sent.append(request)
        self.limits.append(limits)
        reply = self.replies[min(len(self.sent), len(self.replies)) - 1]
        if isinstance(reply, InstantError):
            raise reply
        return reply

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class StubReplyStream:
    """A reply of the stub, in one piece. One of events goes on, silently, until it is interrupted."""

    reply: WireReply
    was_read: Event
    interrupted: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.status = self.reply.status
        self.headers = self.reply.headers

    def chunks(self) -> Iterator[bytes]:
        yield self.reply.body
        self.was_read.set()
        if self.headers["content-type"] == EVENT_STREAM:
            self.interrupted.wait()

    def interrupt(self) -> None:
        self.interrupted.set()

    def close(self) -> None:
        """Nothing is open."""


@dataclass
class StubStreamEngine:
    """Sends through a stub what goes piece by piece."""

    engine: StubEngine
    name: str = "stub"

    def open_stream(self, request: StreamRequest, limits: Limits) -> StubReplyStream:
        assert not isinstance(request.body, AsyncIterable)
        body = request.body if isinstance(request.body, bytes | None) else b"".join(request.body)
        whole = WireRequest(request.method, request.target, request.headers, body)
        return StubReplyStream(self.engine.send(whole, limits), self.engine.was_read)

    def close(self) -> None:
        """Nothing is open."""


def reply(content: Any, status: int = 200) -> WireReply:
    """A JSON reply, or with bytes one of HTML."""
    if isinstance(content, bytes):
        return WireReply(status, {"content-type": "text/html"}, content)
    return WireReply(status, {"content-type": "application/json"}, json.dumps(content).encode())


def events_reply(messages: list[Any]) -> WireReply:
    """A stream of events."""
    body = "".join(f"data:{json.dumps(message)}\n\n" for message in messages)
    return WireReply(200, {"content-type": EVENT_STREAM}, body.encode())


def stub_reply(stub: Mapping[str, Any]) -> WireReply | InstantError:
    """A reply, or its absence, as the oracle's vectors describe it."""
    if stub.get("network_error"):
        return NoReplyError("own text")
    if "sse" in stub:
        return events_reply(stub["sse"])
    return reply(stub["text"].encode() if "text" in stub else stub["json"], stub["status"])


def plug_in(monkeypatch: pytest.MonkeyPatch, *replies: WireReply | InstantError) -> StubEngine:
    """Make every blocking client opened from here on send through one stub."""
    engine = StubEngine(list(replies))

    def open_stub(choice: EngineChoice) -> StubEngine:
        engine.base_urls.append(choice.base_url)
        return engine

    def open_stub_streams(choice: EngineChoice) -> StubStreamEngine:
        engine.base_urls.append(choice.base_url)
        return StubStreamEngine(engine)

    monkeypatch.setattr(EngineChoice, "open", open_stub)
    monkeypatch.setattr(EngineChoice, "open_streams", open_stub_streams)
    return engine


def sent_json(request: WireRequest) -> Any:
    """The JSON that a request carries; None without a body, and for a file."""
    return None if request.body is None or request.method == "PUT" else json.loads(request.body)


def sent_headers(request: WireRequest) -> Mapping[str, str]:
    """The headers of a request, but for those that name this SDK and its version."""
    return {k: v for k, v in request.headers.items() if k not in ("instant-admin-version", "user-agent")}
