# Derived from tests/client/_async/test_stream_writer_faults.py by scripts/generate_sync.py (make sync). Do not edit.
"""Writing streams: whatever goes wrong, nothing is lost without a word."""

from __future__ import annotations

import pytest

from instant_admin import (
    AppDisabledError,
    AuthenticationError,
    NoReplyError,
    PermissionDeniedError,
    RequestTimeoutError,
    ServerError,
    SessionLostError,
    StreamError,
    StreamNotDurableError,
    UnexpectedReplyError,
    UpdateTimeoutError,
    ValidationFailedError,
)
from instant_admin._core.streams import limits
from tests.client._sync.flavour import connect, outside
from tests.support.fake_server import Answer, FakeServer, dropped, refusal, reply
from tests.support.fake_streams import FakeSession, FakeStreams, say_nothing
from tests.support.live_events import KEEP_ALIVE, QUICK, Message, stream

SOON = 10.0


def test_connection_that_drops_before_the_start_is_answered_is_made_again(
    server: FakeServer, streams: FakeStreams
) -> None:
    def drop(session: FakeSession, message: Message) -> None:
        del streams.rules["start-stream"]
        session.sequel.end()

    streams.rules["start-stream"] = drop
    with connect(server) as db, db.streams.write("log") as writer:
        writer.write("x")
    starts = streams.of("start-stream")
    assert len(starts) == 2
    assert starts[0]["reconnect-token"] == starts[1]["reconnect-token"]
    assert (streams.streams["log"].text, len(streams.sessions)) == ("x", 2)


def test_what_is_written_while_reconnecting_is_sent_once(server: FakeServer, streams: FakeStreams) -> None:
    with connect(server) as db:
        with db.streams.write("log") as writer:
            writer.write("before ")
            outside(streams.wait_for, "append-stream")
            streams.rules["start-stream"] = say_nothing
            streams.sessions[0].sequel.end()
            start = outside(streams.wait_for, "start-stream", 2)
            writer.write("meanwhile")
            del streams.rules["start-stream"]
            streams.usual(streams.sessions[1], start)
        assert streams.streams["log"].text == "before meanwhile"
    assert len(streams.of("start-stream")) == 2


def test_only_what_is_not_stored_is_sent_again(server: FakeServer, streams: FakeStreams) -> None:
    with connect(server) as db:
        with db.streams.write("log") as writer:
            writer.write("stored ")
            outside(streams.wait_for, "append-stream", 1)
            streams.flush(streams.sessions[0], streams.streams["log"])
            writer.write("lost ")
            outside(streams.wait_for, "append-stream", 2)
            streams.sessions[0].sequel.end()
            outside(streams.wait_for, "start-stream", 2)
        assert streams.streams["log"].text == "stored lost "
    again = streams.of("append-stream")[2]
    assert (again["offset"], again["chunks"]) == (7, ["lost "])


@pytest.mark.parametrize(
    "opening",
    [[reply({}, 503)], [reply({}, 503), dropped(), reply(b"", 502)], [refusal("rate-limited", 429, hint=None)]],
    ids=["503", "several failures", "429"],
)
def test_server_that_is_away_while_reconnecting_is_waited_for(
    server: FakeServer, streams: FakeStreams, opening: list[Answer]
) -> None:
    with connect(server) as db, db.streams.write("log") as writer:
        writer.write("a")
        outside(streams.wait_for, "append-stream")
        streams.opening.extend(opening)
        streams.sessions[0].sequel.end()
        outside(streams.wait_for_sessions, 2)
        writer.write("b")
    assert streams.streams["log"].text == "ab"


@pytest.mark.parametrize("answer", [refusal("session-missing"), refusal("member-missing"), reply({}, 503), dropped()])
def test_lost_push_is_made_good_in_a_new_session(server: FakeServer, streams: FakeStreams, answer: Answer) -> None:
    with connect(server) as db, db.streams.write("log") as writer:
        writer.get_stream_id(SOON)
        streams.pushing.append(answer)
        writer.write("x")
        outside(streams.wait_for_sessions, 2)
    assert (streams.streams["log"].text, len(streams.sessions)) == ("x", 2)


