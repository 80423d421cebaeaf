"""Live queries through the engines of clients: in this process, and over HTTP."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator

import pytest

from instant_admin import NoReplyError, RequestTimeoutError
from instant_admin._core.wire import Limits, StreamRequest, WireRequest
from instant_admin._engines.base import AsyncStreamEngine, StreamEngine
from instant_admin._engines.choice import EngineChoice
from instant_admin._engines.instances import InstanceLease
from instant_admin._engines.local import LocalEngine
from instant_admin.local import LocalInstant
from scripts.served import serving
from tests.local.shapes import done, eid
from tests.local.support import AdminCalls

PATIENT = Limits(10.0, 10.0, 45.0, 10.0, 10.0)


@pytest.fixture
def choice(admin: AdminCalls) -> EngineChoice:
    """The in-process engines of the `admin`'s instance."""
    return EngineChoice("local:", "local", lease=InstanceLease(admin.instance, admin.app.app_id, None))


@pytest.fixture
def request_(admin: AdminCalls) -> StreamRequest:
    """A live query of the `admin`'s app."""
    return subscription(admin.app.app_id, admin.app.admin_token)


def subscription(app_id: str, token: str) -> StreamRequest:
    headers = {"app-id": app_id, "authorization": f"Bearer {token}", "content-type": "application/json"}
    return StreamRequest("POST", "/admin/subscribe-query", headers, b'{"query": {"goals": {}}}')


def ops(pieces: Iterator[bytes], number: int) -> list[str]:
    """What the next so many messages are."""
    found: list[str] = []
    while len(found) < number:
        lines = next(pieces).split(b"\n\n")
        found += [json.loads(line[5:])["op"] for line in lines if line.startswith(b"data:")]
    return found


def test_blocking_readers_get_frames_as_they_come(
    admin: AdminCalls, choice: EngineChoice, request_: StreamRequest
) -> None:
    engine: StreamEngine = choice.open_streams()
    reply = engine.open_stream(request_, PATIENT)
    pieces = reply.chunks()
    assert (reply.status, ops(pieces, 2)) == (200, ["sse-init", "add-query-ok"])

    done(admin, ["update", "goals", eid(1), {"title": "Run"}])

    assert ops(pieces, 1) == ["refresh-ok"]
    reply.close()
    assert list(pieces) == []


def test_a_blocking_reader_is_interrupted_from_another_thread(choice: EngineChoice, request_: StreamRequest) -> None:
    reply = choice.open_streams().open_stream(request_, PATIENT)
    pieces = reply.chunks()
    next(pieces)
    interrupting = threading.Thread(target=reply.interrupt)
    interrupting.start()

    assert list(pieces) == []
    interrupting.join()


def test_awaiting_readers_get_frames_as_they_come(
    admin: AdminCalls, choice: EngineChoice, request_: StreamRequest
) -> None:
    async def reading() -> list[bytes]:
        engine: AsyncStreamEngine = choice.open_async_streams()
        reply = await engine.open_stream(request_, PATIENT)
        pieces = reply.chunks()
        found = [await anext(pieces)]
        done(admin, ["update", "goals", eid(1), {"title": "Run"}])
        found.append(await anext(pieces))
        await reply.aclose()
        assert [piece async for piece in pieces] == []
        return found

    first, second = asyncio.run(reading())
    assert b'"op":"add-query-ok"' in first
    assert b'"op":"refresh-ok"' in second


def test_a_refusal_is_an_ordinary_reply(choice: EngineChoice, request_: StreamRequest) -> None:
    del request_.headers["authorization"]

    reply = choice.open_streams().open_stream(request_, PATIENT)

    assert reply.status == 400
    assert b"param-missing" in b"".join(reply.chunks())


@pytest.mark.parametrize("seconds", [0.01, 0.0])
def test_a_silence_longer_than_the_read_limit_is_an_error(
    choice: EngineChoice, request_: StreamRequest, seconds: float
) -> None:
    reply = choice.open_streams().open_stream(request_, Limits(None, None, seconds, None, None))
    pieces = reply.chunks()
    next(pieces)

    with pytest.raises(RequestTimeoutError):
        next(pieces)


