"""Writing streams: what is sent when, and how a writer ends."""

from __future__ import annotations

import time
from typing import Any

import pytest

from instant_admin import (
    AsyncInstantAdmin,
    ConfigurationError,
    InvalidArgumentError,
    StreamError,
    StreamNotDurableError,
    ValidationFailedError,
)
from instant_admin._core.streams import limits
from tests.client._async.flavour import connect, outside, streams_running
from tests.client.values import APP, TOKEN, USER_TOKEN, every_engine
from tests.support.fake_server import FakeServer
from tests.support.fake_streams import FakeSession, FakeStreams, say_nothing
from tests.support.live_events import INIT, Message

SOON = 10.0


@every_engine
async def test_what_is_written_is_stored_when_the_block_is_left(
    server: FakeServer, streams: FakeStreams, engine: str
) -> None:
    async with connect(server, engine) as db:
        async with db.streams.write("log") as writer:
            await writer.write("héllo ")
            await writer.write("")
            await writer.write("wörld")
            assert writer.offset == 13
        assert (writer.durable_offset, writer.stream_id) == (13, streams.streams["log"].id)
    assert (streams.streams["log"].text, streams.streams["log"].is_done) == ("héllo wörld", True)
    assert streams.streams["log"].abort_reason is None


async def test_requests_are_the_contracts(server: FakeServer, streams: FakeStreams) -> None:
    async with connect(server) as db, db.streams.write("log", rule_params={"a": 1}) as writer:
        await writer.write("x")
    opening, *pushes = server.received
    assert (opening.method, opening.path, opening.query) == ("POST", "/admin/sse", {"app_id": APP})
    assert (opening.headers["authorization"], opening.headers["app-id"]) == (f"Bearer {TOKEN}", APP)
    assert opening.json["inference?"] is False
    for push in pushes:
        assert (push.method, push.path, push.query) == ("POST", "/admin/sse/push", {"app_id": APP})
        assert "authorization" not in push.headers
        assert push.json["sse_token"] == INIT["sse-token"]
        assert push.json["machine_id"] == INIT["machine-id"]
        assert push.json["session_id"] == streams.sessions[0].id
    (start,) = streams.of("start-stream")
    assert (start["client-id"], start["rule-params"]) == ("log", {"a": 1})
    appends = streams.of("append-stream")
    assert [text for append in appends for text in append["chunks"]] == ["x"]
    assert [append["done"] for append in appends][-1] is True


async def test_streams_of_a_user_are_that_users(server: FakeServer, streams: FakeStreams) -> None:
    async with connect(server) as db:
        for identity in ({"email": "a@b.co"}, {"token": USER_TOKEN}, {"guest": True}):
            async with db.as_user(**identity).streams.write(str(identity)):
                pass
    assert [
        {name: value for name, value in request.headers.items() if name.startswith("as-")}
        for request in server.received
        if request.path == "/admin/sse"
    ] == [{"as-email": "a@b.co"}, {"as-token": USER_TOKEN}, {"as-guest": "true"}]


async def test_many_streams_share_one_session(server: FakeServer, streams: FakeStreams) -> None:
    async with connect(server) as db:
        async with db.streams.write("a") as first, db.streams.write("b") as second:
            await first.write("1")
            await second.write("2")
        async with db.streams.write("c"), db.streams.read("a") as reader:
            assert await reader.read() == "1"
    assert len(streams.sessions) == 1
    assert {name: each.text for name, each in streams.streams.items()} == {"a": "1", "b": "2", "c": ""}


async def test_session_without_streams_is_closed_after_a_while(
    server: FakeServer, streams: FakeStreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "IDLE_SECONDS", 0.01)
    async with connect(server, "httpx") as db:
        async with db.streams.write("a"):
            pass
        await outside(server.wait_for_departures, 1)
        async with db.streams.write("b"):
            pass
        assert len(streams.sessions) == 2