@pytest.mark.parametrize("text", ["Stream is missing.", "Invalid offset for stream.", "whatever"])
def test_refused_append_is_made_good_in_the_same_session(server: FakeServer, streams: FakeStreams, text: str) -> None:
    def refuse(session: FakeSession, message: Message) -> None:
        del streams.rules["append-stream"]
        session.refuse(message, text)

    streams.rules["append-stream"] = refuse
    with connect(server) as db, db.streams.write("log") as writer:
        writer.write("x")
    assert (streams.streams["log"].text, len(streams.sessions)) == ("x", 1)
    assert len(streams.of("start-stream")) == 2


def test_append_that_could_not_be_stored_is_made_good(server: FakeServer, streams: FakeStreams) -> None:
    def fail(session: FakeSession, message: Message) -> None:
        del streams.rules["append-stream"]
        session.say(op="append-failed", stream_id=message["stream-id"])

    streams.rules["append-stream"] = fail
    with connect(server) as db, db.streams.write("log") as writer:
        writer.write("x")
    assert streams.streams["log"].text == "x"


def test_appends_that_are_refused_for_ever_end_the_writer(
    server: FakeServer, streams: FakeStreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_FAULTS", 2)
    streams.rules["append-stream"] = lambda session, message: session.refuse(message, "The disk is full.")
    with connect(server) as db:
        with pytest.raises(StreamError, match="The disk is full"):
            with db.streams.write("log") as writer:
                writer.write("x")


def test_end_that_was_stored_though_its_confirmation_was_lost_is_the_end(
    server: FakeServer, streams: FakeStreams
) -> None:
    def store_and_drop(session: FakeSession, message: Message) -> None:
        del streams.rules["append-stream"]
        found = streams.streams["log"]
        found.parts, found.is_done = ["".join(message["chunks"]).encode()], True
        session.sequel.end()

    with connect(server) as db:
        with db.streams.write("log") as writer:
            writer.get_stream_id(SOON)
            streams.rules["append-stream"] = say_nothing
            writer.write("x")
            outside(streams.wait_for, "append-stream")
            streams.rules["append-stream"] = store_and_drop
            streams.streams["log"].buffer = b"x"
        assert writer.durable_offset == 1


def test_slow_end_is_waited_for_rather_than_sent_again(server: FakeServer, streams: FakeStreams) -> None:
    def time_out_and_flush(session: FakeSession, message: Message) -> None:
        session.refuse(message, "Operation timed out: handle-receive", "operation-timed-out", 500)
        streams.usual(session, message)

    streams.rules["append-stream"] = time_out_and_flush
    with connect(server) as db, db.streams.write("log") as writer:
        writer.get_stream_id(SOON)
    assert len(streams.of("start-stream")) == 1
    assert streams.streams["log"].is_done


def test_leaving_without_durability_is_an_error_that_says_what_may_be_lost(
    server: FakeServer, streams: FakeStreams
) -> None:
    streams.rules["append-stream"] = say_nothing
    with connect(server) as db:
        with pytest.raises(StreamNotDurableError, match=r"'log' is not known to be stored: 0 of 3 bytes") as caught:
            with db.streams.write("log", timeout=0.2) as writer:
                writer.write("abc")
    assert (caught.value.written_bytes, caught.value.durable_bytes) == (3, 0)


def test_error_of_leaving_names_what_stood_in_the_way(server: FakeServer, streams: FakeStreams) -> None:
    streams.opening.extend([reply({}, 503)] * 50)
    with connect(server) as db:
        with pytest.raises(StreamNotDurableError) as caught:
            with db.streams.write("log", timeout=0.2) as writer:
                writer.write("abc")
    assert getattr(caught.value.__cause__, "status", None) == 503


def test_client_id_that_is_taken_is_raised(server: FakeServer, streams: FakeStreams) -> None:
    streams.give("log", "x")
    with connect(server) as db:
        with pytest.raises(ValidationFailedError, match="clientId already exists"):
            with db.streams.write("log") as writer:
                writer.get_stream_id(SOON)
        with pytest.raises(ValidationFailedError, match="clientId already exists"):
            with db.streams.write("log"):
                pass


def test_refusal_while_reconnecting_is_raised_as_it_is(server: FakeServer, streams: FakeStreams) -> None:
    with connect(server) as db:
        with pytest.raises(ValidationFailedError, match="Stream is closed"):  # noqa: PT012  leaving the block raises
            with db.streams.write("log") as writer:
                writer.write("x")
                outside(streams.wait_for, "append-stream")
                streams.streams["log"].is_done = True
                streams.sessions[0].sequel.end()
                outside(streams.wait_for, "start-stream", 2)


def test_denied_stream_is_raised_by_the_next_write(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["start-stream"] = lambda session, message: session.refuse(message, "No.", "permission-denied")
    with connect(server) as db:
        with pytest.raises(PermissionDeniedError):  # noqa: PT012  leaving the block raises
            with db.streams.write("log") as writer:
                with pytest.raises(PermissionDeniedError):
                    writer.get_stream_id(SOON)
                writer.write("x")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refusal("record-not-found", hint={"record-type": "app-admin-token"}), AuthenticationError),
        (refusal("app-disabled"), AppDisabledError),
        (refusal("unknown", 500), ServerError),
        (reply(b"<html>", 200), UnexpectedReplyError),
        (stream(QUICK, b"data:nonsense\n\n"), UnexpectedReplyError),
    ],
    ids=["credentials", "disabled", "500", "a login page", "nonsense"],
)
def test_session_that_never_comes_about_is_raised(
    server: FakeServer, streams: FakeStreams, answer: Answer, expected: type[Exception]
) -> None:
    streams.opening.append(answer)
    with connect(server) as db:
        with pytest.raises(expected):
            with db.streams.write("log", timeout=SOON) as writer:
                writer.get_stream_id(SOON)


