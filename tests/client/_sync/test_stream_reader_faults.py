# Derived from tests/client/_async/test_stream_reader_faults.py by scripts/generate_sync.py (make sync). Do not edit.
"""Reading streams: whatever goes wrong, it is made good or raised, and never looks like the end."""

from __future__ import annotations

import threading

import pytest

from instant_admin import (
    APIError,
    InstantError,
    NoReplyError,
    PermissionDeniedError,
    StreamError,
    UpdateTimeoutError,
    ValidationFailedError,
)
from instant_admin._core.streams import channel, limits
from tests.client._sync.flavour import connect
from tests.support.fake_server import Answer, FakeServer, cut, dropped, reply, reset
from tests.support.fake_streams import FakeSession, FakeStreams, says, then
from tests.support.live_events import Message

SOON = 10.0


def test_gap_is_an_error_after_the_text_before_it(server: FakeServer, streams: FakeStreams) -> None:
    def leave_out(session: FakeSession, message: Message) -> None:
        about = {"op": "stream-append", "client_event_id": message["client-event-id"]}
        session.say(**about, offset=0, content="abc")
        session.say(**about, offset=5, content="fgh", done=True)

    streams.rules["subscribe-stream"] = leave_out
    with connect(server) as db, db.streams.read("log") as reader:
        assert reader.next(timeout=SOON) == "abc"
        for _ in range(2):
            with pytest.raises(StreamError, match="gap: its bytes from 3 to 5"):
                reader.next(timeout=SOON)
        assert not reader.is_done


@pytest.mark.parametrize("data", [b"abc\xe6\x97", b"abc\xff"])
def test_stream_that_is_no_text_is_an_error(server: FakeServer, streams: FakeStreams, data: bytes) -> None:
    streams.give("log").parts = [data]
    with connect(server) as db, db.streams.read("log") as reader:
        with pytest.raises(StreamError, match=r"text|character"):
            reader.read()


def test_offset_inside_a_character_is_an_error(server: FakeServer, streams: FakeStreams) -> None:
    streams.give("log", "日本")
    with connect(server) as db, db.streams.read("log", byte_offset=1) as reader:
        with pytest.raises(StreamError, match="inside a character"):
            reader.read()


@pytest.mark.parametrize(
    "answers",
    [
        [dropped()],
        [reset()],
        [reply({}, 503)],
        [reply({}, 403)],
        [cut(reply(b"abcdef"), -3)],
        [cut(reply(b"abcdef"), -3, "reset")],
        [reply(b"abc")],
        [reply({}, 503), dropped(), cut(reply(b"abcdef"), -1)],
    ],
    ids=["dropped", "reset", "503", "403", "cut", "cut and reset", "too short", "one after another"],
)
def test_part_that_fails_is_fetched_again_from_where_it_broke_off(
    server: FakeServer, streams: FakeStreams, answers: list[Answer]
) -> None:
    streams.give("log", "abcdef", "ghi")
    streams.fetching.extend(answers)
    with connect(server) as db, db.streams.read("log") as reader:
        assert reader.read() == "abcdefghi"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (dropped(), NoReplyError),
        (reply({}, 503), APIError),
        (reply({}, 404), APIError),
        (cut(reply(b"abcdef"), -6), NoReplyError),
    ],
    ids=["dropped", "503", "404", "cut"],
)
def test_part_that_fails_for_ever_is_an_error_and_no_end(
    server: FakeServer,
    streams: FakeStreams,
    monkeypatch: pytest.MonkeyPatch,
    answer: Answer,
    expected: type[InstantError],
) -> None:
    monkeypatch.setattr(limits, "MOST_FETCHES", 2)
    streams.give("log", "abcdef")
    streams.fetching.extend([answer] * 20)
    with connect(server) as db, db.streams.read("log") as reader:
        with pytest.raises(expected):
            reader.read()
        assert not reader.is_done


