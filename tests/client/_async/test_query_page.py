"""A query asked once, with its cursors and aggregates: by a live query that is left after its first result."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin import (
    APIError,
    InstantError,
    NoReplyError,
    PageInfo,
    QueryTimeoutError,
    QueryUpdate,
    RateLimitedError,
    RequestTimeoutError,
    UnexpectedReplyError,
    ValidationFailedError,
)
from tests.client._async.flavour import connect, together
from tests.client.values import AT_ONCE, every_engine
from tests.support.fake_server import Answer, FakeServer, cut, dropped, refusal, reply, trickled
from tests.support.live_events import INIT, KEEP_ALIVE, failed, first, goals, refreshed, stream

QUERY: dict[str, Any] = {"goals": {"$": {"first": 1}}}
PAGE = {"start-cursor": ["x", "y", 1, 2], "end-cursor": ["x", "y", 1, 2], "has-next-page?": True}


@every_engine
async def test_page_is_read_and_the_connection_left(server: FakeServer, engine: str) -> None:
    server.script(stream(INIT, first(goals("a"), meta={"page-info": {"goals": PAGE}}), refreshed(goals("b"))))
    async with connect(server, engine) as db:
        page = await db.query_page(QUERY)
        assert page == QueryUpdate(goals("a"), {"goals": PageInfo(PAGE)}, {}, 1)
        server.wait_for_departures(1)
    assert server.last.path == "/admin/subscribe-query"
    assert server.last.json["query"] == QUERY


async def test_pages_are_read_many_at_a_time(server: FakeServer) -> None:
    server.always(stream(INIT, first(goals("a"))))
    async with connect(server) as db:
        pages = await together(120, lambda _: db.query_page(QUERY))
    assert [page.data for page in pages] == [goals("a")] * 120


# What comes instead, once -> what is raised without a second attempt.
FAILURES: dict[str, tuple[Answer, type[InstantError]]] = {
    "no connection": (dropped(), NoReplyError),
    "half a reply": (cut(stream(first({})), -20), NoReplyError),
    "an end before the result": (stream(INIT, ending="close"), NoReplyError),
    "a restart": (refusal(None, 503), APIError),
    "a rate limit": (refusal("rate-limited", 429), RateLimitedError),
    "a rate limit in the stream": (stream(INIT, failed("rate-limited")), RateLimitedError),
    "an invalid query": (stream(INIT, failed("validation-failed")), ValidationFailedError),
    "an invalid parameter": (refusal("validation-failed"), ValidationFailedError),
    "a slow query": (stream(INIT, failed("operation-timed-out", 500)), QueryTimeoutError),
    "a fault": (stream(INIT, failed(None, 500)), APIError),
    "no stream": (reply({"goals": []}), UnexpectedReplyError),
    "no message": (stream(b"data:5\n\n"), UnexpectedReplyError),
}
REPEATED = {"no connection", "half a reply", "an end before the result", "a restart"}
REPEATED |= {"a rate limit", "a rate limit in the stream"}


@pytest.mark.parametrize(("answer", "cls"), FAILURES.values(), ids=FAILURES)
async def test_failure_has_its_class(server: FakeServer, answer: Answer, cls: type[InstantError]) -> None:
    server.always(answer)
    async with connect(server, retry=None) as db:
        with pytest.raises(InstantError) as caught:
            await db.query_page(QUERY)
    assert type(caught.value) is cls
    assert len(server.received) == 1


@pytest.mark.parametrize("name", FAILURES)
async def test_reading_is_repeated_where_that_may_help(server: FakeServer, name: str) -> None:
    answer, cls = FAILURES[name]
    server.script(answer, stream(first(goals("a"))))
    async with connect(server, retry=AT_ONCE) as db:
        if name in REPEATED:
            assert (await db.query_page(QUERY)).data == goals("a")
        else:
            with pytest.raises(cls):
                await db.query_page(QUERY)
    assert len(server.received) == 1 + (name in REPEATED)


async def test_signs_of_life_are_not_waited_for_beyond_the_limit(server: FakeServer) -> None:
    server.script(trickled(stream(INIT, *[KEEP_ALIVE] * 10_000), 0.0005))
    async with connect(server, retry=None) as db:
        with pytest.raises(RequestTimeoutError):
            await db.query_page(QUERY, timeout=0.2)
        server.wait_for_departures(1)


async def test_silence_is_not_waited_for_beyond_the_limit(server: FakeServer) -> None:
    server.script(stream(INIT))
    async with connect(server, retry=None) as db:
        with pytest.raises(RequestTimeoutError):
            await db.query_page(QUERY, timeout=0.2)
