"""Live queries: what a caller gets while all is well, and how it ends."""

from __future__ import annotations

import gc
import logging
import time
import warnings
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from instant_admin import (
    ConfigurationError,
    InstantError,
    InvalidArgumentError,
    PageInfo,
    QueryUpdate,
    UpdateTimeoutError,
    ValidationFailedError,
)
from tests.client._async.flavour import connect, live_queries_running, outside, together
from tests.client.values import APP, ID, TOKEN, USER_TOKEN, every_engine
from tests.support.fake_server import Answer, FakeServer, Received, Sequel, refusal, reply, stalled
from tests.support.live_events import INIT, KEEP_ALIVE, event, failed, first, goals, refreshed, stream

SOON = 10.0
QUERY: dict[str, Any] = {"goals": {}}


@every_engine
async def test_loop_gets_the_result_and_every_change(server: FakeServer, engine: str) -> None:
    sequel = Sequel()
    server.script(stream(INIT, first(goals("a")), sequel=sequel))
    seen: list[QueryUpdate] = []
    async with connect(server, engine) as db, db.subscribe_query(QUERY) as live:
        async for update in live:
            seen.append(update)
            if len(seen) == 3:
                break
            sequel.send(event(refreshed(goals("a", f"b{len(seen)}"), 1 + len(seen))))
    assert [update.data for update in seen] == [goals("a"), goals("a", "b1"), goals("a", "b2")]
    assert [update.tx_id for update in seen] == [1, 2, 3]


async def test_update_has_pages_and_aggregates(server: FakeServer) -> None:
    page = {"start-cursor": ["x", "y", 1, 2], "end-cursor": None, "has-next-page?": True, "has-previous-page?": False}
    server.script(stream(first({}, meta={"page-info": {"goals": page}, "aggregate": {"todos": {"count": 3}}})))
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        update = await live.next(timeout=SOON)
    assert update == QueryUpdate({}, {"goals": PageInfo(page)}, {"todos": {"count": 3}}, 1)
    about = update.page_info["goals"]
    assert (about.start_cursor, about.end_cursor) == (["x", "y", 1, 2], None)
    assert (about.has_next_page, about.has_previous_page) == (True, False)


async def test_request_is_the_querys(server: FakeServer) -> None:
    server.always(stream(first({})))
    async with connect(server) as db, db.subscribe_query(QUERY, rule_params={"key": 1}) as live:
        await live.next(timeout=SOON)
    sent = server.last
    assert (sent.method, sent.path, list(sent.query)) == ("POST", "/admin/subscribe-query", ["local_connection_id"])
    assert (sent.headers["app-id"], sent.headers["authorization"]) == (APP, f"Bearer {TOKEN}")
    assert sent.json.pop("query") == {"$$ruleParams": {"key": 1}, "goals": {}}
    assert sent.json["inference?"] is False


async def test_query_as_a_user_is_sent_as_that_user(server: FakeServer) -> None:
    server.always(stream(first({})))
    async with connect(server) as db:
        for identity in ({"email": "a@b.co"}, {"token": USER_TOKEN}, {"guest": True}):
            async with db.as_user(**identity).subscribe_query(QUERY) as live:
                await live.next(timeout=SOON)
    assert [
        {name: value for name, value in request.headers.items() if name.startswith("as-")}
        for request in server.received
    ] == [{"as-email": "a@b.co"}, {"as-token": USER_TOKEN}, {"as-guest": "true"}]


async def test_values_travel_as_in_other_calls(server: FakeServer) -> None:
    server.always(stream(first({})))
    where = {"at": {"$gt": datetime(2026, 1, 31, tzinfo=UTC)}, "id": UUID(ID)}
    async with connect(server) as db, db.subscribe_query({"goals": {"$": {"where": where}}}) as live:
        await live.next(timeout=SOON)
    assert server.last.json["query"] == {
        "goals": {"$": {"where": {"at": {"$gt": "2026-01-31T00:00:00.000Z"}, "id": ID}}}
    }


REFUSED: dict[str, tuple[Any, str]] = {
    "no object": ([], "query must be an object"),
    "an unknown option": ({"goals": {"$": {"sort": 1}}}, "no option 'sort'"),
    "no number": ({"goals": {"$": {"where": {"x": float("nan")}}}}, "JSON has no form for"),
}