def test_session_that_does_not_begin_in_time_is_given_up(
    server: FakeServer, streams: FakeStreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "INIT_SECONDS", 0.1)
    streams.opening.append(stream(QUICK, KEEP_ALIVE))
    with connect(server) as db, db.streams.write("log") as writer:
        writer.write("x")
    assert streams.streams["log"].text == "x"


def test_session_that_never_begins_is_named_when_leaving(
    server: FakeServer, streams: FakeStreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "INIT_SECONDS", 0.05)
    streams.opening.extend([stream(QUICK, KEEP_ALIVE)] * 100)
    with connect(server) as db:
        with pytest.raises(StreamNotDurableError) as caught:
            with db.streams.write("log", timeout=0.3):
                pass
    assert isinstance(caught.value.__cause__, RequestTimeoutError)


def test_start_that_is_not_answered_in_time_says_so(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["start-stream"] = say_nothing
    with connect(server) as db:
        with pytest.raises(StreamNotDurableError):  # noqa: PT012  leaving the block raises
            with db.streams.write("log", timeout=0.1) as writer:
                with pytest.raises(UpdateTimeoutError):
                    writer.get_stream_id(0.01)


def test_credentials_that_are_revoked_meanwhile_are_raised(server: FakeServer, streams: FakeStreams) -> None:
    with connect(server) as db:
        with pytest.raises(AuthenticationError):  # noqa: PT012  leaving the block raises
            with db.streams.write("log", timeout=SOON) as writer:
                writer.get_stream_id(SOON)
                streams.opening.append(refusal("record-not-found", hint={"record-type": "app-admin-token"}))
                streams.sessions[0].sequel.end()


def test_fault_of_the_server_while_reconnecting_is_waited_for(server: FakeServer, streams: FakeStreams) -> None:
    with connect(server) as db, db.streams.write("log") as writer:
        writer.get_stream_id(SOON)
        streams.opening.extend([refusal("unknown", 500), stream(QUICK, b"data:nonsense\n\n")])
        streams.sessions[0].sequel.end()
        writer.write("x")
    assert streams.streams["log"].text == "x"


def test_lost_session_is_not_an_error_of_the_caller(server: FakeServer, streams: FakeStreams) -> None:
    try:
        with connect(server) as db, db.streams.write("log") as writer:
            for index in range(5):
                writer.write(f"{index}")
                outside(streams.wait_for_sessions, index + 1)
                outside(streams.wait_for, "start-stream", index + 1)
                streams.sessions[-1].sequel.end()
    except (SessionLostError, NoReplyError) as error:
        pytest.fail(f"raised {error!r}")
    assert streams.streams["log"].text == "01234"