async def test_small_writes_travel_together_while_a_push_is_under_way(server: FakeServer, streams: FakeStreams) -> None:
    def slowly(session: FakeSession, message: Message) -> None:
        time.sleep(0.04)
        streams.usual(session, message)

    streams.rules["append-stream"] = slowly
    async with connect(server) as db, db.streams.write("log") as writer:
        await writer.get_stream_id(SOON)
        for index in range(1000):
            await writer.write(f"{index}\n")
    assert streams.streams["log"].text == "".join(f"{index}\n" for index in range(1000))
    assert len(streams.of("append-stream")) < 20


async def test_offsets_are_bytes_of_utf8(server: FakeServer, streams: FakeStreams) -> None:
    async with connect(server) as db, db.streams.write("log") as writer:
        for count, text in enumerate(["é", "日本", "😀"], 1):
            await writer.write(text)
            await outside(streams.wait_for, "append-stream", count)
    assert [append["offset"] for append in streams.of("append-stream")] == [0, 2, 8, 12]


async def test_reply_may_come_before_the_push_returns(server: FakeServer, streams: FakeStreams) -> None:
    def answer_first(session: FakeSession, message: Message) -> None:
        streams.usual(session, message)
        time.sleep(0.1)  # meanwhile the answer comes over the session, and only then the push's own

    streams.rules["start-stream"] = answer_first
    async with connect(server) as db, db.streams.write("log") as writer:
        await writer.get_stream_id(SOON)
        await writer.write("x")
    assert streams.streams["log"].is_done


async def test_leaving_before_the_start_is_answered_still_closes_the_stream(
    server: FakeServer, streams: FakeStreams
) -> None:
    def late(session: FakeSession, message: Message) -> None:
        time.sleep(0.1)
        streams.usual(session, message)

    streams.rules["start-stream"] = late
    async with connect(server) as db:
        async with db.streams.write("log"):
            pass
        assert streams.streams["log"].is_done


async def test_exception_in_the_block_closes_the_stream_as_aborted(server: FakeServer, streams: FakeStreams) -> None:
    async with connect(server) as db:
        with pytest.raises(KeyError):  # noqa: PT012  leaving the block raises
            async with db.streams.write("log") as writer:
                await writer.write("x")
                raise KeyError("secret")
    found = streams.streams["log"]
    assert (found.text, found.is_done, found.abort_reason) == ("x", True, "KeyError")


async def test_exception_in_the_block_stays_the_exception_when_the_stream_cannot_be_closed(
    server: FakeServer, streams: FakeStreams
) -> None:
    streams.rules["append-stream"] = say_nothing
    async with connect(server) as db:
        with pytest.raises(ZeroDivisionError) as caught:
            async with db.streams.write("log", timeout=0.1):
                raise ZeroDivisionError
    assert "could not be closed as aborted" in caught.value.__notes__[0]


async def test_abort_tells_readers_why(server: FakeServer, streams: FakeStreams) -> None:
    async with connect(server) as db, db.streams.write("log") as writer:
        await writer.write("x")
        await writer.abort("the model is out of memory")
        with pytest.raises(StreamError, match="closed"):
            await writer.write("y")
    found = streams.streams["log"]
    assert (found.text, found.abort_reason) == ("x", "the model is out of memory")


async def test_full_buffer_makes_the_writer_wait(
    server: FakeServer, streams: FakeStreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "BUFFER_BYTES", 10)
    async with connect(server) as db, db.streams.write("log", timeout=0.1) as writer:
        await writer.write("0123456789")
        with pytest.raises(StreamNotDurableError, match="nothing more was stored"):
            await writer.write("not taken")
        await outside(streams.wait_for, "append-stream")
        streams.flush(streams.sessions[0], streams.streams["log"])
        await writer.write("taken")
    assert streams.streams["log"].text == "0123456789taken"


