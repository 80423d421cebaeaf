"""Live queries where the flavours differ in kind: threads, forks and exits; tasks, cancellation and event loops."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
import textwrap
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from instant_admin import AsyncInstantAdmin, ConfigurationError, InstantAdmin, InstantError, QueryUpdate
from instant_admin._engines.choice import EngineChoice
from tests.client._async.flavour import live_queries_running as tasks_running
from tests.client._sync.flavour import live_queries_running as threads_running
from tests.client.test_processes import run
from tests.client.values import APP, TOKEN
from tests.support.fake_server import Answer, FakeServer, Sequel, reply, stalled
from tests.support.live_events import INIT, KEEP_ALIVE, event, first, goals, refreshed, stream
from tests.support.stub_engine import StubEngine

ROOT = Path(__file__).parent.parent.parent
SOON = 10.0
QUERY: dict[str, Any] = {"goals": {}}


def blocking(server: FakeServer) -> InstantAdmin:
    return InstantAdmin(APP, TOKEN, base_url=server.url)


def awaitable(server: FakeServer) -> AsyncInstantAdmin:
    return AsyncInstantAdmin(APP, TOKEN, base_url=server.url)


# What the server does when the program comes to its end.
EXITS: dict[str, Answer] = {
    "nothing happens": stream(INIT, first(goals("a"))),
    "it waits to connect again": stream(b"retry:60000\n\n", first(goals("a")), ending="close"),
    "there is no reply yet": stalled(),
    "half an event has come": stream(INIT, event(first(goals("a")))[:20]),
}


@pytest.mark.parametrize("answer", EXITS.values(), ids=EXITS)
def test_program_that_forgets_to_close_ends_all_the_same_and_is_warned(server: FakeServer, answer: Answer) -> None:
    server.always(answer)
    script = """
        import sys
        from instant_admin import InstantAdmin, UpdateTimeoutError
        db = InstantAdmin(sys.argv[1], "t", base_url=sys.argv[2])
        live = db.subscribe_query({"goals": {}}).__enter__()
        try:
            live.next(timeout=0.5)
        except UpdateTimeoutError:
            pass
        print("done")
    """
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", textwrap.dedent(script), APP, server.url],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "generated")))},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert done.stdout == "done\n"
    assert "ResourceWarning: A live query was not closed" in done.stderr


def test_interrupted_program_leaves_its_block(server: FakeServer) -> None:
    server.always(stream(INIT, KEEP_ALIVE))
    told = run(
        """
        import signal, sys, threading
        from instant_admin import InstantAdmin
        with InstantAdmin(sys.argv[1], "t", base_url=sys.argv[2]) as db:
            try:
                with db.subscribe_query({"goals": {}}) as live:
                    main = threading.main_thread().ident
                    threading.Timer(0.2, signal.pthread_kill, [main, signal.SIGINT]).start()
                    live.next()
            except KeyboardInterrupt:
                print("interrupted", live.status)
        """,
        APP,
        server.url,
    )
    assert told == "interrupted closed\n"


def test_child_of_a_fork_follows_queries_of_its_own(server: FakeServer) -> None:
    server.always(stream(INIT, first(goals("a"))))
    told = run(
        """
        import os, signal, sys
        from instant_admin import InstantAdmin
        db = InstantAdmin(sys.argv[1], "t", base_url=sys.argv[2])
        def work(name):
            with db.subscribe_query({"goals": {}}) as live:
                print(name, len(live.next(timeout=10).data["goals"]))
            sys.stdout.flush()
        work("parent")
        if os.fork() == 0:
            signal.alarm(20)
            work("child")
            os._exit(0)
        assert os.wait()[1] == 0
        work("parent again")
        db.close()
        """,
        APP,
        server.url,
    )
    assert told.splitlines() == ["parent 1", "child 1", "parent again 1"]


@pytest.mark.parametrize("ending", ["live.close()", "db.close()"])
def test_child_of_a_fork_leaves_the_query_of_its_parent_alone(server: FakeServer, ending: str) -> None:
    sequel = Sequel()
    server.script(stream(INIT, first(goals("a")), sequel=sequel), reply({}))
    with ThreadPoolExecutor(1) as pool:
        following = pool.submit(
            run,
            f"""
            import os, signal, sys
            from instant_admin import InstantAdmin
            db = InstantAdmin(sys.argv[1], "t", base_url=sys.argv[2])
            with db.subscribe_query({{"goals": {{}}}}) as live:
                live.next(timeout=10)
                if os.fork() == 0:
                    signal.alarm(20)
                    {ending}
                    os._exit(0)
                assert os.wait()[1] == 0
                db.query({{"goals": {{}}}})  # says that the child is done
                print(len(live.next(timeout=10).data["goals"]), live.status)
            db.close()
            """,
            APP,
            server.url,
        )
        server.wait_for_requests(2)
        sequel.send(event(refreshed(goals("a", "b"))))
        assert following.result(SOON * 3) == "2 live\n"
    assert len(server.received) == 2


def test_child_of_a_fork_does_not_wait_for_results_that_its_parent_gets(server: FakeServer) -> None:
    server.always(stream(INIT, first(goals("a"))))
    told = run(
        """
        import os, signal, sys
        from instant_admin import ConfigurationError, InstantAdmin
        with InstantAdmin(sys.argv[1], "t", base_url=sys.argv[2]) as db:
            with db.subscribe_query({"goals": {}}) as live:
                live.next(timeout=10)
                if os.fork() == 0:
                    signal.alarm(20)
                    try:
                        live.next()
                    except ConfigurationError as error:
                        print(error, flush=True)
                    os._exit(0)
                assert os.wait()[1] == 0
        """,
        APP,
        server.url,
    )
    assert "another process" in told


def test_query_of_another_event_loop_gives_no_results(server: FakeServer) -> None:
    server.always(stream(INIT, KEEP_ALIVE))

    async def begin(db: AsyncInstantAdmin) -> Any:
        return await db.subscribe_query(QUERY).__aenter__()

    async def go_on(live: Any) -> None:
        with pytest.raises(ConfigurationError, match="another event loop"):
            await live.next(timeout=SOON)
        await live.aclose()

    with asyncio.Runner() as one, asyncio.Runner() as other:
        live = one.run(begin(awaitable(server)))
        other.run(go_on(live))
    assert live.status == "closed"


def test_thread_that_waits_is_woken_by_closing(server: FakeServer) -> None:
    server.always(stream(INIT, first(goals("a"))))
    with blocking(server) as db, ThreadPoolExecutor(2) as pool, db.subscribe_query(QUERY) as live:
        live.next(timeout=SOON)
        looping, waiting = pool.submit(list, live), pool.submit(live.next)
        live.close()
        assert looping.result(SOON) == []
        with pytest.raises(ConfigurationError, match="This live query is closed"):
            waiting.result(SOON)
    assert threads_running() == 0


def test_function_that_is_told_may_close_the_query(server: FakeServer) -> None:
    server.always(stream(INIT, first(goals("a"))))
    closed = threading.Event()

    def close(update: QueryUpdate) -> None:
        live.close()
        closed.set()

    with blocking(server) as db, db.subscribe_query(QUERY, on_update=close) as live:
        assert closed.wait(SOON)
        assert live.status == "closed"
        server.wait_for_departures(1)
    assert threads_running() == 0


def test_unforeseen_failure_is_an_error_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(StubEngine):
        def open_stream(self, *_: Any) -> Any:
            raise ZeroDivisionError

    monkeypatch.setattr(EngineChoice, "open_streams", lambda _: Broken([]))
    with InstantAdmin(APP, TOKEN) as db, db.subscribe_query(QUERY) as live:
        with pytest.raises(InstantError, match="failed \\(ZeroDivisionError\\)") as caught:
            live.next(timeout=SOON)
        assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_cancelled_wait_leaves_the_query_as_it_is(server: FakeServer) -> None:
    sequel = Sequel()
    server.script(stream(INIT, first(goals("a")), sequel=sequel))

    async def work() -> None:
        async with awaitable(server) as db, db.subscribe_query(QUERY) as live:
            await live.next()
            waiting = asyncio.create_task(live.next())
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.01):
                    await live.next()
            sequel.send(event(refreshed(goals("b"))))
            assert (await live.next(timeout=SOON)).data == goals("b")

    asyncio.run(work())


def test_task_that_waits_is_woken_by_closing_at_once(server: FakeServer) -> None:
    server.always(stream(INIT))

    async def work() -> None:
        async with awaitable(server) as db:
            live = db.subscribe_query(QUERY)
            await live.__aenter__()
            waiting = asyncio.create_task(live.next())
            await live.aclose()
            with pytest.raises(ConfigurationError, match="This live query is closed"):
                await asyncio.wait_for(waiting, SOON)

    asyncio.run(work())


@pytest.mark.parametrize("answer", [stream(INIT, first(goals("a"))), stalled()], ids=["live", "connecting"])
def test_cancelled_task_closes_its_query(server: FakeServer, answer: Answer) -> None:
    server.always(answer)

    async def follow(db: AsyncInstantAdmin) -> None:
        async with db.subscribe_query(QUERY) as live:
            async for _ in live:
                pass

    async def work() -> None:
        async with awaitable(server) as db:
            following = asyncio.create_task(follow(db))
            await asyncio.to_thread(server.wait_for_requests, 1)
            following.cancel()
            with pytest.raises(asyncio.CancelledError):
                await following
            assert tasks_running() == 0
            await asyncio.to_thread(server.wait_for_departures, 1)

    asyncio.run(work())


def test_loop_that_ends_takes_its_queries_along(server: FakeServer) -> None:
    server.always(stream(INIT, first(goals("a"))))

    async def forget(db: AsyncInstantAdmin) -> Any:
        live = await db.subscribe_query(QUERY).__aenter__()
        await live.next(timeout=SOON)
        return live

    def run_twice() -> None:
        db = awaitable(server)
        for count in (1, 2):
            live = asyncio.run(forget(db))
            server.wait_for_departures(count)
            assert live.status == "closed"

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run_twice()
        gc.collect()


def test_loops_in_two_threads_follow_queries_over_one_client(server: FakeServer) -> None:
    server.always(stream(INIT, first(goals("a"))))
    db = awaitable(server)

    async def work() -> Any:
        async with db.subscribe_query(QUERY) as live:
            return (await live.next(timeout=SOON)).data

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda _: asyncio.run(work()), range(2))) == [goals("a")] * 2


def test_closing_the_client_in_one_loop_ends_the_queries_of_others(server: FakeServer) -> None:
    server.always(stream(INIT, first(goals("a"))))
    db = awaitable(server)
    is_live = threading.Event()

    async def follow() -> int:
        async with db.subscribe_query(QUERY) as live:
            count = 0
            async for _ in live:
                count += 1
                is_live.set()
            return count

    async def close() -> None:
        await asyncio.to_thread(is_live.wait, SOON)
        await db.aclose()

    with ThreadPoolExecutor(2) as pool:
        following = pool.submit(lambda: asyncio.run(follow()))
        pool.submit(lambda: asyncio.run(close())).result(SOON)
        assert following.result(SOON) == 1
