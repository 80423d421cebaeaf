"""How writers end where the flavours differ: cancelled tasks, Ctrl-C, several loops, threads and forks."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from instant_admin import AsyncInstantAdmin, AsyncStreamReader, ConfigurationError, InstantAdmin
from instant_admin._core.streams import limits
from tests.client._async.flavour import streams_running as tasks_running
from tests.client._sync.flavour import streams_running as threads_running
from tests.client.test_processes import run
from tests.client.values import APP, TOKEN
from tests.support.fake_server import FakeServer
from tests.support.fake_streams import FakeStreams, say_nothing

SOON = 10.0


async def test_cancelled_block_closes_the_stream_as_aborted(server: FakeServer, streams: FakeStreams) -> None:
    async def write(db: AsyncInstantAdmin) -> None:
        async with db.streams.write("log") as writer:
            await writer.write("x")
            await asyncio.Event().wait()

    async with AsyncInstantAdmin(APP, TOKEN, base_url=server.url) as db:
        task = asyncio.create_task(write(db))
        await asyncio.to_thread(streams.wait_for, "append-stream")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    found = streams.streams["log"]
    assert (found.text, found.is_done, found.abort_reason) == ("x", True, "CancelledError")
    assert tasks_running() == 0


async def test_cancelled_block_waits_for_nothing(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["append-stream"] = say_nothing
    begun = time.monotonic()
    async with AsyncInstantAdmin(APP, TOKEN, base_url=server.url) as db:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05), db.streams.write("log"):
                await asyncio.Event().wait()
        assert time.monotonic() - begun < 5
    assert (await asyncio.to_thread(streams.wait_for, "append-stream"))["abort-reason"] == "CancelledError"


async def test_wait_for_durability_can_be_cancelled_and_the_stream_is_closed_all_the_same(
    server: FakeServer, streams: FakeStreams
) -> None:
    streams.rules["start-stream"] = say_nothing
    async with AsyncInstantAdmin(APP, TOKEN, base_url=server.url) as db:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1), db.streams.write("log") as writer:
                await writer.write("x")
        del streams.rules["start-stream"]
        streams.usual(streams.sessions[0], streams.of("start-stream")[0])
        await asyncio.to_thread(streams.wait_for, "append-stream")
    assert (streams.streams["log"].text, streams.streams["log"].abort_reason) == ("x", None)


@pytest.mark.parametrize("is_in_block", [True, False], ids=["in the block", "while leaving it"])
async def test_stream_that_was_left_does_not_keep_the_session_for_ever(
    server: FakeServer, streams: FakeStreams, monkeypatch: pytest.MonkeyPatch, is_in_block: bool
) -> None:
    monkeypatch.setattr(limits, "IDLE_SECONDS", 0.01)
    streams.rules["append-stream"] = say_nothing
    async with AsyncInstantAdmin(APP, TOKEN, base_url=server.url, engine="httpx") as db:
        with pytest.raises(TimeoutError):  # noqa: PT012  leaving the block raises
            async with asyncio.timeout(0.2), db.streams.write("log", timeout=0.5) as writer:
                await writer.get_stream_id(SOON)
                if is_in_block:
                    await asyncio.Event().wait()
        await asyncio.to_thread(server.wait_for_departures, 1)
        async with asyncio.timeout(SOON):
            while tasks_running():
                await asyncio.sleep(0.01)


async def test_cancelled_next_loses_nothing(server: FakeServer, streams: FakeStreams) -> None:
    streams.rules["subscribe-stream"] = say_nothing
    async with AsyncInstantAdmin(APP, TOKEN, base_url=server.url) as db, db.streams.read("log") as reader:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await reader.next()
        event_id = (await asyncio.to_thread(streams.wait_for, "subscribe-stream"))["client-event-id"]
        streams.sessions[0].say(op="stream-append", client_event_id=event_id, offset=0, content="abc")
        assert await reader.next(timeout=SOON) == "abc"


def test_client_of_several_loops_has_a_session_in_each(server: FakeServer, streams: FakeStreams) -> None:
    db = AsyncInstantAdmin(APP, TOKEN, base_url=server.url)

    async def work(name: str) -> None:
        async with db.streams.write(name) as writer:
            await writer.write(name)

    for name in ("a", "b"):
        asyncio.run(work(name))
    asyncio.run(db.aclose())
    assert ({each.text for each in streams.streams.values()}, len(streams.sessions)) == ({"a", "b"}, 2)


def test_interrupted_block_closes_the_stream_as_aborted(server: FakeServer, streams: FakeStreams) -> None:
    with (  # noqa: PT012  leaving the inner block is what is tested
        InstantAdmin(APP, TOKEN, base_url=server.url) as db,
        pytest.raises(KeyboardInterrupt),
        db.streams.write("log") as writer,
    ):
        writer.write("x")
        raise KeyboardInterrupt
    found = streams.streams["log"]
    assert (found.text, found.is_done, found.abort_reason) == ("x", True, "KeyboardInterrupt")
    assert threads_running() == 0


def test_threads_may_share_a_writer_and_a_reader(server: FakeServer, streams: FakeStreams) -> None:
    with InstantAdmin(APP, TOKEN, base_url=server.url) as db, ThreadPoolExecutor(8) as pool:
        with db.streams.write("log") as writer:
            list(pool.map(writer.write, [f"{number}\n" for number in range(500)]))
        assert sorted(streams.streams["log"].text.split()) == sorted(map(str, range(500)))
        streams.give("parts", *["x" * 1000] * 20)
        with db.streams.read("parts") as reader:
            assert sum(map(len, pool.map(lambda _: reader.read(), range(8)))) == 20_000


def test_child_of_a_fork_has_a_session_of_its_own(server: FakeServer, streams: FakeStreams) -> None:
    run(
        """
        import os, sys
        from instant_admin import InstantAdmin

        db = InstantAdmin(sys.argv[1], "token", base_url=sys.argv[2])
        with db.streams.write("parent") as writer:
            writer.write("p")
        child = os.fork()
        if child == 0:
            with db.streams.write("child") as writer:
                writer.write("c")
            db.close()
            os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        with db.streams.write("again") as writer:
            writer.write("a")
        db.close()
        """,
        APP,
        server.url,
    )
    assert {name: each.text for name, each in streams.streams.items()} == {"parent": "p", "child": "c", "again": "a"}
    assert len(streams.sessions) == 2


# What a child of a fork may try with a writer or a reader of its parent.
INHERITED = {
    "write": "writer.write('c')",
    "get_stream_id": "writer.get_stream_id()",
    "abort": "writer.abort('why')",
    "close": "writer.close()",
    "next": "reader.next()",
    "read": "reader.read()",
    "loop": "list(reader)",
}


@pytest.mark.parametrize("attempt", INHERITED.values(), ids=INHERITED)
def test_child_of_a_fork_is_told_at_once_that_streams_are_its_parents(
    server: FakeServer, streams: FakeStreams, attempt: str
) -> None:
    streams.give("live", "x", is_done=False)
    told = run(
        f"""
        import os, signal, sys
        from instant_admin import ConfigurationError, InstantAdmin

        with InstantAdmin(sys.argv[1], "token", base_url=sys.argv[2]) as db:
            with db.streams.write("log") as writer, db.streams.read("live") as reader:
                writer.get_stream_id()
                reader.next()
                if os.fork() == 0:
                    signal.alarm(20)
                    try:
                        {attempt}
                    except ConfigurationError as error:
                        print(error, flush=True)
                    os._exit(0)
                assert os.wait()[1] == 0
                writer.write("p")
        """,
        APP,
        server.url,
    )
    assert "in another process" in told
    assert streams.streams["log"].text == "p"


@pytest.mark.parametrize("leaving", ["pass", "raise ZeroDivisionError"], ids=["as usual", "by an exception"])
def test_child_of_a_fork_leaves_the_blocks_of_its_parent_and_changes_nothing(
    server: FakeServer, streams: FakeStreams, leaving: str
) -> None:
    streams.give("live", "x", is_done=False)
    run(
        f"""
        import os, signal, sys
        from instant_admin import InstantAdmin

        parent = os.getpid()
        with InstantAdmin(sys.argv[1], "token", base_url=sys.argv[2]) as db:
            try:
                with db.streams.write("log") as writer, db.streams.read("live") as reader:
                    writer.get_stream_id()
                    reader.next()
                    if os.fork() == 0:
                        signal.alarm(20)
                        {leaving}
                    else:
                        assert os.wait()[1] == 0
                        writer.write("p")
            except ZeroDivisionError as error:
                assert not getattr(error, "__notes__", ())
        if os.getpid() != parent:
            os._exit(0)
        """,
        APP,
        server.url,
    )
    found = streams.streams["log"]
    assert (found.text, found.is_done, found.abort_reason) == ("p", True, None)


def test_streams_of_another_loop_are_refused(server: FakeServer, streams: FakeStreams) -> None:
    db = AsyncInstantAdmin(APP, TOKEN, base_url=server.url)

    async def begin() -> AsyncStreamReader:
        return await db.streams.read("log").__aenter__()

    async def go_on(reader: AsyncStreamReader) -> None:
        with pytest.raises(ConfigurationError, match="another event loop"):
            await reader.next(timeout=SOON)
        await reader.aclose()

    with asyncio.Runner() as one, asyncio.Runner() as other:
        reader = one.run(begin())
        other.run(go_on(reader))
        one.run(db.aclose())
