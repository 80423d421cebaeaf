"""Short ways to talk to a local Instant from tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from instant_admin.local import LocalApp, LocalInstant, Reply, Request
from tests.local.replay import OpenStream, Send
from tests.local.replay import Reply as RecordedReply

START = 1_790_000_000.0
"""Where the clock of a test begins, in seconds since 1970."""


@dataclass
class Clock:
    """A clock that stands still."""

    seconds: float = START

    def __call__(self) -> float:
        return self.seconds

    def advance(self, seconds: float) -> None:
        self.seconds += seconds


@dataclass
class Answer:
    """A reply, decoded."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def type(self) -> str | None:
        return self.body.get("type") if isinstance(self.body, dict) else None

    @property
    def hint(self) -> Any:
        return self.body["hint"]


@dataclass
class AdminCalls:
    """Calls to one app with its admin token."""

    instance: LocalInstant
    app: LocalApp
    headers: dict[str, str] = field(default_factory=dict)

    def post(self, path: str, body: object = None, **headers: str) -> Answer:
        return self.call("POST", path, body, headers=headers)

    def get(self, path: str, **query: str) -> Answer:
        return self.call("GET", path, query=query)

    def delete(self, path: str, **query: str) -> Answer:
        return self.call("DELETE", path, query=query)

    def ok(self, path: str, body: object = None) -> Any:
        """The body of a POST that is answered with 200."""
        answer = self.post(path, body)
        assert answer.status == 200, answer
        return answer.body

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        sent = {"app-id": self.app.app_id, "authorization": f"Bearer {self.app.admin_token}", **(headers or {})}
        return call(self.instance, method, path, body, query=query, headers=sent)


def call(
    instance: LocalInstant,
    method: str,
    path: str,
    body: object = None,
    *,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """One call; a body that is no bytes is sent as JSON."""
    sent = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
    data = body if isinstance(body, bytes) else b""
    if body is not None and not isinstance(body, bytes):
        sent.setdefault("content-type", "application/json")
        data = json.dumps(body).encode()
    reply = instance.handle(Request(method, path, tuple((query or {}).items()), sent, data))
    return Answer(reply.status, _decoded(reply), reply.headers)


def _decoded(reply: Reply) -> Any:
    if reply.headers.get("content-type", "").startswith("application/json") and reply.body:
        return json.loads(reply.body)
    return reply.body.decode()


def sender(instance: LocalInstant) -> Send:
    """How `replay` reaches a local Instant."""

    def send(
        method: str, path: str, query: dict[str, str], headers: dict[str, str], body: bytes | None
    ) -> RecordedReply:
        reply = instance.handle(_request(method, path, query, headers, body))
        return reply.status, reply.body if reply.pieces is None else b"".join(reply.pieces)

    return send


def opener(instance: LocalInstant) -> OpenStream:
    """How `replay` opens streams of a local Instant."""

    def open_stream(
        method: str, path: str, query: dict[str, str], headers: dict[str, str], body: bytes | None
    ) -> Listener:
        return Listener(instance, instance.handle(_request(method, path, query, headers, body)))

    return open_stream


def _request(method: str, path: str, query: dict[str, str], headers: dict[str, str], body: bytes | None) -> Request:
    lowered = {name.lower(): value for name, value in headers.items()}
    return Request(method, path, tuple(query.items()), lowered, body or b"")


class Listener:
    """The events of a stream. It waits for no time at all: it knows when no more come by themselves."""

    def __init__(self, instance: LocalInstant, reply: Reply) -> None:
        self._instance = instance
        self.events = reply.events
        self.status = reply.status
        self._read = b""
        self._messages: list[Any] = []

    def next(self, _seconds: float = 0.0) -> Any:
        """The next event, or None."""
        assert self.events is not None, f"{self.status} is no stream"
        if not self._messages:
            self._instance.control.settle()
            frames = (self._read + (self.events.take() or b"")).split(b"\n\n")
            self._read = frames.pop()
            self._messages += [json.loads(frame[5:]) for frame in frames if frame.startswith(b"data:")]
        return self._messages.pop(0) if self._messages else None

    def all(self) -> list[Any]:
        """All events that have come."""
        found: list[Any] = []
        while (event := self.next()) is not None:
            found.append(event)
        return found

    def close(self) -> None:
        if self.events is not None:
            self.events.close()
