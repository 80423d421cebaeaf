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
from tests.client._async.flavour import connect, outside, streams_running
from tests.client.values import every_engine
from tests.support.fake_server import FakeServer, cut, reply, stalled
from tests.support.fake_streams import STREAM_ID, FakeSession, FakeStreams, say_nothing, says, then
from tests.support.live_events import Message

SOON = 10.0


@every_engine
async def test_loop_over_a_finished_stream_gives_all_of_it(
    server: FakeServer, streams: FakeStreams, engine: str
) -> None:
    streams.give("log", "héllo ", "wörld", "", "!")
    async with connect(server, engine) as db, db.streams.read("log") as reader:
        text = ""
        async for piece in reader:
            text += piece
        assert (text, reader.offset, reader.is_done, reader.abort_reason) == ("héllo wörld!", 14, True, None)
        assert reader.stream_id == streams.streams["log"].id


async def test_parts_are_fetched_without_credentials(server: FakeServer, streams: FakeStreams) -> None:
    streams.give("log", "abc")
    async with connect(server) as db, db.streams.read("log") as reader:
        await reader.read()
    (fetch,) = [request for request in server.received if request.method == "GET"]
    assert {"authorization", "app-id"}.isdisjoint(fetch.headers)


async def test_text_comes_while_it_is_written(server: FakeServer, streams: FakeStreams) -> None:
    async with (
        connect(server) as db,
        db.streams.write("log") as writer,
    ):
        await writer.get_stream_id(SOON)
        async with db.streams.read("log") as reader:
            subscribed = await outside(streams.wait_for, "subscribe-stream")
            for offset, text in ((0, "one"), (3, "two")):
                streams.sessions[0].say(
                    op="stream-append", client_event_id=subscribed["client-event-id"], offset=offset, content=text
                )
                assert await reader.next(timeout=SOON) == text


async def test_second_next_after_the_end_is_the_end_again(server: FakeServer, streams: FakeStreams) -> None:
    streams.give("log", "abc")
    async with connect(server) as db, db.streams.read("log") as reader:
        assert await reader.next(timeout=SOON) == "abc"
        assert [await reader.next(timeout=SOON) for _ in range(3)] == [None, None, None]
        async for piece in reader:
            pytest.fail(piece)
        assert await reader.read() == ""
    assert await reader.next() is None


async def test_abort_reason_of_the_writer_is_there_at_the_end(server: FakeServer, streams: FakeStreams) -> None:
    streams.give("log", "abc", abort_reason="out of memory")
    async with connect(server) as db, db.streams.read("log") as reader:
        assert reader.abort_reason is None
        assert await reader.read() == "abc"
        assert reader.abort_reason == "out of memory"


