"""The state machine of a session: when it connects, what it pushes, and what its channels are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from instant_admin import (
    APIError,
    AuthenticationError,
    InstantError,
    NoReplyError,
    RequestTimeoutError,
    SessionLostError,
    StreamError,
    UnexpectedReplyError,
)
from instant_admin._core.api_errors import read_api_error_object
from instant_admin._core.streams import limits
from instant_admin._core.streams.reader import ReaderMachine
from instant_admin._core.streams.session import Connect, Finish, Push, SessionMachine, Step, Wait
from instant_admin._core.streams.writer import WriterMachine
from tests.support.live_events import INIT, KEEP_ALIVE, Message, event

HEADERS = {"content-type": "text/event-stream; charset=UTF-8"}
TOKEN = "00000000-0000-4000-8000-000000000001"


class Driver:
    """A session, its clock, and a connection of which a test says what comes over it."""

    def __init__(self) -> None:
        self.machine = SessionMachine(secrets=("hidden",))
        self.now = 0.0

    def step(self) -> Step:
        return self.machine.next_step(self.now, 0.0)

    def open(self) -> None:
        """Let there be a session."""
        while not isinstance(step := self.step(), Connect):
            assert isinstance(step, Wait)
            self.now += step.seconds
        assert not self.machine.accepted(HEADERS, self.now, 0.0)
        assert self.say(INIT)

    def say(self, *messages: Message) -> bool:
        return self.machine.received(event(*messages), self.now, 0.0)

    def lose(self, error: InstantError | None = None) -> None:
        self.machine.lost(error, self.now, 0.0)

    def write(self, client_id: str = "log") -> WriterMachine:
        writer = WriterMachine(client_id, TOKEN, None)
        self.machine.add(writer)
        return writer

    def push(self) -> list[str]:
        step = self.step()
        assert isinstance(step, Push), step
        return [message["op"] for message in step.messages]


def refusal(type: str | None, status: int = 400, **content: Any) -> APIError:
    given = {"type": type, "message": "No.", **content}
    return read_api_error_object(status, given, secrets=(), impersonated=False)


def test_nothing_is_connected_without_a_stream() -> None:
    assert isinstance(Driver().step(), Finish)


def test_first_stream_connects_and_is_pushed_when_the_session_is_there() -> None:
    driver = Driver()
    driver.write()
    assert driver.step() == Connect()
    assert isinstance(driver.step(), Wait)
    driver.machine.accepted(HEADERS, 0, 0)
    assert isinstance(driver.step(), Wait)
    assert driver.say(INIT)
    assert driver.push() == ["start-stream"]
    assert isinstance(driver.step(), Wait)


def test_all_that_waits_is_pushed_together() -> None:
    driver = Driver()
    for name in ("a", "b"):
        driver.write(name)
    driver.machine.add(ReaderMachine("c", None, 0, None))
    driver.open()
    assert sorted(driver.push()) == ["start-stream", "start-stream", "subscribe-stream"]


def test_what_does_not_fit_into_a_push_is_in_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PUSH_BYTES", 5)
    driver = Driver()
    writers = [driver.write(name) for name in "abc"]
    driver.open()
    driver.push()
    for writer in writers:
        started = {"op": "start-stream-ok", "client-event-id": writer.event_id, "stream-id": writer.client_id}
        driver.say({**started, "offset": 0})
        for _ in range(2):
            writer.write("xxxxx")
    assert [driver.push(), driver.push(), driver.push()] == [["append-stream"]] * 3
    assert isinstance(driver.step(), Wait)


def test_answers_find_the_stream_they_are_for() -> None:
    driver = Driver()
    first, second = driver.write("a"), driver.write("b")
    driver.open()
    driver.push()
    driver.machine.touched.clear()
    driver.say({"op": "start-stream-ok", "client-event-id": second.event_id, "stream-id": "x", "offset": 0})
    assert (first.stream_id, second.stream_id, driver.machine.touched) == (None, "x", {second})


@pytest.mark.parametrize("foreign", [{"op": "error", "message": "?"}, {"op": "join-room-ok"}, {"op": "what"}, {}])
def test_what_is_about_no_stream_is_ignored(foreign: Message) -> None:
    driver = Driver()
    driver.write()
    driver.open()
    driver.push()
    assert driver.say(foreign) is False
    assert driver.machine.has_connection


def test_session_is_kept_for_a_while_without_streams_and_then_left() -> None:
    driver = Driver()
    writer = driver.write()
    driver.open()
    writer.fail(StreamError("over"))
    assert driver.step() == Wait(limits.IDLE_SECONDS)
    driver.now += limits.IDLE_SECONDS / 2
    other = driver.write()
    assert driver.push() == ["start-stream"]
    other.fail(StreamError("over"))
    assert driver.step() == Wait(limits.IDLE_SECONDS)
    driver.now += limits.IDLE_SECONDS
    assert (driver.step(), driver.machine.is_finished) == (Finish(), True)


@pytest.mark.parametrize(
    "error",
    [
        None,
        NoReplyError("reset"),
        RequestTimeoutError("silence"),
        refusal(None, 503),
        refusal("rate-limited", 429),
        refusal("session-missing"),
    ],
)
def test_lost_session_is_followed_by_another_one_that_is_told_everything(error: InstantError | None) -> None:
    driver = Driver()
    driver.write()
    driver.open()
    driver.push()
    driver.lose(error)
    assert driver.machine.last_fault is error
    assert isinstance(driver.step(), Wait)
    driver.open()
    assert (driver.push(), driver.machine.last_fault) == (["start-stream"], None)


def test_waits_grow_until_there_is_a_session_again() -> None:
    driver = Driver()
    driver.write()
    waits = []
    for _ in range(4):
        while not isinstance(step := driver.step(), Connect):
            assert isinstance(step, Wait)
            waits.append(step.seconds)
            driver.now += step.seconds
        driver.lose(NoReplyError("refused"))
    driver.open()
    driver.lose()
    again = driver.step()
    assert isinstance(again, Wait)
    assert waits == pytest.approx([0.5, 1.0, 2.0])
    assert again.seconds == pytest.approx(0.5)


def test_wait_is_the_one_that_the_server_suggests() -> None:
    driver = Driver()
    driver.write()
    driver.open()
    driver.machine.received(b"retry:40\n\n", 0, 0)
    driver.lose()
    assert driver.step() == Wait(pytest.approx(0.04))


@pytest.mark.parametrize(
    "error",
    [
        refusal("record-not-found", hint={"record-type": "app-admin-token"}),
        refusal("app-disabled"),
        refusal("param-malformed"),
    ],
)
def test_what_does_not_heal_ends_every_stream(error: APIError) -> None:
    driver = Driver()
    writer, reader = driver.write(), ReaderMachine("c", None, 0, None)
    driver.machine.add(reader)
    driver.open()
    driver.lose(error)
    assert (driver.step(), writer.error, reader.error) == (Finish(), error, error)
    assert driver.machine.touched == {writer, reader}


@pytest.mark.parametrize("error", [refusal("unknown", 500), UnexpectedReplyError("html", status=200)])
def test_fault_of_the_server_is_waited_for_only_after_a_session(error: InstantError) -> None:
    driver = Driver()
    writer = driver.write()
    driver.step()
    driver.lose(error)
    assert writer.error is error

    driver = Driver()
    writer = driver.write()
    driver.open()
    for _ in range(limits.MOST_FAULTS):
        driver.lose(error)
        assert writer.error is None
    driver.lose(error)
    assert writer.error is error


@pytest.mark.parametrize("headers", [{}, {"content-type": "text/html"}])
def test_reply_that_is_no_stream_of_events_is_no_session(headers: Mapping[str, str]) -> None:
    driver = Driver()
    writer = driver.write()
    driver.step()
    assert driver.machine.accepted(headers, 0, 0)
    assert isinstance(writer.error, UnexpectedReplyError)


def test_session_that_does_not_begin_is_given_up_in_spite_of_signs_of_life() -> None:
    driver = Driver()
    writer = driver.write()
    assert driver.step() == Connect()
    driver.machine.accepted(HEADERS, 0, 0)
    driver.now = limits.INIT_SECONDS
    driver.machine.received(KEEP_ALIVE, driver.now, 0)
    assert isinstance(driver.step(), Wait)
    assert not driver.machine.has_connection
    assert (type(driver.machine.last_fault), writer.error) == (RequestTimeoutError, None)


def test_push_that_fails_loses_the_session_it_was_for_and_no_other() -> None:
    driver = Driver()
    driver.write()
    driver.open()
    push = driver.step()
    assert isinstance(push, Push)
    driver.lose()
    driver.open()
    driver.machine.push_failed(push, NoReplyError("reset"), driver.now, 0)
    assert driver.machine.has_connection
    push = driver.step()
    assert isinstance(push, Push)
    error = refusal("session-missing")
    driver.machine.push_failed(push, error, driver.now, 0)
    assert not driver.machine.has_connection
    assert isinstance(driver.machine.last_fault, SessionLostError)


def test_stream_whose_caller_is_gone_is_given_up_in_time() -> None:
    driver = Driver()
    writer = driver.write()
    writer.close("why")
    writer.left_until = 3.0
    driver.open()
    driver.push()
    assert driver.step() == Wait(3.0)
    driver.now = 3.0
    driver.step()
    assert isinstance(writer.error, StreamError)


def test_ending_the_session_ends_every_stream_that_is_not_over() -> None:
    driver = Driver()
    writer = driver.write()
    error = StreamError("closed")
    driver.machine.end(error)
    assert (driver.step(), writer.error) == (Finish(), error)
    driver.machine.end(StreamError("again"))
    assert writer.error is error


def test_secrets_of_the_session_are_masked_in_refusals() -> None:
    driver = Driver()
    writer = driver.write()
    driver.open()
    driver.push()
    text = f"hidden {INIT['sse-token']} {TOKEN}"
    driver.say(
        {
            "op": "error",
            "status": 400,
            "type": "record-not-found",
            "message": text,
            "hint": {"record-type": "app-admin-token", "args": [text]},
            "client-event-id": writer.event_id,
            "original-event": {"op": "start-stream"},
        }
    )
    assert isinstance(writer.error, AuthenticationError)
    assert str(writer.error).startswith("[redacted] [redacted] [redacted]")
    assert writer.error.hint["args"] == ["[redacted] [redacted] [redacted]"]
