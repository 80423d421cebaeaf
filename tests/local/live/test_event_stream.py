"""The body of a reply that goes on, by itself: readers that wait, and readers on an event loop."""

from __future__ import annotations

import asyncio
from threading import Thread

import pytest

from instant_admin.local.event_stream import EventStream
from instant_admin.local.event_stream_async import read


def test_all_frames_are_taken_at_once_in_order() -> None:
    stream = EventStream()
    stream.put(b"a")
    stream.put(b"b")

    assert stream.take() == b"ab"
    assert stream.take() == b""


def test_a_reader_that_waits_gets_what_another_thread_puts() -> None:
    stream = EventStream()
    taken: list[bytes | None] = []
    reader = Thread(target=lambda: taken.append(stream.take(None)))
    reader.start()
    stream.put(b"a")
    reader.join()

    assert taken == [b"a"]


@pytest.mark.parametrize("end", [EventStream.end, EventStream.close])
def test_a_reader_that_waits_comes_to_the_end(end: object) -> None:
    stream = EventStream()
    taken: list[bytes | None] = []
    reader = Thread(target=lambda: taken.append(stream.take(None)))
    reader.start()
    assert callable(end)
    end(stream)
    reader.join()

    assert taken == [None]


def test_what_was_put_before_the_end_is_read_and_nothing_after_it() -> None:
    stream = EventStream()
    assert stream.put(b"a")
    stream.end()

    assert not stream.put(b"b")
    assert stream.take() == b"a"
    assert stream.take() is None


def test_the_sender_is_told_once_that_the_reader_is_gone() -> None:
    stream = EventStream()
    told: list[str] = []
    stream.when_closed(lambda: told.append("gone"))
    stream.close()
    stream.close()

    assert told == ["gone"]
    assert not stream.put(b"a")


def test_a_reader_much_too_slow_is_cut_off_after_what_was_sent() -> None:
    stream = EventStream()
    frame = b"x" * (16 * 1024 * 1024)
    sent = 0
    while stream.put(frame):
        sent += 1
    assert 1 <= sent <= 8

    assert len(stream.take() or b"") == (sent + 1) * len(frame)
    assert stream.take() is None


def test_a_reader_on_a_loop_gets_frames_of_other_threads_and_the_end() -> None:
    stream = EventStream()
    stream.put(b"before ")

    async def reading() -> list[bytes]:
        found: list[bytes] = []
        async for data in read(stream, 60.0):
            found.append(data)
            if len(found) == 1:
                Thread(target=stream.put, args=(b"after",)).start()
            else:
                Thread(target=stream.end).start()
        return found

    assert asyncio.run(reading()) == [b"before ", b"after"]


def test_a_reader_on_a_loop_hears_of_silence() -> None:
    stream = EventStream()

    async def reading() -> bytes:
        async for data in read(stream, 0.001):
            return data
        return b"the end"

    assert asyncio.run(reading()) == b""


def test_a_reader_whose_loop_is_closed_is_gone() -> None:
    stream = EventStream()

    async def beginning() -> None:
        reading = read(stream, 60.0)
        task = asyncio.ensure_future(anext(reading))
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(beginning())

    assert not stream.put(b"a")