def test_part_on_a_host_that_refuses_connections_is_an_error(
    server: FakeServer, streams: FakeStreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_FETCHES", 1)
    streams.give("log", "abcdef")
    with FakeServer() as gone:
        streams.url = gone.url
    with connect(server) as db, db.streams.read("log") as reader:
        with pytest.raises(NoReplyError):
            reader.read()


def test_part_that_is_longer_than_announced_is_an_error(server: FakeServer, streams: FakeStreams) -> None:
    streams.give("log", "abc")
    streams.fetching.append(reply(b"abcdef"))
    with connect(server) as db, db.streams.read("log") as reader:
        with pytest.raises(StreamError, match="longer"):
            reader.read()


@pytest.mark.parametrize(
    "error_type", ["rate-limit", "unknown", "writer-disconnected", "stream-missing-on-instance", "instance-missing"]
)
def test_reader_that_is_cut_off_goes_on_from_where_it_was(
    server: FakeServer, streams: FakeStreams, error_type: str
) -> None:
    streams.rules["subscribe-stream"] = then(
        says("abcé", error=True, error_type=error_type, retry=True), says("fg", done=True)
    )
    with connect(server) as db, db.streams.read("log") as reader:
        assert reader.read() == "abcéfg"
    first, second = streams.of("subscribe-stream")
    assert second["offset"] == 5
    assert first["client-event-id"] != second["client-event-id"]


def test_server_that_breaks_the_stream_off_is_an_error_that_says_why(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["subscribe-stream"] = says("abc", error=True, error_type="stream-missing-on-instance")
    with connect(server) as db, db.streams.read("log") as reader:
        with pytest.raises(StreamError, match="stream-missing-on-instance"):
            reader.read()


def test_lost_session_is_made_again_and_nothing_is_read_twice(server: FakeServer, streams: FakeStreams) -> None:
    def drop(session: FakeSession, message: Message) -> None:
        says("abc")(session, message)
        session.sequel.end()

    streams.rules["subscribe-stream"] = then(drop, drop, says("def", done=True))
    with connect(server) as db, db.streams.read("log") as reader:
        assert reader.read() == "abcabcdef"  # the rule says "abc" at offset 0, then at 3
    assert [message.get("offset", 0) for message in streams.of("subscribe-stream")] == [0, 3, 6]


@pytest.mark.parametrize("answers", [[reply({}, 503)], [dropped(), reset(), reply({}, 502)]])
def test_server_that_is_away_while_reconnecting_is_waited_for(
    server: FakeServer, streams: FakeStreams, answers: list[Answer]
) -> None:
    streams.rules["subscribe-stream"] = then(says("abc"), says("def", done=True))
    with connect(server) as db, db.streams.read("log") as reader:
        assert reader.next(timeout=SOON) == "abc"
        streams.opening.extend(answers)
        streams.sessions[0].sequel.end()
        assert reader.read() == "def"


def test_session_that_drops_before_the_answer_is_made_again(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["subscribe-stream"] = then(lambda session, _: session.sequel.end(), says("abc", done=True))
    with connect(server) as db, db.streams.read("log") as reader:
        assert reader.read() == "abc"


def test_single_answer_may_come_before_the_push_returns(server: FakeServer, streams: FakeStreams) -> None:
    held: list[Message] = []

    def answer_and_hold(session: FakeSession, message: Message) -> None:
        says("abc", done=True)(session, message)
        held.append(message)
        stop.wait(0.2)

    stop = threading.Event()
    streams.rules["subscribe-stream"] = answer_and_hold
    with connect(server) as db, db.streams.read("log") as reader:
        assert reader.read() == "abc"
    assert len(held) == 1


def test_missing_stream_is_raised(server: FakeServer, streams: FakeStreams) -> None:
    with connect(server) as db, db.streams.read("nothing") as reader:
        with pytest.raises(ValidationFailedError, match="Stream is missing"):
            reader.next(timeout=SOON)
        with pytest.raises(ValidationFailedError, match="Stream is missing"):
            reader.read()


def test_denied_stream_is_raised(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["subscribe-stream"] = lambda session, message: session.refuse(message, "No.", "permission-denied")
    with connect(server) as db, db.streams.read("log") as reader:
        with pytest.raises(PermissionDeniedError):
            reader.read()


def test_fault_of_the_server_is_waited_for(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["subscribe-stream"] = then(
        lambda session, message: session.refuse(message, "Yikes", None, 500), says("abc", done=True)
    )
    with connect(server) as db, db.streams.read("log") as reader:
        assert reader.read() == "abc"


def test_wait_that_is_too_long_names_what_stands_in_the_way(server: FakeServer, streams: FakeStreams) -> None:
    streams.opening.extend([reply({}, 503)] * 20)
    with connect(server) as db, db.streams.read("log") as reader:
        with pytest.raises(UpdateTimeoutError) as caught:
            reader.next(timeout=0.2)
    assert getattr(caught.value.__cause__, "status", None) == 503


def test_messages_of_a_former_subscription_are_ignored(
    server: FakeServer, streams: FakeStreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "_FIRST_WAIT_SECONDS", 0.0)

    def retry_and_go_on(session: FakeSession, message: Message) -> None:
        says("abc", error=True, error_type="unknown", retry=True)(session, message)
        says("XXX")(session, message)

    streams.rules["subscribe-stream"] = then(retry_and_go_on, says("def", done=True))
    with connect(server) as db, db.streams.read("log") as reader:
        assert reader.read() == "abcdef"