def test_a_silence_within_the_read_limit_is_filled(
    choice: EngineChoice, request_: StreamRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("instant_admin.local.event_stream.KEEP_ALIVE_SECONDS", 0.001)
    pieces = choice.open_streams().open_stream(request_, PATIENT).chunks()
    next(pieces)

    assert next(pieces).startswith(b":")


@pytest.mark.parametrize("fault", [{"drop": True}, {"half_body": True}])
def test_a_dropped_connection_is_no_reply(
    admin: AdminCalls, choice: EngineChoice, request_: StreamRequest, fault: dict[str, bool]
) -> None:
    admin.instance.control.fail_next("/admin/subscribe-query", **fault)

    with pytest.raises(NoReplyError):
        choice.open_streams().open_stream(request_, PATIENT)


def test_a_server_that_restarts_ends_the_streams(
    admin: AdminCalls, choice: EngineChoice, request_: StreamRequest
) -> None:
    engine = choice.open_streams()
    first = engine.open_stream(request_, PATIENT)

    admin.instance.control.end_streams(admin.app)

    assert [b"add-query-ok" in piece for piece in first.chunks()] == [True]
    assert ops(engine.open_stream(request_, PATIENT).chunks(), 2) == ["sse-init", "add-query-ok"]


def test_a_call_that_does_not_listen_leaves_no_session(admin: AdminCalls, request_: StreamRequest) -> None:
    assert isinstance(request_.body, bytes)
    asked = WireRequest("POST", "/admin/sse", request_.headers, request_.body)
    reply = LocalEngine(admin.instance).send(asked, PATIENT)

    assert (reply.status, reply.body) == (200, b"")


def test_no_thread_stays_when_all_have_been_told(
    admin: AdminCalls, choice: EngineChoice, request_: StreamRequest
) -> None:
    before = set(threading.enumerate())
    replies = [choice.open_streams().open_stream(request_, PATIENT) for _ in range(50)]
    done(admin, ["update", "goals", eid(1), {"title": "Run"}])
    admin.instance.control.settle()
    left = {thread for thread in threading.enumerate() if thread not in before}
    for thread in left:
        thread.join(10.0)

    assert not any(thread.is_alive() for thread in left)
    for reply in replies:
        reply.close()


def test_closing_the_instance_ends_a_reader_that_waits_on_a_loop() -> None:
    async def reading() -> list[bytes]:
        instance = LocalInstant()
        app = instance.create_app()
        choice = EngineChoice("local:", "local", lease=InstanceLease(instance, app.app_id, None))
        reply = await choice.open_async_streams().open_stream(subscription(app.app_id, app.admin_token), PATIENT)
        pieces = reply.chunks()
        await anext(pieces)
        await asyncio.to_thread(instance.close)
        return [piece async for piece in pieces]

    assert asyncio.run(reading()) == []


def test_over_http_a_client_that_goes_away_is_noticed_and_stopping_ends_the_streams() -> None:
    with serving() as served:
        choice = EngineChoice(served.url, "httpx")
        engine = choice.open_streams()
        headers = subscription(served.app_id, served.admin_token).headers
        opened = StreamRequest("POST", "/admin/sse", headers, b"{}")
        listening, leaving = engine.open_stream(opened, PATIENT), engine.open_stream(opened, PATIENT)
        heard, left = listening.chunks(), leaving.chunks()
        for pieces in (heard, left):
            _join(served.url, served.app_id, pieces)

        leaving.close()

        present: list[int] = []
        while present != [1, 2, 1]:
            lines = [line for line in next(heard).split(b"\n\n") if b"refresh-presence" in line]
            present += [len(json.loads(line[5:])["data"]) for line in lines]
        served.process.terminate()
        assert list(heard) == []
        assert served.process.wait(10.0) == 0
        engine.close()


def _join(url: str, app_id: str, pieces: Iterator[bytes]) -> None:
    import httpx

    init = json.loads(next(pieces).split(b"\n\n")[0][5:])
    body = {
        "machine_id": init["machine-id"],
        "session_id": init["session-id"],
        "sse_token": init["sse-token"],
        "messages": [{"op": "join-room", "room-id": "lobby", "client-event-id": "j"}],
    }
    assert httpx.post(f"{url}/admin/sse/push", params={"app_id": app_id}, json=body).status_code == 200