@pytest.mark.parametrize(("query", "text"), REFUSED.values(), ids=REFUSED)
async def test_query_is_checked_before_anything_is_sent(server: FakeServer, query: Any, text: str) -> None:
    async with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match=text):
            db.subscribe_query(query)
        with pytest.raises(InvalidArgumentError, match=text):
            await db.query_page(query)
    assert server.received == []


async def test_call_needs_the_admin_token_unless_a_user_is_named(server: FakeServer) -> None:
    server.always(stream(first({})))
    async with connect(server, admin_token=None) as db:
        with pytest.raises(ConfigurationError, match="needs the app's admin token"):
            db.subscribe_query(QUERY)
        async with db.as_user(guest=True).subscribe_query(QUERY) as live:
            await live.next(timeout=SOON)


async def test_status_and_latest_follow(server: FakeServer) -> None:
    sequel = Sequel()
    server.script(stream(INIT, sequel=sequel))
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        assert (live.status, live.latest, live.error) == ("connecting", None, None)
        sequel.send(event(first(goals("a"))))
        update = await live.next(timeout=SOON)
        assert (live.status, live.latest) == ("live", update)
        sequel.send(event(refreshed(goals("b"))))
        assert live.latest != await live.next(timeout=SOON) == live.latest
    assert (live.status, live.latest, live.error) == ("closed", QueryUpdate(goals("b"), {}, {}, 2), None)
    assert repr(live).endswith("LiveQuery(status='closed')")


async def test_functions_are_told_as_well(server: FakeServer) -> None:
    sequel = Sequel()
    server.script(stream(first(goals("a")), sequel=sequel))
    told: list[Any] = []
    async with (
        connect(server) as db,
        db.subscribe_query(QUERY, on_update=told.append, on_status=told.append, on_error=told.append) as live,
    ):
        updates = [await live.next(timeout=SOON)]
        sequel.send(event(refreshed(goals("b"))))
        updates.append(await live.next(timeout=SOON))
        sequel.send(event(failed("validation-failed")))
        with pytest.raises(ValidationFailedError) as caught:
            await live.next(timeout=SOON)
    assert told == ["live", updates[0], updates[1], "closed", caught.value]


async def test_waiting_to_connect_again_is_a_status_too(server: FakeServer) -> None:
    server.script(stream(b"retry:60000\n\n", first(goals("a")), ending="close"))
    told: list[str] = []
    async with connect(server) as db, db.subscribe_query(QUERY, on_status=told.append) as live:
        update = await live.next(timeout=SOON)
        while len(told) < 2:
            await outside(time.sleep, 0.01)
        assert (live.status, live.latest) == ("reconnecting", update)
    assert told == ["live", "reconnecting", "closed"]


async def test_closing_is_a_status_too(server: FakeServer) -> None:
    server.script(stream(first(goals("a"))))
    told: list[str] = []
    async with connect(server) as db, db.subscribe_query(QUERY, on_status=told.append) as live:
        await live.next(timeout=SOON)
    assert told == ["live", "closed"]


async def test_closing_at_once_is_a_status_too(server: FakeServer) -> None:
    server.always(stream(first(goals("a"))))
    told: list[str] = []
    async with connect(server) as db:
        async with db.subscribe_query(QUERY, on_status=told.append) as live:
            pass
        assert (told[-1], live.status) == ("closed", "closed")
        assert live_queries_running() == 0


async def test_errors_in_functions_are_logged_and_harm_nothing(
    server: FakeServer, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("own text")

    server.script(stream(first(goals("a")), refreshed(goals("b")), failed("validation-failed")))
    async with (
        connect(server) as db,
        db.subscribe_query(QUERY, on_update=fail, on_status=fail, on_error=fail) as live,
    ):
        with pytest.raises(ValidationFailedError):
            async for _ in live:
                pass
    logged = [record.getMessage() for record in caplog.records if record.exc_info]
    assert logged == [
        f"{name} of a live query failed" for name in ("on_status", "on_update", "on_update", "on_status", "on_error")
    ]


async def test_functions_must_be_plain(server: FakeServer) -> None:
    async def awaited(_: object) -> None:
        """Nothing would await it."""

    async with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match="on_update must be a plain function"):
            db.subscribe_query(QUERY, on_update=5)  # type: ignore[arg-type]  # that is what is tested
        # async only: there is nothing to await in blocking programs
        with pytest.raises(InvalidArgumentError, match="on_status must be a plain function"):
            db.subscribe_query(QUERY, on_status=awaited)
        # end of async only


