# Derived from tests/client/_async/test_stream_readers.py by scripts/generate_sync.py (make sync). Do not edit.
"""Reading streams: nothing twice, nothing left out, and an end that is the stream's own."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin import (
    ConfigurationError,
    InvalidArgumentError,
    UpdateTimeoutError,
)
from instant_admin._core.streams import limits
from tests.client._sync.flavour import connect, outside, streams_running
from tests.client.values import every_engine
from tests.support.fake_server import FakeServer, cut, reply, stalled
from tests.support.fake_streams import STREAM_ID, FakeSession, FakeStreams, say_nothing, says, then
from tests.support.live_events import Message

SOON = 10.0


@every_engine
def test_loop_over_a_finished_stream_gives_all_of_it(server: FakeServer, streams: FakeStreams, engine: str) -> None:
    streams.give("log", "héllo ", "wörld", "", "!")
    with connect(server, engine) as db, db.streams.read("log") as reader:
        text = ""
        for piece in reader:
            text += piece
        assert (text, reader.offset, reader.is_done, reader.abort_reason) == ("héllo wörld!", 14, True, None)
        assert reader.stream_id == streams.streams["log"].id


def test_parts_are_fetched_without_credentials(server: FakeServer, streams: FakeStreams) -> None:
    streams.give("log", "abc")
    with connect(server) as db, db.streams.read("log") as reader:
        reader.read()
    (fetch,) = [request for request in server.received if request.method == "GET"]
    assert {"authorization", "app-id"}.isdisjoint(fetch.headers)


def test_text_comes_while_it_is_written(server: FakeServer, streams: FakeStreams) -> None:
    with (
        connect(server) as db,
        db.streams.write("log") as writer,
    ):
        writer.get_stream_id(SOON)
        with db.streams.read("log") as reader:
            subscribed = outside(streams.wait_for, "subscribe-stream")
            for offset, text in ((0, "one"), (3, "two")):
                streams.sessions[0].say(
                    op="stream-append", client_event_id=subscribed["client-event-id"], offset=offset, content=text
                )
                assert reader.next(timeout=SOON) == text


def test_second_next_after_the_end_is_the_end_again(server: FakeServer, streams: FakeStreams) -> None:
    streams.give("log", "abc")
    with connect(server) as db, db.streams.read("log") as reader:
        assert reader.next(timeout=SOON) == "abc"
        assert [reader.next(timeout=SOON) for _ in range(3)] == [None, None, None]
        for piece in reader:
            pytest.fail(piece)
        assert reader.read() == ""
    assert reader.next() is None


def test_abort_reason_of_the_writer_is_there_at_the_end(server: FakeServer, streams: FakeStreams) -> None:
    streams.give("log", "abc", abort_reason="out of memory")
    with connect(server) as db, db.streams.read("log") as reader:
        assert reader.abort_reason is None
        assert reader.read() == "abc"
        assert reader.abort_reason == "out of memory"


def test_end_of_a_stream_being_written_comes_by_itself(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["subscribe-stream"] = says("abc", done=True, abort_reason="no more")
    with connect(server) as db, db.streams.read("log") as reader:
        assert (reader.read(), reader.abort_reason) == ("abc", "no more")


def test_reading_from_an_offset(server: FakeServer, streams: FakeStreams) -> None:
    streams.give("log", "abc", "def", "ghi")
    with connect(server) as db, db.streams.read("log", byte_offset=4) as reader:
        assert (reader.read(), reader.offset) == ("efghi", 9)
    assert streams.of("subscribe-stream")[0]["offset"] == 4
    assert [request.path for request in server.received if request.method == "GET"] == ["/part/log/1", "/part/log/2"]


def test_reading_from_beyond_the_end_gives_nothing(server: FakeServer, streams: FakeStreams) -> None:
    streams.give("log", "abc")
    with connect(server) as db, db.streams.read("log", byte_offset=50) as reader:
        assert (reader.read(), reader.is_done) == ("", True)


def test_reading_by_stream_id(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["subscribe-stream"] = says("x", done=True)
    with connect(server) as db, db.streams.read(stream_id=STREAM_ID, rule_params={"a": 1}) as reader:
        assert reader.read() == "x"
    (message,) = streams.of("subscribe-stream")
    assert {key: value for key, value in message.items() if key != "client-event-id"} == {
        "op": "subscribe-stream",
        "stream-id": STREAM_ID,
        "rule-params": {"a": 1},
    }


def test_what_has_come_before_is_left_out(server: FakeServer, streams: FakeStreams) -> None:
    def overlap(session: FakeSession, message: Message) -> None:
        about = {"op": "stream-append", "client_event_id": message["client-event-id"]}
        session.say(**about, offset=0, content="abcé")
        session.say(**about, offset=3, content="éf")
        session.say(**about, offset=2, content="c")
        session.say(**about, offset=6, content="g")
        session.say(**about, done=True)

    streams.rules["subscribe-stream"] = overlap
    with connect(server) as db, db.streams.read("log") as reader:
        assert reader.read() == "abcéfg"


def test_characters_are_put_together_across_parts_and_pieces(server: FakeServer, streams: FakeStreams) -> None:
    data = "日本語😀é".encode()
    found = streams.give("log")
    found.parts = [data[:4], data[4:5], data[5:12], data[12:]]
    with connect(server) as db, db.streams.read("log") as reader:
        assert (reader.read(), reader.offset) == ("日本語😀é", len(data))


def test_writer_that_is_gone_is_waited_for_as_long_as_the_caller_says(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["subscribe-stream"] = says("abc")
    with connect(server) as db, db.streams.read("log", timeout=0.05) as reader:
        assert reader.next(timeout=SOON) == "abc"
        with pytest.raises(UpdateTimeoutError, match=r"within 0\.05 s"):
            reader.next()
        with pytest.raises(UpdateTimeoutError, match="within 0 s"):
            reader.next(timeout=0)
        with pytest.raises(UpdateTimeoutError):
            for _ in reader:
                pass
        event_id = streams.of("subscribe-stream")[0]["client-event-id"]
        streams.sessions[0].say(op="stream-append", client_event_id=event_id, offset=3, content="def")
        assert reader.next(timeout=SOON) == "def"


def test_leaving_early_ends_the_subscription(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["subscribe-stream"] = says("abc")
    with connect(server) as db:
        with db.streams.read("log") as reader:
            for _ in reader:
                break
        unsubscribed = outside(streams.wait_for, "unsubscribe-stream")
        assert unsubscribed["subscribe-event-id"] == streams.of("subscribe-stream")[0]["client-event-id"]
        with pytest.raises(ConfigurationError, match="closed"):
            reader.next()
        with pytest.raises(ConfigurationError, match="closed"):
            reader.read()


def test_leaving_while_a_part_is_fetched_leaves_nothing_running(server: FakeServer, streams: FakeStreams) -> None:
    streams.give("log", "abc", "def")
    streams.fetching.extend([cut(reply(b"abc"), -1, "hold"), stalled()])
    with connect(server) as db, db.streams.read("log") as reader:
        assert reader.next(timeout=SOON) == "ab"
    assert streams_running() == 0


def test_parts_are_fetched_ahead_of_the_caller_but_not_without_bound(
    server: FakeServer, streams: FakeStreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "AHEAD_BYTES", 6)
    streams.give("log", *["abc"] * 10)
    with connect(server) as db, db.streams.read("log") as reader:
        assert str(reader.next(timeout=SOON)).startswith("abc")
        outside(server.wait_for_requests, 5)  # the session, the subscription, and more parts than were taken
        fetched = sum(request.method == "GET" for request in server.received)
        assert 2 <= fetched <= 8
        assert len(reader.read()) >= 18


def test_caller_that_falls_behind_leaves_the_stream_for_a_while_and_misses_nothing(
    server: FakeServer, streams: FakeStreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "AHEAD_BYTES", 4)
    streams.rules["subscribe-stream"] = then(says("abc", "def", "ghi"), says("jkl", done=True))
    with connect(server) as db, db.streams.read("log") as reader:
        outside(streams.wait_for, "unsubscribe-stream")
        assert reader.read() == "abcdefghijkl"
    assert streams.of("subscribe-stream")[1]["offset"] == 9


def test_reader_is_used_in_one_block(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["subscribe-stream"] = say_nothing
    with connect(server) as db:
        reader = db.streams.read("log")
        with pytest.raises(ConfigurationError, match="runs inside"):
            reader.next()
        reader.close()
        with reader:
            with pytest.raises(ConfigurationError, match="entered once"):
                reader.__enter__()
            for wrong in (-1, "1", True, float("nan")):
                with pytest.raises(InvalidArgumentError, match="timeout"):
                    reader.next(timeout=wrong)  # type: ignore[arg-type]  # that is what is tested
            reader.close()


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        ({}, "client_id or a stream_id"),
        ({"client_id": ""}, "not blank"),
        ({"stream_id": "no"}, "stream_id"),
        ({"client_id": "log", "byte_offset": -1}, "byte_offset"),
        ({"client_id": "log", "byte_offset": True}, "byte_offset"),
        ({"client_id": "log", "byte_offset": "1"}, "byte_offset"),
        ({"client_id": "log", "rule_params": {"a": float("nan")}}, "rule_params"),
        ({"client_id": "log", "timeout": -1}, "timeout"),
        ({"client_id": "log", "timeout": "1"}, "timeout"),
    ],
)
def test_wrong_argument_is_refused_before_anything_is_sent(
    server: FakeServer, arguments: dict[str, Any], match: str
) -> None:
    with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match=match):
            db.streams.read(**arguments)
    assert server.received == []


def test_fifty_readers_share_one_session_and_leave_room_for_calls(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["subscribe-stream"] = says("abc")
    with connect(server, "httpx") as db:
        readers = [db.streams.read(f"log-{index}") for index in range(50)]
        for reader in readers:
            reader.__enter__()
        assert [reader.next(timeout=SOON) for reader in readers] == ["abc"] * 50
        for reader in readers:
            reader.close()
    assert len(streams.sessions) == 1
