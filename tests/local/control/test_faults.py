"""Requests fail as a test asked, in process: what the client raises, what was done, who had to wait."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import pytest

from instant_admin import (
    AsyncInstantAdmin,
    InstantAdmin,
    NoReplyError,
    RateLimitedError,
    RequestTimeoutError,
    ServerError,
    Timeout,
    new_id,
)
from instant_admin.errors import InvalidArgumentError
from instant_admin.local import LocalInstant

LONG = 3600.0


@pytest.fixture
def db(instance: LocalInstant) -> Iterator[InstantAdmin]:
    with InstantAdmin.local(instance=instance) as client:
        yield client


def _write(db: InstantAdmin) -> Any:
    return db.transact(db.tx.goals[new_id()].update({"title": "x"}))


def _count(db: InstantAdmin) -> int:
    return len(db.query({"goals": {}})["goals"])


@pytest.mark.parametrize(
    ("fault", "error", "is_done"),
    [
        ({"status": 500}, ServerError, False),
        ({"status": 429}, RateLimitedError, False),
        ({"drop": True}, NoReplyError, False),
        ({"half_body": True}, NoReplyError, True),
        ({"stall_seconds": LONG}, RequestTimeoutError, False),
    ],
    ids=str,
)
def test_next_request_fails_and_the_one_after_does_not(
    instance: LocalInstant, db: InstantAdmin, fault: dict[str, Any], error: type[Exception], is_done: bool
) -> None:
    instance.control.fail_next(**fault)
    with pytest.raises(error):
        db.transact(db.tx.goals[new_id()].update({"title": "x"}), timeout=0.01)

    assert _count(db) == int(is_done)


def test_read_limit_counts_for_a_stall_too(instance: LocalInstant, db: InstantAdmin) -> None:
    instance.control.fail_next(stall_seconds=LONG)
    with pytest.raises(RequestTimeoutError):
        db.query({"goals": {}}, timeout=Timeout(total=None, read=0.01))


def test_short_stall_ends_well(instance: LocalInstant, db: InstantAdmin) -> None:
    instance.control.fail_next(stall_seconds=0.01)
    _write(db)

    assert _count(db) == 1


def test_fault_waits_for_its_path_and_happens_as_often_as_asked(instance: LocalInstant, db: InstantAdmin) -> None:
    instance.control.fail_next("/admin/transact", status=503, times=2)
    assert _count(db) == 0
    for _ in range(2):
        with pytest.raises(ServerError):
            _write(db)
    _write(db)

    assert _count(db) == 1


def test_faults_can_be_taken_back(instance: LocalInstant, db: InstantAdmin) -> None:
    instance.control.fail_next(drop=True, times=5)
    instance.control.clear_faults()

    assert _count(db) == 0


@pytest.mark.parametrize(
    "fault",
    [
        {},
        {"status": 200},
        {"status": 600},
        {"stall_seconds": -1},
        {"stall_seconds": float("nan")},
        {"drop": True, "half_body": True},
        {"status": 500, "drop": True},
        {"status": 500, "times": 0},
    ],
    ids=str,
)
def test_fault_that_is_none_is_refused(instance: LocalInstant, fault: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgumentError):
        instance.control.fail_next(**fault)


async def test_event_loop_runs_on_while_a_request_is_stalled(instance: LocalInstant) -> None:
    async with AsyncInstantAdmin.local(instance=instance) as db:
        instance.control.fail_next("/admin/transact", stall_seconds=LONG)
        stalled = asyncio.create_task(db.transact(db.tx.goals[new_id()].update({"title": "x"})))
        await asyncio.sleep(0)
        assert await db.query({"goals": {}}) == {"goals": []}
        assert not stalled.done()
        stalled.cancel()
        with pytest.raises(asyncio.CancelledError):
            await stalled
        assert await db.query({"goals": {}}) == {"goals": []}


async def test_awaiting_client_gives_up_in_time(instance: LocalInstant) -> None:
    async with AsyncInstantAdmin.local(instance=instance) as db:
        instance.control.fail_next(stall_seconds=LONG)
        started = time.monotonic()
        with pytest.raises(RequestTimeoutError):
            await db.query({"goals": {}}, timeout=0.01)
        assert time.monotonic() - started < LONG
        instance.control.fail_next(half_body=True)
        with pytest.raises(NoReplyError):
            await db.query({"goals": {}})