async def test_end_of_a_stream_being_written_comes_by_itself(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["subscribe-stream"] = says("abc", done=True, abort_reason="no more")
    async with connect(server) as db, db.streams.read("log") as reader:
        assert (await reader.read(), reader.abort_reason) == ("abc", "no more")


async def test_reading_from_an_offset(server: FakeServer, streams: FakeStreams) -> None:
    streams.give("log", "abc", "def", "ghi")
    async with connect(server) as db, db.streams.read("log", byte_offset=4) as reader:
        assert (await reader.read(), reader.offset) == ("efghi", 9)
    assert streams.of("subscribe-stream")[0]["offset"] == 4
    assert [request.path for request in server.received if request.method == "GET"] == ["/part/log/1", "/part/log/2"]


async def test_reading_from_beyond_the_end_gives_nothing(server: FakeServer, streams: FakeStreams) -> None:
    streams.give("log", "abc")
    async with connect(server) as db, db.streams.read("log", byte_offset=50) as reader:
        assert (await reader.read(), reader.is_done) == ("", True)


async def test_reading_by_stream_id(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["subscribe-stream"] = says("x", done=True)
    async with connect(server) as db, db.streams.read(stream_id=STREAM_ID, rule_params={"a": 1}) as reader:
        assert await reader.read() == "x"
    (message,) = streams.of("subscribe-stream")
    assert {key: value for key, value in message.items() if key != "client-event-id"} == {
        "op": "subscribe-stream",
        "stream-id": STREAM_ID,
        "rule-params": {"a": 1},
    }


async def test_what_has_come_before_is_left_out(server: FakeServer, streams: FakeStreams) -> None:
    def overlap(session: FakeSession, message: Message) -> None:
        about = {"op": "stream-append", "client_event_id": message["client-event-id"]}
        session.say(**about, offset=0, content="abcé")
        session.say(**about, offset=3, content="éf")
        session.say(**about, offset=2, content="c")
        session.say(**about, offset=6, content="g")
        session.say(**about, done=True)

    streams.rules["subscribe-stream"] = overlap
    async with connect(server) as db, db.streams.read("log") as reader:
        assert await reader.read() == "abcéfg"


async def test_characters_are_put_together_across_parts_and_pieces(server: FakeServer, streams: FakeStreams) -> None:
    data = "日本語😀é".encode()
    found = streams.give("log")
    found.parts = [data[:4], data[4:5], data[5:12], data[12:]]
    async with connect(server) as db, db.streams.read("log") as reader:
        assert (await reader.read(), reader.offset) == ("日本語😀é", len(data))


async def test_writer_that_is_gone_is_waited_for_as_long_as_the_caller_says(
    server: FakeServer, streams: FakeStreams
) -> None:
    streams.rules["subscribe-stream"] = says("abc")
    async with connect(server) as db, db.streams.read("log", timeout=0.05) as reader:
        assert await reader.next(timeout=SOON) == "abc"
        with pytest.raises(UpdateTimeoutError, match=r"within 0\.05 s"):
            await reader.next()
        with pytest.raises(UpdateTimeoutError, match="within 0 s"):
            await reader.next(timeout=0)
        with pytest.raises(UpdateTimeoutError):
            async for _ in reader:
                pass
        event_id = streams.of("subscribe-stream")[0]["client-event-id"]
        streams.sessions[0].say(op="stream-append", client_event_id=event_id, offset=3, content="def")
        assert await reader.next(timeout=SOON) == "def"


async def test_leaving_early_ends_the_subscription(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["subscribe-stream"] = says("abc")
    async with connect(server) as db:
        async with db.streams.read("log") as reader:
            async for _ in reader:
                break
        unsubscribed = await outside(streams.wait_for, "unsubscribe-stream")
        assert unsubscribed["subscribe-event-id"] == streams.of("subscribe-stream")[0]["client-event-id"]
        with pytest.raises(ConfigurationError, match="closed"):
            await reader.next()
        with pytest.raises(ConfigurationError, match="closed"):
            await reader.read()


async def test_leaving_while_a_part_is_fetched_leaves_nothing_running(server: FakeServer, streams: FakeStreams) -> None:
    streams.give("log", "abc", "def")
    streams.fetching.extend([cut(reply(b"abc"), -1, "hold"), stalled()])
    async with connect(server) as db, db.streams.read("log") as reader:
        assert await reader.next(timeout=SOON) == "ab"
    assert streams_running() == 0


async def test_parts_are_fetched_ahead_of_the_caller_but_not_without_bound(
    server: FakeServer, streams: FakeStreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "AHEAD_BYTES", 6)
    streams.give("log", *["abc"] * 10)
    async with connect(server) as db, db.streams.read("log") as reader:
        assert str(await reader.next(timeout=SOON)).startswith("abc")
        await outside(server.wait_for_requests, 5)  # the session, the subscription, and more parts than were taken
        fetched = sum(request.method == "GET" for request in server.received)
        assert 2 <= fetched <= 8
        assert len(await reader.read()) >= 18


async def test_caller_that_falls_behind_leaves_the_stream_for_a_while_and_misses_nothing(
    server: FakeServer, streams: FakeStreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "AHEAD_BYTES", 4)
    streams.rules["subscribe-stream"] = then(says("abc", "def", "ghi"), says("jkl", done=True))
    async with connect(server) as db, db.streams.read("log") as reader:
        await outside(streams.wait_for, "unsubscribe-stream")
        assert await reader.read() == "abcdefghijkl"
    assert streams.of("subscribe-stream")[1]["offset"] == 9


async def test_reader_is_used_in_one_block(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["subscribe-stream"] = say_nothing
    async with connect(server) as db:
        reader = db.streams.read("log")
        with pytest.raises(ConfigurationError, match="runs inside"):
            await reader.next()
        await reader.aclose()
        async with reader:
            with pytest.raises(ConfigurationError, match="entered once"):
                await reader.__aenter__()
            for wrong in (-1, "1", True, float("nan")):
                with pytest.raises(InvalidArgumentError, match="timeout"):
                    await reader.next(timeout=wrong)  # type: ignore[arg-type]  # that is what is tested
            await reader.aclose()


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
async def test_wrong_argument_is_refused_before_anything_is_sent(
    server: FakeServer, arguments: dict[str, Any], match: str
) -> None:
    async with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match=match):
            db.streams.read(**arguments)
    assert server.received == []


async def test_fifty_readers_share_one_session_and_leave_room_for_calls(
    server: FakeServer, streams: FakeStreams
) -> None:
    streams.rules["subscribe-stream"] = says("abc")
    async with connect(server, "httpx") as db:
        readers = [db.streams.read(f"log-{index}") for index in range(50)]
        for reader in readers:
            await reader.__aenter__()
        assert [await reader.next(timeout=SOON) for reader in readers] == ["abc"] * 50
        for reader in readers:
            await reader.aclose()
    assert len(streams.sessions) == 1