async def test_what_nobody_takes_gives_way_to_the_newest(server: FakeServer) -> None:
    count = 1000
    updates: list[QueryUpdate] = []
    server.script(stream(first(goals(0)), *(refreshed(goals(number), number) for number in range(1, count))))
    async with connect(server) as db, db.subscribe_query(QUERY, on_update=updates.append) as live:
        while len(updates) < count:
            await outside(time.sleep, 0.01)
        assert (await live.next(timeout=SOON)).data == goals(count - 1)
        with pytest.raises(UpdateTimeoutError):
            await live.next(timeout=0)


async def test_next_waits_as_long_as_it_is_told(server: FakeServer) -> None:
    server.script(stream(INIT))
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        for timeout in (0, 0.01):
            with pytest.raises(UpdateTimeoutError, match=f"within {timeout} s"):
                await live.next(timeout=timeout)
            with pytest.raises(TimeoutError):
                await live.next(timeout=timeout)
        for wrong in (-1, float("nan"), True, "5"):
            with pytest.raises(InvalidArgumentError, match="timeout must be a number"):
                await live.next(timeout=wrong)  # type: ignore[arg-type]  # that is what is tested


async def test_second_loop_goes_on_where_the_first_stopped(server: FakeServer) -> None:
    sequel = Sequel()
    server.script(stream(first(goals("a")), sequel=sequel))
    seen: list[Any] = []
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        for title in ("b", "c"):
            async for update in live:
                seen.append(update.data)
                break
            sequel.send(event(refreshed(goals(title))))
        seen.append((await live.next(timeout=SOON)).data)
    assert seen == [goals("a"), goals("b"), goals("c")]


async def test_after_the_end_loops_end_and_next_says_so(server: FakeServer) -> None:
    server.script(stream(first(goals("a"))))
    async with connect(server) as db:
        async with db.subscribe_query(QUERY) as live:
            await live.next(timeout=SOON)
        for _ in range(2):
            async for _ in live:
                raise AssertionError("there is nothing more")
            with pytest.raises(ConfigurationError, match="This live query is closed"):
                await live.next()
            await live.aclose()
        with pytest.raises(ConfigurationError, match="runs once"):
            await live.__aenter__()
    assert len(server.received) == 1


async def test_after_an_error_everybody_is_told_it(server: FakeServer) -> None:
    server.script(stream(first(goals("a")), failed("validation-failed")))
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        assert (await live.next(timeout=SOON)).data == goals("a")
        for _ in range(2):
            with pytest.raises(ValidationFailedError):
                await live.next(timeout=SOON)
            with pytest.raises(ValidationFailedError):
                async for _ in live:
                    pass
        assert live.status == "closed"
        assert isinstance(live.error, ValidationFailedError)


async def test_without_with_it_says_how_it_is_meant(server: FakeServer) -> None:
    async with connect(server) as db:
        live = db.subscribe_query(QUERY)
        statuses = [live.status]
        with pytest.raises(ConfigurationError, match="runs inside `"):
            async for _ in live:
                pass
        with pytest.raises(ConfigurationError, match="runs inside `"):
            await live.next()
        await live.aclose()
        with pytest.raises(ConfigurationError, match="runs once"):
            await live.__aenter__()
        statuses.append(live.status)
    assert statuses == ["connecting", "closed"]
    assert server.received == []


async def test_never_entered_it_is_forgotten_silently(server: FakeServer) -> None:
    async with connect(server) as db:
        db.subscribe_query(QUERY)
        gc.collect()


async def test_forgotten_it_warns_and_stops(server: FakeServer) -> None:
    server.script(stream(first(goals("a"))))
    async with connect(server) as db:
        live = await db.subscribe_query(QUERY).__aenter__()
        await live.next(timeout=SOON)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            del live
            gc.collect()
            told = [str(warning.message) for warning in caught]
        assert any("A live query was not closed" in text for text in told)
        await outside(server.wait_for_departures, 1)


# What the server does while the query is closed.
CLOSED_WHILE: dict[str, Answer] = {
    "nothing happens": stream(INIT, first(goals("a"))),
    "there is no result yet": stream(INIT, KEEP_ALIVE),
    "half an event has come": stream(INIT, event(first(goals("a")))[:30]),
    "there is no reply yet": stalled(),
    "it waits to connect again": stream(b"retry:60000\n\n", first(goals("a")), ending="close"),
    "it has ended by an error": refusal("validation-failed"),
}


