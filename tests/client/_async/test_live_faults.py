"""Live queries when the network or the server fails: what heals is healed, what does not is raised.

The defects of the peers' subscriptions are among the cases.
"""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin import (
    APIError,
    AppDisabledError,
    AuthenticationError,
    InstantError,
    PermissionDeniedError,
    PermissionEvaluationError,
    QueryTimeoutError,
    UnexpectedReplyError,
    UpdateTimeoutError,
    ValidationFailedError,
)
from instant_admin._core.live import limits
from tests.client._async.flavour import connect, live_queries_running, outside
from tests.client.values import every_engine
from tests.support.fake_server import Answer, FakeServer, cut, dropped, raw, refusal, reply, reset, stalled, trickled
from tests.support.live_events import INIT, KEEP_ALIVE, QUICK, event, failed, first, goals, refreshed, stream

SOON = 10.0
QUERY: dict[str, Any] = {"goals": {}}
A, B = goals("a"), goals("b")
ONCE_LIVE = stream(INIT, QUICK, first(A), ending="close")
"""A first result, and the end of the connection."""

# How connections fail, one after another, before one works again.
INTERRUPTIONS: dict[str, list[Answer]] = {
    "the connection is closed": [],
    "the connection is reset": [stream(QUICK, first(A), ending="reset")],
    "the connection ends in the middle of an event": [
        stream(QUICK, first(A), event(refreshed(B))[:40], ending="close")
    ],
    "the connection ends in the middle of a character": [
        stream(QUICK, first(A), b'data:{"op":"x","y":"\xc3', ending="close"),
    ],
    "connecting again meets a closed door": [dropped(), reset()],
    "connecting again meets a restart": [refusal(None, 503), reply(b"<html>", 502), reply(b"", 504)],
    "connecting again meets a fault": [refusal("unknown", 500), reply(b"", 500)],
    "connecting again meets half a reply": [cut(stream(first(A)), 40)],
    "connecting again meets no HTTP": [raw(b"what?\r\n\r\n")],
    "connecting again meets a page of a proxy": [
        reply(b"<html>Back soon.</html>", headers={"content-type": "text/html"})
    ],
    "connecting again meets a rate limit": [refusal("rate-limited", 429, hint={"retry-after": 0})],
    "the new connection ends at once": [stream(ending="close"), stream(INIT, ending="close")],
    "the query is refused for its rate": [stream(INIT, failed("rate-limited", hint={"retry-after": 0}))],
    "the query is slow": [stream(INIT, failed("operation-timed-out", 500)), stream(failed("timeout", 500))],
    "the server fails at the query": [stream(INIT, failed(None, 500))],
    "what comes is no message": [stream(b"data:<html>\n\n")],
}


@pytest.mark.parametrize("answers", INTERRUPTIONS.values(), ids=INTERRUPTIONS)
async def test_lost_connection_is_made_again(server: FakeServer, answers: list[Answer]) -> None:
    statuses: list[str] = []
    server.script(ONCE_LIVE, *answers, stream(INIT, first(B, 7)))
    async with connect(server) as db, db.subscribe_query(QUERY, on_status=statuses.append) as live:
        assert (await live.next(timeout=SOON)).data == A
        update = await live.next(timeout=SOON)
        assert (update.data, update.tx_id, live.status) == (B, 7, "live")
    assert len(server.received) == 2 + len(answers)
    assert statuses[:2] == ["live", "reconnecting"]
    assert set(statuses[2:]) <= {"live", "reconnecting", "closed"}


@every_engine
async def test_every_engine_connects_again(server: FakeServer, engine: str) -> None:
    server.script(ONCE_LIVE, dropped(), stream(first(B)))
    async with connect(server, engine) as db, db.subscribe_query(QUERY) as live:
        assert [(await live.next(timeout=SOON)).data for _ in range(2)] == [A, B]


async def test_same_result_after_a_lost_connection_is_no_news(server: FakeServer) -> None:
    server.script(ONCE_LIVE, ONCE_LIVE, ONCE_LIVE, stream(first(A), refreshed(B)))
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        assert [(await live.next(timeout=SOON)).data for _ in range(2)] == [A, B]


async def test_each_connection_asks_the_same(server: FakeServer) -> None:
    server.script(ONCE_LIVE, stream(first(B)))
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        for _ in range(2):
            await live.next(timeout=SOON)
    before, after = server.received
    assert (before.target, before.headers, before.json) == (after.target, after.headers, after.json)


async def test_server_that_is_not_there_yet_is_waited_for(server: FakeServer, caplog: pytest.LogCaptureFixture) -> None:
    server.script(dropped(), refusal(None, 503), stream(first(A)))
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        with pytest.raises(UpdateTimeoutError):
            await live.next(timeout=0)
        assert live.status == "connecting"
        assert (await live.next(timeout=SOON)).data == A
    warned = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert ["subscribeQuery: connecting again in" in text for text in warned] == [True, True]


BAD_TOKEN: dict[str, Any] = {"hint": {"record-type": "app-admin-token"}}

