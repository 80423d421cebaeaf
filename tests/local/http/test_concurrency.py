"""Many callers at once: each transaction is seen whole or not at all, and none meets a locked database."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from instant_admin import AsyncInstantAdmin, InstantAdmin, RecordNotUniqueError, new_id
from instant_admin.local import LocalInstant

THREADS, TASKS, PROCESSES = 20, 200, 2
ROUNDS = 5
SECONDS = 120
SCHEMA: dict[str, Any] = {
    "entities": {"seats": {"attrs": {"number": {"valueType": "number", "config": {"unique": True, "indexed": True}}}}}
}


@pytest.fixture(params=["memory", "file"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LocalInstant]:
    with LocalInstant(tmp_path / "dev.sqlite" if request.param == "file" else None) as instance:
        InstantAdmin.local(instance=instance, schema=SCHEMA).close()
        yield instance


def _pair(db: InstantAdmin | AsyncInstantAdmin, seat: int) -> list[Any]:
    """A seat that only one can have, and a ticket for it."""
    return [db.tx.seats[new_id()].update({"number": seat}), db.tx.tickets[new_id()].update({"seat": seat})]


def _is_whole(rows: dict[str, list[dict[str, Any]]]) -> bool:
    return sorted(seat["number"] for seat in rows["seats"]) == sorted(ticket["seat"] for ticket in rows["tickets"])


def test_threads_take_turns(shared: LocalInstant) -> None:
    with InstantAdmin.local(instance=shared) as db:

        def work(_: int) -> list[int]:
            won = []
            for seat in range(ROUNDS):
                try:
                    won.append(db.transact(_pair(db, seat)).tx_id)
                except RecordNotUniqueError:
                    assert _is_whole(db.query({"seats": {}, "tickets": {}}))
            return won

        with ThreadPoolExecutor(THREADS) as pool:
            won = [tx_id for ids in pool.map(work, range(THREADS)) for tx_id in ids]
        assert len(won) == len(set(won)) == ROUNDS
        assert _is_whole(db.query({"seats": {}, "tickets": {}}))


async def test_tasks_take_turns(shared: LocalInstant) -> None:
    async with AsyncInstantAdmin.local(instance=shared) as db:

        async def work(number: int) -> bool:
            try:
                await db.transact(_pair(db, number % ROUNDS))
            except RecordNotUniqueError:
                assert _is_whole(await db.query({"seats": {}, "tickets": {}}))
                return False
            return True

        assert sum(await asyncio.gather(*(work(number) for number in range(TASKS)))) == ROUNDS


WORK = """
import sys
from instant_admin import InstantAdmin, RecordNotUniqueError, new_id
won = 0
with InstantAdmin.local(sys.argv[1]) as db:
    for seat in range(40):
        try:
            taken = db.tx.seats[new_id()].update({"number": seat})
            db.transact([taken, db.tx.tickets[new_id()].update({"seat": seat})])
            won += 1
        except RecordNotUniqueError:
            rows = db.query({"seats": {}, "tickets": {}})
            assert len(rows["seats"]) == len(rows["tickets"])
print(won)
"""


def test_processes_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "dev.sqlite"
    InstantAdmin.local(path, schema=SCHEMA).close()
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORK, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(PROCESSES)
    ]
    told = [worker.communicate(timeout=SECONDS) for worker in workers]

    assert [errors for _, errors in told] == [""] * PROCESSES
    assert sum(int(won) for won, _ in told) == 40


OPEN = "import sys; from instant_admin.local import LocalInstant; print(LocalInstant(sys.argv[1]).default_app().app_id)"


def test_processes_that_make_a_file_at_once_agree_on_its_app(tmp_path: Path) -> None:
    path = tmp_path / "dev.sqlite"
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2 * PROCESSES)
    ]
    told = [worker.communicate(timeout=SECONDS) for worker in workers]

    assert [errors for _, errors in told] == [""] * len(workers)
    assert len({app_id for app_id, _ in told}) == 1
