"""A scripted server with sessions and streams: it does what Instant does, but where a test says otherwise.

streams = FakeStreams(server)
streams.pushing.append(dropped())            # the next push is lost
streams.rules["start-stream"] = say_nothing  # starts are not answered
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.support.fake_server import Answer, FakeServer, Received, Sequel, refusal, reply
from tests.support.live_events import INIT, QUICK, Message, event, failed, stream

STREAM_ID = "44444444-4444-4444-8444-444444444449"

Rule = Callable[["FakeSession", Message], None]


@dataclass
class FakeSession:
    """A session as the server sees it."""

    sequel: Sequel
    id: str

    def say(self, **message: Any) -> None:
        """Send a message; underscores in keys stand for hyphens."""
        self.sequel.send(event({key.replace("_", "-"): value for key, value in message.items()}))

    def refuse(self, to: Message, text: str, type: str | None = "validation-failed", status: int = 400) -> None:
        """Answer a message by an error."""
        about = {"message": text, "client-event-id": to["client-event-id"], "original-event": to}
        self.sequel.send(event(failed(type, status, **about)))


@dataclass
class FakeStream:
    """A stream as the server stores it."""

    token: str = ""
    id: str = field(default_factory=lambda: str(uuid4()))
    parts: list[bytes] = field(default_factory=list)
    buffer: bytes = b""
    is_done: bool = False
    abort_reason: str | None = None
    writer: FakeSession | None = None

    @property
    def flushed(self) -> int:
        return sum(map(len, self.parts))

    @property
    def text(self) -> str:
        return (b"".join(self.parts) + self.buffer).decode()


def says(*contents: str, **more: Any) -> Rule:
    """A rule for subscriptions: content from the offset asked for on, each in a message; `more` is said at the end."""

    def answer(session: FakeSession, message: Message) -> None:
        offset = message.get("offset", 0)
        about = {"op": "stream-append", "client_event_id": message["client-event-id"], "stream_id": STREAM_ID}
        for content in contents:
            session.say(**about, offset=offset, files=[], content=content)
            offset += len(content.encode())
        if more:
            session.say(**about, **more)

    return answer


def then(*rules: Rule) -> Rule:
    """A rule for one message after another."""
    waiting = list(rules)
    return lambda session, message: waiting.pop(0)(session, message)


def say_nothing(session: FakeSession, message: Message) -> None:
    """A rule: no answer."""


class FakeStreams:
    """Answers all that a fake server is asked."""

    def __init__(self, server: FakeServer) -> None:
        self.url = server.url
        self.opening: deque[Answer] = deque()
        """Answers to the next requests for a session."""
        self.pushing: deque[Answer] = deque()
        """Answers to the next pushes, which are not looked into."""
        self.fetching: deque[Answer] = deque()
        """Answers to the next requests for parts."""
        self.rules: dict[str, Rule] = {}
        """What to do with messages of an op, instead of the usual."""
        self.sessions: list[FakeSession] = []
        self.pushes: list[list[Message]] = []
        """The messages of each push that arrived."""
        self.streams: dict[str, FakeStream] = {}
        """By client id."""
        self._changed = threading.Condition()
        server.always(self._answer)

    @property
    def messages(self) -> list[Message]:
        """All messages that were pushed."""
        return [message for push in self.pushes for message in push]

    def of(self, op: str) -> list[Message]:
        """Those of an op."""
        return [message for message in self.messages if message["op"] == op]

    def wait_for(self, op: str, count: int = 1) -> Message:
        """Return the message when so many of an op have arrived."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.of(op)) >= count, 10), f"{count} {op} never came"
            return self.of(op)[count - 1]

    def wait_for_sessions(self, count: int) -> FakeSession:
        """Return the session when so many were opened."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.sessions) >= count, 10), f"{count} sessions never came"
            return self.sessions[count - 1]

    def give(self, client_id: str, *parts: str, is_done: bool = True, abort_reason: str | None = None) -> FakeStream:
        """Let there be a stream with stored parts."""
        made = FakeStream(parts=[part.encode() for part in parts], is_done=is_done, abort_reason=abort_reason)
        self.streams[client_id] = made
        return made

    def usual(self, session: FakeSession, message: Message) -> None:
        """Do what Instant does."""
        match message["op"]:
            case "start-stream":
                self._start(session, message)
            case "append-stream":
                self._append(session, message)
            case "subscribe-stream":
                self._subscribe(session, message)

    def part_shown(self, client_id: str, index: int) -> Message:
        """A part as messages show it."""
        size = len(self.streams[client_id].parts[index])
        return {"id": f"{index}", "size": size, "url": f"{self.url}/part/{client_id}/{index}"}

    def _answer(self, request: Received) -> Answer:
        if request.path == "/admin/sse":
            return self._open()
        if request.path == "/admin/sse/push":
            return self._push(request)
        if self.fetching:
            return self.fetching.popleft()
        _, _, client_id, index = request.path.split("/")
        return reply(self.streams[client_id].parts[int(index)], headers={"content-type": "application/octet-stream"})

    def _open(self) -> Answer:
        if self.opening:
            return self.opening.popleft()
        session = FakeSession(Sequel(), str(uuid4()))
        with self._changed:
            self.sessions.append(session)
            self._changed.notify_all()
        return stream({**INIT, "session-id": session.id}, QUICK, ending="reset", sequel=session.sequel)

    def _push(self, request: Received) -> Answer:
        messages = request.json["messages"]
        answer = self.pushing.popleft() if self.pushing else None
        session = next((each for each in self.sessions if each.id == request.json["session_id"]), None)
        if session is None:
            return refusal("session-missing")
        with self._changed:
            self.pushes.append(messages)
            self._changed.notify_all()
        if answer is not None:
            return answer
        for message in messages:
            self.rules.get(message["op"], self.usual)(session, message)
        return reply({})

    def _start(self, session: FakeSession, message: Message) -> None:
        found = self.streams.setdefault(message["client-id"], FakeStream(message["reconnect-token"]))
        if found.token != message["reconnect-token"]:
            session.refuse(message, "A stream with that clientId already exists. Reconnect token is invalid.")
        elif found.is_done:
            session.refuse(message, "Validation failed for start-stream: Stream is closed.")
        else:
            found.buffer, found.writer = b"", session
            self.say_started(session, message)

    def say_started(self, session: FakeSession, message: Message) -> None:
        """Answer a start."""
        found = self.streams[message["client-id"]]
        session.say(
            op="start-stream-ok",
            client_event_id=message["client-event-id"],
            client_id=message["client-id"],
            stream_id=found.id,
            offset=found.flushed,
        )

    def _append(self, session: FakeSession, message: Message) -> None:
        found = next(each for each in self.streams.values() if each.id == message["stream-id"])
        if found.writer is not session:
            session.refuse(message, "Stream is missing.")
        elif message["offset"] != found.flushed + len(found.buffer):
            session.refuse(message, "Invalid offset for stream.")
        else:
            found.buffer += "".join(message["chunks"]).encode()
            if message.get("done"):
                found.is_done, found.abort_reason = True, message.get("abort-reason")
                self.flush(session, found)

    def flush(self, session: FakeSession, found: FakeStream) -> None:
        """Store what is not stored yet, and say so."""
        found.parts.append(found.buffer)
        found.buffer = b""
        session.say(op="stream-flushed", stream_id=found.id, offset=found.flushed, done=found.is_done)

    def _subscribe(self, session: FakeSession, message: Message) -> None:
        client_id = message.get("client-id", "")
        found = self.streams.get(client_id)
        if found is None:
            session.refuse(message, "Validation failed for subscribe-stream: Stream is missing.")
            return
        begin, parts, wanted = 0, list(range(len(found.parts))), message.get("offset", 0)
        while parts and wanted > 0 and begin + len(found.parts[parts[0]]) <= wanted:
            begin += len(found.parts[parts.pop(0)])
        ending: Message = {"done": True, "abort_reason": found.abort_reason}
        session.say(
            op="stream-append",
            client_event_id=message["client-event-id"],
            stream_id=found.id,
            client_id=client_id,
            offset=begin,
            files=[self.part_shown(client_id, index) for index in parts],
            **(ending if found.is_done else {"content": found.buffer.decode()}),
        )