async def test_long_text_is_sent_in_chunks_of_whole_characters(
    server: FakeServer, streams: FakeStreams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CHUNK_BYTES", 4)
    async with connect(server) as db, db.streams.write("log") as writer:
        await writer.write("ab日本語c")
    assert [chunk for append in streams.of("append-stream") for chunk in append["chunks"]] == ["ab日", "本語", "c"]
    assert streams.streams["log"].text == "ab日本語c"


async def test_stream_can_be_continued_with_its_token(server: FakeServer, streams: FakeStreams) -> None:
    token = "00000000-0000-4000-8000-000000000001"
    streams.give("log", "héllo ", is_done=False).token = token
    async with connect(server) as db, db.streams.write("log", reconnect_token=token) as writer:
        await writer.get_stream_id(SOON)
        assert writer.offset == 7
        await writer.write("again")
        assert writer.offset == 12
    assert streams.streams["log"].text == "héllo again"


async def test_closing_the_client_ends_writers_and_leaves_nothing_running(
    server: FakeServer, streams: FakeStreams
) -> None:
    db = AsyncInstantAdmin(APP, TOKEN, base_url=server.url)
    writer = db.streams.write("log")
    await writer.__aenter__()
    await writer.get_stream_id(SOON)
    begun = time.monotonic()
    await db.aclose()
    assert time.monotonic() - begun < 1
    assert streams_running() == 0
    with pytest.raises(ConfigurationError, match="client is closed"):
        await writer.write("x")
    with pytest.raises(ConfigurationError, match="closed"):
        async with db.streams.write("other"):
            pass


@pytest.mark.parametrize(
    ("arguments", "match"),
    [
        ({"client_id": ""}, "not blank"),
        ({"client_id": " "}, "not blank"),
        ({"client_id": 1}, "not blank"),
        ({"client_id": "log", "reconnect_token": "no"}, "reconnect_token"),
        ({"client_id": "log", "rule_params": {"a": object()}}, "rule_params"),
        ({"client_id": "log", "rule_params": []}, "rule_params"),
        ({"client_id": "log", "timeout": -1}, "timeout"),
        ({"client_id": "log", "timeout": "1"}, "timeout"),
    ],
)
async def test_wrong_argument_is_refused_before_anything_is_sent(
    server: FakeServer, arguments: dict[str, Any], match: str
) -> None:
    async with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match=match):
            db.streams.write(**arguments)
    assert server.received == []


async def test_text_that_cannot_travel_is_refused_and_the_writer_goes_on(
    server: FakeServer, streams: FakeStreams
) -> None:
    async with connect(server) as db, db.streams.write("log") as writer:
        for wrong, match in ((b"x", "takes text"), (None, "takes text"), ("\ud800", "surrogate")):
            with pytest.raises(InvalidArgumentError, match=match):
                await writer.write(wrong)  # type: ignore[arg-type]  # that is what is tested
        with pytest.raises(InvalidArgumentError, match="not blank"):
            await writer.abort(" ")
        await writer.write("x")
    assert streams.streams["log"].text == "x"


async def test_writer_is_used_in_one_block(server: FakeServer, streams: FakeStreams) -> None:
    async with connect(server) as db:
        writer = db.streams.write("log")
        with pytest.raises(ConfigurationError, match="runs inside"):
            await writer.write("x")
        async with writer:
            with pytest.raises(ConfigurationError, match="entered once"):
                await writer.__aenter__()
        with pytest.raises(StreamError, match="closed"):
            await writer.write("x")
        await writer.aclose()


async def test_stream_needs_the_admin_token_unless_a_user_is_named(server: FakeServer) -> None:
    async with connect(server, admin_token=None) as db:
        with pytest.raises(ConfigurationError, match="admin token"):
            db.streams.write("log")
        with pytest.raises(ConfigurationError, match="admin token"):
            db.streams.read("log")
        assert db.as_user(guest=True).streams.write("log").client_id == "log"


async def test_secrets_are_in_no_repr_and_no_error(server: FakeServer, streams: FakeStreams) -> None:
    def echo(session: FakeSession, message: Message) -> None:
        session.refuse(message, f"{INIT['sse-token']} {TOKEN} {message['reconnect-token']}")

    streams.rules["start-stream"] = echo
    async with connect(server) as db:
        writer = db.streams.write("log")
        with pytest.raises(ValidationFailedError) as caught:
            async with writer:
                await writer.get_stream_id(SOON)
    shown = f"{caught.value!r} {caught.value} {caught.value.hint} {writer!r}"
    for secret in (INIT["sse-token"], TOKEN, writer.reconnect_token):
        assert secret not in shown
