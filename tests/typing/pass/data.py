"""What queries and transactions take and give."""

from __future__ import annotations

from collections.abc import Coroutine, Iterator
from datetime import datetime
from types import MappingProxyType
from typing import Any, assert_type
from uuid import UUID

from instant_admin import (
    AsyncInstantAdmin,
    DebugQueryResult,
    DebugTransactResult,
    InstantAdmin,
    Lookup,
    PresenceSession,
    Rules,
    TransactionChunk,
    TransactResult,
    User,
    id,  # noqa: A004  the name in Instant's docs
    lookup,
    new_id,
    stable_id,
    tx,
)


def read(db: InstantAdmin) -> None:
    rows = db.query({"goals": {"$": {"where": {"createdAt": {"$gt": datetime.now().astimezone()}}}, "todos": {}}})
    assert_type(rows, dict[str, list[dict[str, Any]]])
    for goal in rows["goals"]:
        title: str = goal["title"]
        print(title)
    db.query(MappingProxyType({"goals": {}}), rule_params={"k": 1}, timeout=5)
    namespace: dict[str, dict[str, Any]] = {"goals": {}}
    db.query(namespace)


def write(db: InstantAdmin) -> None:
    chunk = db.tx.goals[new_id()].update({"title": "Get fit"}, upsert=False).link({"owner": lookup("email", "a@b.co")})
    assert_type(chunk, TransactionChunk)
    assert_type(db.tx["goals"][UUID(int=1)].create({}), TransactionChunk)
    assert_type(tx.goals[lookup("slug", "a")].merge({}).unlink({"todos": [id()]}), TransactionChunk)
    assert_type(tx.goals.lookup("slug", 1).rule_params({"k": 1}).delete(), TransactionChunk)
    assert_type(lookup("slug", "a"), Lookup)
    assert_type(stable_id("import", 5), str)
    assert_type(chunk.steps, list[list[Any]])
    assert_type(TransactionChunk.from_steps(chunk.steps), TransactionChunk)
    result = db.transact(chunk)
    assert_type(result, TransactResult)
    assert_type(result.tx_id, int)
    db.transact([chunk, [chunk, (chunk,)]])
    db.transact(many())
    db.transact(tx.goals[new_id()].delete() for _ in range(3))


def many() -> Iterator[TransactionChunk]:
    yield tx.goals[new_id()].create({})


def debug(db: InstantAdmin) -> None:
    seen = db.as_user(guest=True).debug_query({"goals": {}}, rules={"goals": {}}, ip="::1", origin="https://a.b")
    assert_type(seen, DebugQueryResult)
    assert_type(seen.result, dict[str, list[dict[str, Any]]])
    assert_type(seen.check_results, list[dict[str, Any]])
    tried = db.as_user(guest=True).debug_transact([], rules=Rules({}), commit=True)
    assert_type(tried, DebugTransactResult)
    assert_type((tried.tx_id, tried.all_checks_ok, tried.committed), tuple[int, bool, bool])


def presence(db: InstantAdmin) -> None:
    sessions = db.rooms.get_presence("chat", "1")
    assert_type(sessions, dict[str, PresenceSession])
    for session in sessions.values():
        assert_type(session.user, User | None)
        assert_type(session.data, dict[str, Any])


async def awaitable(db: AsyncInstantAdmin) -> None:
    waiting: Coroutine[Any, Any, TransactResult] = db.transact([])
    assert_type(await waiting, TransactResult)
    assert_type(await db.query({"goals": {}}), dict[str, list[dict[str, Any]]])
    assert_type(await db.as_user(guest=True).debug_query({}), DebugQueryResult)
    assert_type(await db.rooms.get_presence("chat", "1"), dict[str, PresenceSession])
