"""The state machine of live queries: events in, actions out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

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
from instant_admin._core.live.machine import (
    LONGEST_ANSWER_SECONDS,
    MOST_FAULTS,
    Action,
    Announce,
    Deliver,
    End,
    LiveMachine,
    Reconnect,
)
from instant_admin._core.live.messages import MessageReader
from tests.support.live_events import INIT, KEEP_ALIVE, event, failed, first, goals, refreshed

HEADERS = {"content-type": "text/event-stream; charset=UTF-8"}
DROP = NoReplyError("the connection was lost")

Step: TypeAlias = Callable[[LiveMachine], list[Action]]


def opened(machine: LiveMachine) -> list[Action]:
    return machine.accepted(HEADERS, now=0.0, random=0.0)


def says(*pieces: Any, now: float = 0.0) -> Step:
    """The server sends these messages, each an event, and bytes as they are."""
    chunk = b"".join(piece if isinstance(piece, bytes) else event(piece) for piece in pieces)
    return lambda machine: machine.received(chunk, now=now, random=0.0)


def lost(error: InstantError | None = None) -> Step:
    return lambda machine: machine.lost(error, random=0.0)


def closed(machine: LiveMachine) -> list[Action]:
    return machine.closed()


def update(rows: Any, tx_id: int | None = 1, **other: Any) -> QueryUpdate:
    return QueryUpdate(**{"data": rows, "page_info": {}, "aggregate": {}, "tx_id": tx_id, **other})


A, B = goals("a"), goals("b")
EMPTY_PAGE = update({}, page_info={"goals": PageInfo({"end-cursor": None})})
LIVE: list[Action] = [Announce("live")]
LIVE_A: list[Action] = [Announce("live"), Deliver(update(A))]
AGAIN: list[Action] = [Announce("reconnecting"), Reconnect(0.5, None)]

# A story -> each of its steps with what follows from it.
STORIES: dict[str, list[tuple[Step, list[Action]]]] = {
    "a query goes live with its first result": [(opened, []), (says(INIT), []), (says(first(A)), LIVE_A)],
    "the first result overtakes the greeting": [(opened, []), (says(first(A), INIT), LIVE_A)],
    "results follow": [
        (opened, []),
        (says(first(A)), LIVE_A),
        (says(refreshed(B, 2)), [Deliver(update(B, 2))]),
        (says(refreshed(A, 3)), [Deliver(update(A, 3))]),
    ],
    "several results at once are all told, in order": [
        (opened, []),
        (says(INIT, first(A), refreshed(B, 2)), [*LIVE_A, Deliver(update(B, 2))]),
    ],
    "messages may come as a list": [
        (opened, []),
        (says(event(INIT, first(A), refreshed(B, 2))), [*LIVE_A, Deliver(update(B, 2))]),
    ],
    "a result cut in the middle waits for its rest": [
        (opened, []),
        (says(event(first(A))[:20]), []),
        (says(event(first(A))[20:-1]), []),
        (says(b"\n"), LIVE_A),
    ],
    "a repeated result is not told again": [
        (opened, []),
        (says(first(A)), LIVE_A),
        (says(refreshed(A, 2)), []),
        (says({"op": "refresh-ok", "computations": []}), []),
    ],
    "a repeated page is not told again": [
        (opened, []),
        (says(first({}, meta={"page-info": {"goals": {"end-cursor": None}}})), [*LIVE, Deliver(EMPTY_PAGE)]),
        (says(refreshed({}, 2, meta={"page-info": {"goals": {"end-cursor": None}}})), []),
    ],
    "a change of pages alone is told": [
        (opened, []),
        (says(first(A)), LIVE_A),
        (
            says(refreshed(A, 2, meta={"page-info": {"goals": {"has-next-page?": True}}})),
            [Deliver(update(A, 2, page_info={"goals": PageInfo({"has-next-page?": True})}))],
        ),
    ],
    "a change of counts alone is told": [
        (opened, []),
        (
            says(first({}, meta={"aggregate": {"goals": {"count": 1}}})),
            [*LIVE, Deliver(update({}, aggregate={"goals": {"count": 1}}))],
        ),
        (
            says(refreshed({}, 2, meta={"aggregate": {"goals": {"count": 2}}})),
            [Deliver(update({}, 2, aggregate={"goals": {"count": 2}}))],
        ),
    ],
    "true is another value than 1": [
        (opened, []),
        (says(first(goals(1))), [*LIVE, Deliver(update(goals(1)))]),
        (says(refreshed(goals(True), 2)), [Deliver(update(goals(True), 2))]),
    ],
    "the order of keys is no change": [
        (opened, []),
        (says(first({"goals": [{"id": "0", "title": "a"}]})), LIVE_A),
        (says(refreshed({"goals": [{"title": "a", "id": "0"}]}, 2)), []),
    ],
    "the order of rows is a change": [
        (opened, []),
        (
            says(first({"goals": [{"id": "0"}, {"id": "1"}]})),
            [*LIVE, Deliver(update({"goals": [{"id": "0"}, {"id": "1"}]}))],
        ),
        (
            says(refreshed({"goals": [{"id": "1"}, {"id": "0"}]}, 2)),
            [Deliver(update({"goals": [{"id": "1"}, {"id": "0"}]}, 2))],
        ),
    ],
    "a lost connection is made again": [
        (opened, []),
        (says(first(A)), LIVE_A),
        (lost(DROP), [Announce("reconnecting"), Reconnect(0.5, DROP)]),
        (opened, []),
        (says(INIT), []),
        (says(first(A, 5)), LIVE),
    ],
    "after a lost connection a changed result is told": [
        (opened, []),
        (says(first(A)), LIVE_A),
        (lost(), AGAIN),
        (opened, []),
        (says(first(B, 5)), [*LIVE, Deliver(update(B, 5))]),
    ],
    "half an event of a lost connection is forgotten": [
        (opened, []),
        (says(first(A), event(refreshed(B))[:-5]), LIVE_A),
        (lost(), AGAIN),
        (opened, []),
        (says(first(A)), LIVE),
    ],
    "waits grow until there is a result, then begin anew": [
        (opened, []),
        (says(first(A)), LIVE_A),
        (lost(DROP), [Announce("reconnecting"), Reconnect(0.5, DROP)]),
        (lost(DROP), [Reconnect(1.0, DROP)]),
        (opened, []),
        (says(INIT), []),
        (lost(DROP), [Reconnect(2.0, DROP)]),
        (opened, []),
        (says(first(A)), LIVE),
        (lost(DROP), [Announce("reconnecting"), Reconnect(0.5, DROP)]),
    ],
    "the server's own wait is kept for all connections after": [
        (opened, []),
        (says(b"retry:2000\n\n", first(A)), LIVE_A),
        (lost(), [Announce("reconnecting"), Reconnect(2.0, None)]),
        (lost(DROP), [Reconnect(4.0, DROP)]),
    ],
    "a server that wants no wait gets next to none, and may change its mind": [
        (opened, []),
        (says(b"retry:2000\n\nretry:0\n\n", first(A)), LIVE_A),
        (lost(), [Announce("reconnecting"), Reconnect(0.01, None)]),
        (opened, []),
        (says(b"retry:3000\n\n", first(A)), LIVE),
        (lost(), [Announce("reconnecting"), Reconnect(3.0, None)]),
    ],
    "before the first result there is nothing to reconnect": [
        (lost(DROP), [Reconnect(0.5, DROP)]),
        (opened, []),
        (lost(), [Reconnect(1.0, None)]),
    ],
    "a disabled app: a new connection is told what becomes of the query": [
        (opened, []),
        (says(first(A)), LIVE_A),
        (says({"op": "app-status-changed", "status": "disabled"}), AGAIN),
    ],
    "a read-only app is read on": [
        (opened, []),
        (says(first(A)), LIVE_A),
        (says({"op": "app-status-changed", "status": "read-only"}, refreshed(B, 2)), [Deliver(update(B, 2))]),
    ],
    "the caller closes": [(opened, []), (closed, [Announce("closed"), End(None)]), (closed, [])],
    "signs of life are no answer": [
        (opened, []),
        (says(KEEP_ALIVE, now=LONGEST_ANSWER_SECONDS), []),
    ],
    "after an answer, signs of life are enough": [
        (opened, []),
        (says(first(A)), LIVE_A),
        (says(KEEP_ALIVE, now=10 * LONGEST_ANSWER_SECONDS), []),
    ],
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_story(story: list[tuple[Step, list[Action]]]) -> None:
    machine = LiveMachine(MessageReader())
    for step, actions in story:
        assert step(machine) == actions


def run(*steps: Step) -> list[Action]:
    """What follows from the last of these steps."""
    machine = LiveMachine(MessageReader(("a-secret",)))
    actions: list[Action] = []
    for step in steps:
        actions = step(machine)
    return actions


def parting(actions: list[Action]) -> tuple[type[Action], type[InstantError] | None]:
    last = actions[-1]
    assert isinstance(last, (Reconnect, End))
    return type(last), None if last.error is None else type(last.error)


BAD_TOKEN = failed("record-not-found", hint={"record-type": "app-admin-token"})

# What the server says -> what follows at the start, and after a result.
FAILURES: dict[str, tuple[Any, type[Action], type[Action]]] = {
    "an invalid query": (failed("validation-failed"), End, End),
    "a bad token": (BAD_TOKEN, End, End),
    "a rule that fails": (failed("permission-evaluation-failed"), End, End),
    "a disabled app": (failed("app-disabled"), End, End),
    "too many values": (failed("parameter-limit-exceeded", 500), End, End),
    "a rate limit": (failed("rate-limited"), Reconnect, Reconnect),
    "a slow query": (failed("timeout", 500), End, Reconnect),
    "a slow handler": (failed("operation-timed-out", 500), End, Reconnect),
    "a fault without a type": (failed(None, 500), End, Reconnect),
    "no message": (b"data:<html>\n\n", End, Reconnect),
}


@pytest.mark.parametrize(("said", "at_start", "later"), FAILURES.values(), ids=FAILURES)
def test_failure_in_the_stream_ends_the_query_or_not(said: Any, at_start: type[Action], later: type[Action]) -> None:
    assert parting(run(opened, says(INIT, said)))[0] is at_start
    assert parting(run(opened, says(first(A)), says(said)))[0] is later
    assert parting(run(opened, says(first(A)), lost(), opened, says(said)))[0] is later


def test_error_of_the_query_is_told_with_its_words() -> None:
    actions = run(opened, says(first(A)), says(failed("validation-failed", message="No a-secret here.")))
    assert actions[0] == Announce("closed")
    assert isinstance(actions[1], End)
    assert isinstance(actions[1].error, ValidationFailedError)
    assert actions[1].error.message == "No [redacted] here."


def test_results_before_an_error_are_told() -> None:
    actions = run(opened, says(first(A), failed("validation-failed"), refreshed(B)))
    assert actions[:3] == [*LIVE_A, Announce("closed")]
    assert parting(actions) == (End, ValidationFailedError)


def test_refusal_to_connect_again_ends_the_query_by_its_kind() -> None:
    refused = APIError("x", status=401)
    assert run(opened, says(first(A)), lost(DROP), lost(refused)) == [Announce("closed"), End(refused)]
    busy = APIError("x", status=503)
    assert run(opened, says(first(A)), lost(DROP), lost(busy)) == [Reconnect(1.0, busy)]


def test_rate_limit_is_waited_out() -> None:
    limited = failed("rate-limited", hint={"retry-after": 12})
    actions = run(opened, says(first(A)), says(limited))
    assert actions[0] == Announce("reconnecting")
    assert isinstance(actions[1], Reconnect)
    assert actions[1].seconds == 12
    assert isinstance(actions[1].error, RateLimitedError)


def test_faults_in_a_row_are_borne_up_to_a_limit() -> None:
    fault = QueryTimeoutError("x", status=500, type="operation-timed-out")
    steps = [opened, says(first(A)), *[lost(fault)] * MOST_FAULTS]
    assert parting(run(*steps))[0] is Reconnect
    assert parting(run(*steps, lost(DROP)))[0] is Reconnect
    assert parting(run(*steps, lost(fault))) == (End, QueryTimeoutError)
    assert parting(run(*steps, opened, says(first(A)), lost(fault)))[0] is Reconnect


def test_reply_that_is_no_stream_ends_the_query() -> None:
    def html(machine: LiveMachine) -> list[Action]:
        return machine.accepted({"content-type": "text/html"}, now=0.0, random=0.0)

    assert parting(run(html)) == (End, UnexpectedReplyError)
    assert parting(run(opened, says(first(A)), lost(), html)) == (Reconnect, UnexpectedReplyError)


def test_connection_that_only_shows_signs_of_life_is_given_up() -> None:
    late = LONGEST_ANSWER_SECONDS + 1
    assert parting(run(opened, says(INIT, now=late))) == (Reconnect, RequestTimeoutError)
    assert parting(run(opened, says(first(A)), lost(), opened, says(KEEP_ALIVE, now=late))) == (
        Reconnect,
        RequestTimeoutError,
    )


def test_caller_who_changes_a_result_misses_nothing() -> None:
    machine = LiveMachine(MessageReader())
    opened(machine)
    *_, told = says(first(A))(machine)
    assert isinstance(told, Deliver)
    told.update.data["goals"][0]["title"] = "b"
    assert says(refreshed(A, 2))(machine) == []
    assert says(refreshed(B, 3))(machine) == [Deliver(update(B, 3))]


def test_status_and_latest_tell_where_it_stands() -> None:
    machine = LiveMachine(MessageReader())
    told: list[tuple[str, QueryUpdate | None]] = []
    for step in (opened, says(first(A)), says(refreshed(B, 2)), lost(DROP), closed):
        told.append((machine.status, machine.latest))
        step(machine)
    told.append((machine.status, machine.latest))
    assert told == [
        ("connecting", None),
        ("connecting", None),
        ("live", update(A)),
        ("live", update(B, 2)),
        ("reconnecting", update(B, 2)),
        ("closed", update(B, 2)),
    ]


def test_chance_spreads_the_waits() -> None:
    waits = []
    for random in (0.0, 0.5, 1.0):
        (action,) = LiveMachine(MessageReader()).lost(DROP, random)
        assert isinstance(action, Reconnect)
        waits.append(action.seconds)
    assert waits == [0.5, 0.375, 0.25]
