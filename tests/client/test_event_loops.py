"""What only awaiting programs do: one client for several event loops, one after another and side by side."""

from __future__ import annotations

import asyncio
import gc
import warnings
from concurrent.futures import ThreadPoolExecutor

import pytest

from instant_admin import AsyncInstantAdmin, ConfigurationError
from tests.client.test_processes import run
from tests.client.values import APP, TOKEN
from tests.support.fake_server import FakeServer, reply, stalled

every_own_engine = pytest.mark.parametrize("engine", ["httpx", "pyreqwest"])


def made(server: FakeServer, engine: str) -> AsyncInstantAdmin:
    return AsyncInstantAdmin(APP, TOKEN, base_url=server.url, engine=engine)  # type: ignore[arg-type]  # parametrized


@every_own_engine
def test_client_made_outside_of_a_loop_serves_several_runs(server: FakeServer, engine: str) -> None:
    db = made(server, engine)

    async def work() -> None:
        await asyncio.gather(*(db.query({}) for _ in range(5)))
        await db.query({})

    for count in range(1, 5):
        asyncio.run(work())
        assert len(server.received) == 6 * count


@every_own_engine
def test_connections_are_freed_with_their_loop_and_without_a_warning(server: FakeServer, engine: str) -> None:
    def run_twice() -> None:
        db = made(server, engine)

        async def work() -> None:
            await db.query({})

        for count in (1, 2):
            asyncio.run(work())
            server.wait_for_departures(count)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run_twice()
        gc.collect()


@every_own_engine
def test_loops_in_two_threads_share_a_client(server: FakeServer, engine: str) -> None:
    db = made(server, engine)

    async def work() -> int:
        for _ in range(10):
            await db.query({})
        return 10

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(lambda _: asyncio.run(work()), range(2))) == 20
    assert server.connections == 2


@every_own_engine
def test_closing_in_one_loop_closes_the_client_for_all(server: FakeServer, engine: str) -> None:
    db = made(server, engine)

    async def use_and_close() -> None:
        async with db:
            await db.query({})

    async def use() -> None:
        await db.query({})

    asyncio.run(use_and_close())
    with pytest.raises(ConfigurationError, match="This client is closed"):
        asyncio.run(use())


@every_own_engine
def test_calls_in_flight_when_the_loop_ends_leave_the_client_usable(server: FakeServer, engine: str) -> None:
    db = made(server, engine)

    async def abandon() -> None:
        pending = asyncio.create_task(db.query({}))
        await asyncio.to_thread(server.wait_for_requests, 1)
        assert not pending.done()

    async def use() -> dict[str, list[dict[str, object]]]:
        return await db.query({})

    server.script(stalled())
    asyncio.run(abandon())
    assert asyncio.run(use()) == {}


def test_child_of_a_fork_uses_its_own_loop_and_connection(server: FakeServer) -> None:
    server.always(lambda request: reply({name: [] for name in request.json["query"]}))
    told = run(
        """
        import asyncio, os, signal, sys
        from instant_admin import AsyncInstantAdmin
        db = AsyncInstantAdmin(sys.argv[1], "t", base_url=sys.argv[2], engine=sys.argv[3])
        async def work(name):
            print(await db.query({name: {}}))
            sys.stdout.flush()
        asyncio.run(work("parent"))
        if os.fork() == 0:
            signal.alarm(20)
            asyncio.run(work("child"))
            os._exit(0)
        assert os.wait()[1] == 0
        asyncio.run(work("parent again"))
        """,
        APP,
        server.url,
        "pyreqwest",
    )
    assert told.splitlines() == ["{'parent': []}", "{'child': []}", "{'parent again': []}"]