@pytest.mark.parametrize("answer", CLOSED_WHILE.values(), ids=CLOSED_WHILE)
async def test_closing_leaves_nothing_behind(server: FakeServer, answer: Answer) -> None:
    server.always(answer)
    async with connect(server) as db:
        async with db.subscribe_query(QUERY):
            await outside(server.wait_for_requests, 1)
        assert live_queries_running() == 0
        if answer.ending == "hold":
            server.wait_for_departures(1)
        assert len(server.received) == 1


async def test_body_that_fails_closes_it(server: FakeServer) -> None:
    server.script(stream(first(goals("a"))))
    async with connect(server) as db:
        with pytest.raises(KeyError):
            async with db.subscribe_query(QUERY) as live:
                raise KeyError((await live.next(timeout=SOON)).data["todos"])
        assert live_queries_running() == 0


async def test_closing_the_client_ends_its_live_queries(server: FakeServer) -> None:
    server.always(stream(first(goals("a"))))
    async with connect(server) as db, db.subscribe_query(QUERY) as live:

        async def follow_or_close(index: int) -> None:
            if index == 0:
                async for update in live:
                    assert update.data == goals("a")
            else:
                await outside(server.wait_for_requests, 1)
                await db.aclose()

        await together(2, follow_or_close)
        assert live.status == "closed"
        assert live_queries_running() == 0
        with pytest.raises(ConfigurationError, match="This client is closed"):
            async with db.subscribe_query(QUERY) as late:
                await late.next(timeout=SOON)


async def test_closing_in_a_function_is_possible_where_one_reads(server: FakeServer) -> None:
    server.script(stream(first(goals("a"))))
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        seen = []
        async for update in live:
            seen.append(update.data)
            await live.aclose()
    assert seen == [goals("a")]


def answer_both(request: Received) -> Answer:
    """A live query's first result, or rows."""
    if request.path == "/admin/subscribe-query":
        return stream(INIT, first({"goals": [{"id": request.json["query"]["goals"]["$"]["limit"]}]}))
    return reply({"goals": []})


@pytest.mark.parametrize("engine", ["httpx", "pyreqwest"])
async def test_two_hundred_live_queries_keep_no_call_waiting(server: FakeServer, engine: str) -> None:
    server.always(answer_both)
    async with connect(server, engine) as db:
        lives = [db.subscribe_query({"goals": {"$": {"limit": number}}}) for number in range(1, 201)]
        for live in lives:
            await live.__aenter__()
        updates = [await live.next(timeout=SOON) for live in lives]
        rows = await together(50, lambda _: db.query(QUERY, timeout=SOON))
        assert live_queries_running() == 200
        for live in lives:
            await live.aclose()
        assert live_queries_running() == 0
    assert [update.data["goals"][0]["id"] for update in updates] == list(range(1, 201))
    assert rows == [{"goals": []}] * 50


async def test_several_wait_for_one_and_each_result_goes_to_one_of_them(server: FakeServer) -> None:
    sequel = Sequel()
    server.script(stream(first(goals(0)), sequel=sequel))
    async with connect(server) as db, db.subscribe_query(QUERY) as live:

        async def take(index: int) -> Any:
            update = await live.next(timeout=SOON)
            sequel.send(event(refreshed(goals(update.data["goals"][0]["title"] + 1))))
            return update.data["goals"][0]["title"]

        assert sorted(await together(5, take)) == [0, 1, 2, 3, 4]


async def test_secrets_of_the_session_reach_no_log(server: FakeServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    server.script(stream(INIT, b"retry:1\n\n", first(goals("a")), ending="close"))
    server.always(refusal("record-not-found", hint={"args": [{"token": TOKEN}], "record-type": "app-admin-token"}))
    async with connect(server) as db, db.subscribe_query(QUERY) as live:
        with pytest.raises(InstantError) as caught:
            async for _ in live:
                pass
    shown = f"{caplog.text} {caught.value!r} {caught.value} {live!r}"
    assert INIT["sse-token"] not in shown
    assert TOKEN not in shown
    assert "subscribeQuery" in caplog.text


async def test_every_attempt_is_told_to_who_watches_the_client(server: FakeServer) -> None:
    server.script(refusal("unknown", 503), stream(first(goals("a"))))
    attempts: list[Any] = []
    async with connect(server, on_response=attempts.append) as db, db.subscribe_query(QUERY) as live:
        await live.next(timeout=SOON)
    assert [(attempt.operation, attempt.status) for attempt in attempts] == [
        ("subscribeQuery", 503),
        ("subscribeQuery", 200),
    ]
