"""A call ends in time, whatever the server does."""

from __future__ import annotations

import asyncio
import socket

import httpx
import httpx2
import pytest

from instant_admin import APIError, AsyncInstantAdmin, RequestTimeoutError, RetryPolicy, Timeout
from tests.client._async.flavour import connect, open_http_client, together
from tests.client.values import APP, AT_ONCE, TOKEN, every_engine
from tests.support.fake_server import FakeServer, refusal, reply, stalled, trickled

MANY_AT_ONCE = RetryPolicy(max_attempts=1000, initial_seconds=0)


@every_engine
async def test_total_ends_a_call_without_a_reply(server: FakeServer, engine: str) -> None:
    server.always(stalled())
    async with connect(server, engine, timeout=0.15) as db:
        with pytest.raises(RequestTimeoutError) as caught:
            await db.query({"goals": {}})
    assert caught.value.request_sent
    assert caught.value.is_retryable


@every_engine
async def test_timeout_of_a_call_replaces_the_clients(server: FakeServer, engine: str) -> None:
    server.script(stalled(), trickled(reply({"goals": []}), 0.002))
    async with connect(server, engine, timeout=60, retry=None) as db:
        with pytest.raises(RequestTimeoutError):
            await db.query({"goals": {}}, timeout=0.1)
    async with connect(server, engine, timeout=0.01, retry=None) as db:
        assert await db.query({"goals": {}}, timeout=30) == {"goals": []}


@every_engine
async def test_total_covers_all_attempts(server: FakeServer, engine: str) -> None:
    server.always(stalled())
    async with connect(server, engine, timeout=Timeout(total=0.5, read=0.06), retry=MANY_AT_ONCE) as db:
        with pytest.raises(RequestTimeoutError):
            await db.query({"goals": {}})
    assert 1 < len(server.received) < 50


@every_engine
async def test_total_covers_the_waits_between_attempts(server: FakeServer, engine: str) -> None:
    server.always(reply({"message": "Not now."}, 503))
    retry = RetryPolicy(max_attempts=1000, initial_seconds=0.05, max_seconds=0.05)
    async with connect(server, engine, timeout=0.4, retry=retry) as db:
        with pytest.raises((APIError, RequestTimeoutError)):
            await db.query({"goals": {}})
    assert 1 < len(server.received) < 50


@every_engine
async def test_total_ends_a_reply_that_trickles_in(server: FakeServer, engine: str) -> None:
    server.always(trickled(reply({"goals": []}), 0.01))
    async with connect(server, engine, timeout=0.2, retry=None) as db:
        with pytest.raises(RequestTimeoutError):
            await db.query({"goals": {}})


@every_engine
async def test_silence_is_limited_by_read(server: FakeServer, engine: str) -> None:
    server.always(stalled())
    async with connect(server, engine, timeout=Timeout(total=None, read=0.1), retry=None) as db:
        with pytest.raises(RequestTimeoutError) as caught:
            await db.query({"goals": {}})
    assert caught.value.request_sent


@every_engine
async def test_connecting_is_limited_and_nothing_was_sent(engine: str) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
        address = full.getsockname()
        waiting = [socket.socket() for _ in range(3)]
        for each in waiting:  # fills the queue of a server that accepts nobody
            each.setblocking(False)
            each.connect_ex(address)
        timeout = Timeout(total=None, connect=0.1)
        async with connect(f"http://127.0.0.1:{address[1]}", engine, timeout=timeout, retry=None) as db:
            with pytest.raises(RequestTimeoutError) as caught:
                await db.transact([])
        for each in waiting:
            each.close()
    assert not caught.value.request_sent


@pytest.mark.parametrize("timeout", [None, float("inf"), 1e30, Timeout(total=1e9, read=1e9, pool=1e9, write=1e9)])
@every_engine
async def test_no_limit_and_absurdly_long_limits_work(server: FakeServer, engine: str, timeout: float) -> None:
    async with connect(server, engine, timeout=timeout) as db:
        assert await db.query({"goals": {}}) == {}


@pytest.mark.parametrize("library", ["an httpx client", "an httpx2 client"])
async def test_waiting_for_a_free_connection_is_limited_and_nothing_was_sent(server: FakeServer, library: str) -> None:
    server.always(stalled())
    limits = httpx.Limits(max_connections=1) if library == "an httpx client" else httpx2.Limits(max_connections=1)
    timeout = Timeout(total=None, read=1.0, pool=0.1)
    async with open_http_client(library, limits=limits) as http_client:
        db = AsyncInstantAdmin(APP, TOKEN, base_url=server.url, http_client=http_client, timeout=timeout, retry=None)

        async def was_sent(_: int) -> bool:
            with pytest.raises(RequestTimeoutError) as caught:
                await db.query({})
            return caught.value.request_sent

        assert sorted(await together(2, was_sent)) == [False, True]
        await db.aclose()
    assert len(server.received) == 1


@every_engine
async def test_limits_that_differ_for_each_call_do_not_pile_connections_up(server: FakeServer, engine: str) -> None:
    async with connect(server, engine) as db:
        for index in range(30):
            await db.query({}, timeout=Timeout(read=30 + index))
        server.wait_for_departures(server.connections - 8)
    assert len(server.received) == 30


# async only: a blocking call cannot be cancelled; what Ctrl-C does to it stands in test_processes.py
# pyreqwest gives the caller back at once as well, but drops the request only at its total limit.
LIMITS = {"httpx": None, "an httpx client": None, "an httpx2 client": None, "pyreqwest": 1.5}


@pytest.mark.parametrize(("engine", "timeout"), LIMITS.items(), ids=LIMITS)
async def test_cancelling_frees_the_connection_and_leaves_the_client_usable(
    server: FakeServer, engine: str, timeout: float | None
) -> None:
    server.script(stalled())
    async with connect(server, engine, timeout=timeout) as db:
        task = asyncio.create_task(db.query({"goals": {}}))
        await asyncio.to_thread(server.wait_for_requests, 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.to_thread(server.wait_for_departures, 1)
        assert await db.query({"goals": {}}, timeout=30) == {}


@pytest.mark.parametrize(("engine", "timeout"), LIMITS.items(), ids=LIMITS)
async def test_a_callers_own_time_limit_works_and_is_no_error_of_ours(
    server: FakeServer, engine: str, timeout: float | None
) -> None:
    server.script(stalled())
    async with connect(server, engine, timeout=timeout) as db:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await db.query({"goals": {}})
        await asyncio.to_thread(server.wait_for_departures, 1)
        assert await db.query({"goals": {}}, timeout=30) == {}


async def test_cancelling_ends_the_wait_before_the_next_attempt(server: FakeServer) -> None:
    waiting = asyncio.Event()
    server.always(refusal("rate-limited", 429, hint={"retry-after": 1000}))
    async with connect(server, timeout=None, on_response=lambda _: waiting.set()) as db:
        task = asyncio.create_task(db.query({"goals": {}}))
        await waiting.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert len(server.received) == 1


# end of async only


async def test_a_used_up_total_is_not_spent_on_another_attempt(server: FakeServer) -> None:
    server.always(refusal("rate-limited", 429, hint={"retry-after": 5}))
    async with connect(server, timeout=1, retry=AT_ONCE) as db:
        with pytest.raises(APIError):
            await db.query({"goals": {}})
    assert len(server.received) == 1