# What does not heal -> its class.
REFUSALS: dict[str, tuple[Answer, type[InstantError]]] = {
    "a bad token": (refusal("record-not-found", **BAD_TOKEN), AuthenticationError),
    "a bad token, as 401": (refusal("record-not-found", 401, **BAD_TOKEN), AuthenticationError),
    "a proxy's 401": (reply(b"", 401), APIError),
    "a proxy's 403": (reply(b"<html>", 403), APIError),
    "an unknown route": (reply({"message": "x"}, 404), APIError),
    "too large": (reply(b"", 413), APIError),
    "a redirection": (reply(b"", 302, {"location": "/elsewhere"}), APIError),
    "a denied permission": (refusal("permission-denied"), PermissionDeniedError),
    "an invalid query": (stream(INIT, failed("validation-failed")), ValidationFailedError),
    "an invalid query, before the greeting": (stream(failed("validation-failed"), INIT), ValidationFailedError),
    "a bad token, in the stream": (stream(failed("record-not-found", **BAD_TOKEN)), AuthenticationError),
    "a rule that fails": (stream(INIT, failed("permission-evaluation-failed")), PermissionEvaluationError),
    "a disabled app": (stream(INIT, failed("app-disabled")), AppDisabledError),
}


@pytest.mark.parametrize(("answer", "cls"), REFUSALS.values(), ids=REFUSALS)
async def test_what_does_not_heal_is_raised_at_the_start(
    server: FakeServer, answer: Answer, cls: type[InstantError]
) -> None:
    server.always(answer)
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        with pytest.raises(InstantError) as caught:
            await live.next(timeout=SOON)
        assert type(caught.value) is cls
        assert (live.status, live.error) == ("closed", caught.value)
    assert live_queries_running() == 0
    assert len(server.received) == 1


@pytest.mark.parametrize(("answer", "cls"), REFUSALS.values(), ids=REFUSALS)
async def test_what_does_not_heal_is_raised_later_too(
    server: FakeServer, answer: Answer, cls: type[InstantError]
) -> None:
    server.script(ONCE_LIVE, refusal(None, 503))
    server.always(answer)
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        assert (await live.next(timeout=SOON)).data == A
        with pytest.raises(InstantError) as caught:
            await live.next(timeout=SOON)
        assert type(caught.value) is cls
        assert (live.status, live.error) == ("closed", caught.value)
    assert len(server.received) == 3


# What may be the query's own fault -> its class.
SUSPICIONS: dict[str, tuple[Answer, type[InstantError]]] = {
    "a fault": (refusal("unknown", 500), APIError),
    "a fault in the stream": (stream(INIT, failed(None, 500)), APIError),
    "a slow query": (stream(INIT, failed("operation-timed-out", 500)), QueryTimeoutError),
    "another reply": (reply(b"<html>", headers={"content-type": "text/html"}), UnexpectedReplyError),
    "no message": (stream(b"data:5\n\n"), UnexpectedReplyError),
}


@pytest.mark.parametrize(("answer", "cls"), SUSPICIONS.values(), ids=SUSPICIONS)
async def test_query_that_never_worked_is_not_tried_again_and_again(
    server: FakeServer, answer: Answer, cls: type[InstantError]
) -> None:
    server.always(answer)
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        with pytest.raises(cls):
            await live.next(timeout=SOON)
    assert len(server.received) == 1


async def test_query_that_fails_at_a_refresh_is_asked_for_again_or_raised(server: FakeServer) -> None:
    slow = {**failed("operation-timed-out", 500), "client-event-id": None, "original-event": {"op": "refresh"}}
    server.script(stream(QUICK, first(A), slow), stream(first(B), failed("permission-evaluation-failed")))
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        assert [(await live.next(timeout=SOON)).data for _ in range(2)] == [A, B]
        with pytest.raises(PermissionEvaluationError):
            await live.next(timeout=SOON)
    server.wait_for_departures(2)


async def test_disabled_app_is_told_by_a_new_connection(server: FakeServer) -> None:
    disabled = {"op": "app-status-changed", "status": "disabled"}
    server.script(stream(QUICK, first(A), disabled), stream(INIT, failed("app-disabled")))
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        assert (await live.next(timeout=SOON)).data == A
        with pytest.raises(AppDisabledError):
            await live.next(timeout=SOON)


async def test_silence_is_a_lost_connection(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LONGEST_SILENCE_SECONDS", 0.2)
    server.script(stream(QUICK, first(A)), stalled(), stream(first(B)))
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        assert [(await live.next(timeout=SOON)).data for _ in range(2)] == [A, B]


async def test_limit_of_a_call_does_not_limit_a_live_query(server: FakeServer) -> None:
    server.script(trickled(stream(INIT, KEEP_ALIVE, first(A)), 0.002))
    async with connect(server, timeout=0.3) as db, db.subscribe_query(QUERY) as live:
        assert (await live.next(timeout=SOON)).data == A
    assert len(server.received) == 1


async def test_signs_of_life_alone_give_no_update(server: FakeServer) -> None:
    server.script(stream(INIT, *[KEEP_ALIVE] * 100))
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        await outside(server.wait_for_requests, 1)
        with pytest.raises(UpdateTimeoutError):
            await live.next(timeout=0.05)
        assert live.status == "connecting"


async def test_huge_results_arrive_whole(server: FakeServer) -> None:
    huge = goals("x" * 20_000_000, "é🎉" * 1000)
    server.script(stream(INIT, event(first(A), refreshed(huge)), first(B)))
    seen: list[Any] = []
    async with connect(server) as db, db.subscribe_query(QUERY, on_update=seen.append) as live:
        while (await live.next(timeout=30)).data != B:
            pass
    assert [update.data for update in seen] == [A, huge, B]


async def test_text_is_read_across_cuts_inside_its_characters(server: FakeServer) -> None:
    result = goals("Grüße 🎉 – ¡olé!")
    server.script(trickled(stream(f"data: {_as_text(first(result))}\r\n\r\n".encode()), 0.0001))
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        assert (await live.next(timeout=SOON)).data == result


def _as_text(message: dict[str, Any]) -> str:
    import json

    return json.dumps(message, ensure_ascii=False)
