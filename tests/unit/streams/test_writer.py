"""The state machine of a writer: what it pushes after what it heard."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import APIError, InstantError, PermissionDeniedError, StreamError, ValidationFailedError
from instant_admin._core.api_errors import read_api_error_object
from instant_admin._core.streams import limits
from instant_admin._core.streams.messages import AppendFailed, Flushed, Refused, Started
from instant_admin._core.streams.writer import WriterMachine

ID = "44444444-4444-4444-8444-444444444449"
TOKEN = "00000000-0000-4000-8000-000000000001"


def refusal(text: str = "The message.", type: str | None = "validation-failed", status: int = 400) -> APIError:
    return read_api_error_object(status, {"type": type, "message": text}, secrets=(), impersonated=False)


class Driver:
    """A writer, and the session it is told of."""

    def __init__(self, **options: Any) -> None:
        self.machine = WriterMachine("log", TOKEN, options.pop("rule_params", None), **options)
        self.now = 0.0

    def push(self) -> list[dict[str, Any]]:
        """What it pushes now, without names that change."""
        return [
            {key: value for key, value in message.items() if key != "client-event-id"}
            for message in self.machine.take(self.now)
        ]

    def start(self, offset: int = 0) -> None:
        """Let it start, and the server answer."""
        (message,) = self.push()
        assert message["op"] == "start-stream"
        self.hear(Started(self.machine.event_id, ID, offset))

    def hear(self, message: Any) -> None:
        self.machine.receive(message, self.now, 0.0)

    def refuse(self, op: str, error: APIError) -> None:
        self.hear(Refused(self.machine.event_id, op, error))


def append(chunks: list[str], offset: int, *, done: bool = False, **more: Any) -> dict[str, Any]:
    return {"op": "append-stream", "stream-id": ID, "chunks": chunks, "offset": offset, "done": done, **more}


def test_start_comes_first_and_once() -> None:
    driver = Driver(rule_params={"a": 1})
    driver.machine.write("x")
    start = {"op": "start-stream", "client-id": "log", "reconnect-token": TOKEN, "rule-params": {"a": 1}}
    assert (driver.push(), driver.push()) == ([start], [])
    driver.hear(Started(driver.machine.event_id, ID, 0))
    assert (driver.push(), driver.push()) == ([append(["x"], 0)], [])


def test_end_is_sent_with_the_last_text() -> None:
    driver = Driver()
    driver.start()
    driver.machine.write("é")
    driver.machine.close()
    assert (driver.push(), driver.push()) == ([append(["é"], 0, done=True)], [])
    driver.hear(Flushed(ID, 2, is_done=True))
    assert (driver.machine.is_over, driver.machine.error, driver.machine.durable) == (True, None, 2)


def test_end_without_text_is_an_append_without_chunks() -> None:
    driver = Driver()
    driver.start()
    driver.machine.close("why")
    assert driver.push() == [append([], 0, done=True, **{"abort-reason": "why"})]


def test_first_reason_to_end_counts() -> None:
    driver = Driver()
    driver.start()
    driver.machine.close("first")
    driver.machine.close(None)
    assert driver.push() == [append([], 0, done=True, **{"abort-reason": "first"})]


def test_end_waits_for_all_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "APPEND_BYTES", 2)
    driver = Driver()
    driver.start()
    for text in ("ab", "cd", "e"):
        driver.machine.write(text)
    driver.machine.close()
    assert [driver.push() for _ in range(4)] == [
        [append(["ab"], 0)],
        [append(["cd"], 2)],
        [append(["e"], 4, done=True)],
        [],
    ]


def test_what_is_flushed_is_forgotten() -> None:
    driver = Driver()
    driver.start()
    driver.machine.write("abc")
    driver.push()
    driver.hear(Flushed(ID, 3, is_done=False))
    driver.machine.disconnected()
    driver.start(3)
    assert (driver.push(), driver.machine.durable) == ([], 3)


@pytest.mark.parametrize(("offset", "chunks"), [(0, ["ab", "cé"]), (2, ["cé"]), (3, ["é"]), (5, None)])
def test_after_a_lost_session_only_what_is_missing_is_sent(offset: int, chunks: list[str] | None) -> None:
    driver = Driver()
    driver.start()
    driver.machine.write("ab")
    driver.machine.write("cé")
    driver.push()
    driver.machine.disconnected()
    driver.start(offset)
    assert driver.push() == ([append(chunks, offset)] if chunks else [])


def test_end_is_sent_again_after_a_lost_session() -> None:
    driver = Driver()
    driver.start()
    driver.machine.write("ab")
    driver.machine.close("why")
    sent = driver.push()
    driver.machine.disconnected()
    driver.start()
    assert driver.push() == sent


def test_answers_to_former_attempts_are_ignored() -> None:
    driver = Driver()
    driver.push()
    former = driver.machine.event_id
    driver.machine.disconnected()
    driver.push()
    driver.hear(Started(former, ID, 7))
    driver.hear(Refused(former, "start-stream", refusal()))
    assert (driver.push(), driver.machine.stream_id, driver.machine.is_over) == ([], None, False)


def test_several_refusals_of_one_attempt_are_one() -> None:
    driver = Driver()
    driver.start()
    driver.machine.write("a")
    driver.push()
    refused = Refused(driver.machine.event_id, "append-stream", refusal())
    for _ in range(3 * limits.MOST_FAULTS):
        driver.hear(refused)
    assert not driver.machine.is_over
    assert driver.push() == []
    assert driver.machine.due is not None
    driver.now = driver.machine.due
    driver.start()
    assert driver.push() == [append(["a"], 0)]


@pytest.mark.parametrize("how", ["refused", "failed"])
def test_append_that_fails_again_and_again_is_given_up(how: str) -> None:
    driver = Driver()
    for _ in range(limits.MOST_FAULTS + 1):
        assert not driver.machine.is_over
        driver.now = driver.machine.due or driver.now
        driver.start()
        driver.machine.write("a")
        driver.push()
        if how == "refused":
            driver.refuse("append-stream", refusal())
        else:
            driver.hear(AppendFailed(ID))
    assert isinstance(driver.machine.error, StreamError)


def test_progress_between_failures_starts_the_count_again() -> None:
    driver = Driver()
    for index in range(3 * limits.MOST_FAULTS):
        driver.now = driver.machine.due or driver.now
        driver.start(index)
        driver.machine.write("a")
        driver.push()
        driver.hear(Flushed(ID, index + 1, is_done=False))
        driver.refuse("append-stream", refusal())
    assert not driver.machine.is_over


def test_failures_far_apart_are_not_in_a_row() -> None:
    driver = Driver()
    for _ in range(3 * limits.MOST_FAULTS):
        driver.now += limits.FAULTS_SECONDS + 60
        driver.start()
        driver.machine.write("a")
        driver.push()
        driver.refuse("append-stream", refusal())
    assert not driver.machine.is_over


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (refusal("A stream with that clientId already exists. Reconnect token is invalid."), ValidationFailedError),
        (refusal("Validation failed for start-stream: Stream is closed."), ValidationFailedError),
        (refusal("No.", "permission-denied"), PermissionDeniedError),
        (refusal("No.", "app-read-only"), APIError),
    ],
)
def test_start_that_cannot_succeed_ends_the_writer(error: APIError, expected: type[InstantError]) -> None:
    driver = Driver()
    driver.push()
    driver.refuse("start-stream", error)
    assert isinstance(driver.machine.error, expected)


@pytest.mark.parametrize(
    "error", [refusal(type=None, status=500), refusal(type="rate-limited"), refusal(type="timeout", status=500)]
)
def test_start_that_may_succeed_is_tried_again(error: APIError) -> None:
    driver = Driver()
    driver.push()
    driver.refuse("start-stream", error)
    assert (driver.push(), driver.machine.wants_push) == ([], True)
    driver.now = driver.machine.due or 0
    driver.start()
    assert driver.machine.stream_id == ID


def test_closed_stream_is_the_end_where_the_end_may_have_arrived() -> None:
    driver = Driver()
    driver.start()
    driver.machine.write("ab")
    driver.machine.close()
    driver.push()
    driver.machine.disconnected()
    driver.push()
    driver.refuse("start-stream", refusal("Validation failed for start-stream: Stream is closed."))
    assert (driver.machine.is_over, driver.machine.error, driver.machine.durable) == (True, None, 2)


def test_closed_stream_is_somebody_elses_end_where_this_one_was_refused() -> None:
    driver = Driver()
    driver.start()
    driver.machine.write("ab")
    driver.machine.close()
    driver.push()
    driver.refuse("append-stream", refusal("Stream is missing."))
    driver.now = driver.machine.due or 0
    driver.push()
    driver.refuse("start-stream", refusal("Validation failed for start-stream: Stream is closed."))
    assert isinstance(driver.machine.error, ValidationFailedError)


def test_end_that_takes_the_server_too_long_is_given_time() -> None:
    driver = Driver()
    driver.start()
    driver.machine.write("ab")
    driver.machine.close()
    driver.push()
    driver.refuse("append-stream", refusal("Too slow.", "operation-timed-out", 500))
    assert (driver.machine.due, driver.push()) == (limits.FLUSH_SECONDS, [])
    driver.hear(Flushed(ID, 2, is_done=True))
    assert (driver.machine.is_over, driver.machine.error) == (True, None)


@pytest.mark.parametrize(
    ("hear", "match"),
    [
        ([Flushed(ID, 3, is_done=False)], "somebody else"),
        ([Flushed(ID, 2, is_done=True)], "not from here"),
        ([Flushed(ID, 2, is_done=False), None, 1], "lost a part"),
        ([None, 3], "somebody else"),
    ],
    ids=["flushed too much", "closed elsewhere", "less than was flushed", "more than was written"],
)
def test_contradictions_are_errors(hear: list[Any], match: str) -> None:
    driver = Driver()
    driver.start()
    driver.machine.write("ab")
    driver.push()
    for message in hear:
        if message is None:
            driver.machine.disconnected()
        elif isinstance(message, int):
            driver.start(message)
        else:
            driver.hear(message)
    assert isinstance(driver.machine.error, StreamError)
    assert match in str(driver.machine.error)


def test_stream_that_is_closed_with_less_than_was_written_is_an_error() -> None:
    driver = Driver()
    driver.start()
    driver.machine.write("ab")
    driver.machine.close()
    driver.push()
    driver.hear(Flushed(ID, 1, is_done=True))
    assert isinstance(driver.machine.error, StreamError)


def test_messages_about_other_streams_are_ignored() -> None:
    driver = Driver()
    driver.start()
    driver.hear(Flushed("other", 100, is_done=True))
    driver.hear(AppendFailed("other"))
    assert (driver.machine.is_over, driver.machine.wants_push) == (False, False)


def test_new_stream_that_holds_something_is_an_error() -> None:
    driver = Driver()
    driver.start(5)
    assert isinstance(driver.machine.error, StreamError)


def test_continued_stream_goes_on_at_its_offset() -> None:
    driver = Driver(is_continued=True)
    driver.machine.write("x")
    driver.start(7)
    assert (driver.machine.base, driver.push()) == (7, [append(["x"], 7)])
    driver.machine.disconnected()
    driver.start(7)
    assert driver.push() == [append(["x"], 7)]


@given(st.lists(st.sampled_from(["write", "push", "lose", "flush", "refuse", "fail", "drop push"]), max_size=60))
def test_whatever_goes_wrong_the_server_ends_up_with_the_text(events: list[str]) -> None:
    driver = Driver()
    stored, buffered, written = "", "", ""
    is_running, is_done = False, False

    def push(*, is_lost: bool = False) -> None:
        nonlocal buffered, is_running, is_done
        for message in driver.push():
            if is_lost:
                continue
            if message["op"] == "start-stream":
                buffered, is_running = "", True
                driver.hear(Started(driver.machine.event_id, ID, len(stored)))
            elif is_running and message["offset"] == len(stored + buffered):
                buffered += "".join(message["chunks"])
                is_done = message["done"]

    for number, event in enumerate(events):
        driver.now += 100.0
        match event:
            case "write":
                driver.machine.write(f"{number};")
                written += f"{number};"
            case "push":
                push()
            case "drop push":
                push(is_lost=True)
                driver.machine.disconnected()
                is_running = False
            case "lose":
                driver.machine.disconnected()
                is_running = False
            case "flush" if is_running:
                stored, buffered = stored + buffered, ""
                driver.hear(Flushed(ID, len(stored), is_done=False))
            case "refuse":
                driver.refuse("append-stream", refusal())
            case "fail" if is_running:
                is_running = False
                driver.hear(AppendFailed(ID))
    driver.machine.close()
    while driver.machine.wants_push:
        driver.now += 100.0
        push()
    assert (driver.machine.error, stored + buffered, is_done) == (None, written, True)
