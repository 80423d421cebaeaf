"""Queries, transactions and user calls with wrong arguments, or results taken for something else."""

from __future__ import annotations

from instant_admin import AsyncInstantAdmin, InstantAdmin, TransactionChunk, lookup, new_id, tx


def read(db: InstantAdmin) -> None:
    db.query([{"goals": {}}])  # expect: call-overload, reportArgumentType
    db.query("goals")  # expect: call-overload, reportArgumentType
    db.query({"goals": {}}, {"k": 1})  # expect: call-overload, reportCallIssue
    db.query({"goals": {}}, rule_params=[1])  # expect: call-overload, reportArgumentType
    db.query({"goals": {}}, timeout="5")  # expect: call-overload, reportArgumentType
    number: int = db.query({"goals": {}})  # expect: assignment, reportAssignmentType
    print(db.query({"goals": {}}).goals)  # expect: attr-defined, reportAttributeAccessIssue
    print(number)


def write(db: InstantAdmin) -> None:
    db.transact(5)  # expect: arg-type, reportArgumentType
    db.transact(tx.goals)  # expect: arg-type, reportArgumentType
    tx.goals[5]  # expect: index, reportArgumentType
    tx[5]  # expect: index, reportArgumentType
    tx.goals.lookup("slug")  # expect: call-arg, reportCallIssue
    tx.goals[new_id()].create({}, upsert=False)  # expect: call-arg, reportCallIssue
    tx.goals[new_id()].update({}, False)  # expect: call-arg, reportCallIssue
    tx.goals[new_id()].link("id")  # expect: arg-type, reportArgumentType
    tx.goals[new_id()].remove()  # expect: attr-defined, reportAttributeAccessIssue
    chunk: TransactionChunk = tx.goals  # expect: assignment, reportAssignmentType
    chunk.steps = []  # expect: misc, reportAttributeAccessIssue
    lookup("slug", "a").value = 5  # expect: misc, reportAttributeAccessIssue
    for _ in tx.goals:  # expect: misc, reportGeneralTypeIssues
        pass


def users(db: InstantAdmin) -> None:
    db.auth.check_magic_code("ann@example.com", 123456)  # expect: arg-type, reportArgumentType
    db.auth.get_user("ann@example.com", "id")  # expect: call-arg, reportCallIssue
    db.auth.sign_in(email=5)  # expect: arg-type, reportArgumentType
    db.auth.sign_in(refresh_token="t")  # expect: call-arg, reportCallIssue
    print(db.auth.get_user("ann@example.com").email)  # expect: union-attr, reportOptionalMemberAccess
    _user, _created, _more = db.auth.sign_in("ann@example.com")  # expect: misc, reportAssignmentType
    db.rooms.get_presence("chat", 5)  # expect: arg-type, reportArgumentType
    db.debug_transact([], commit="yes")  # expect: arg-type, reportArgumentType


async def awaitable(db: AsyncInstantAdmin) -> None:
    db.query({"goals": {}})  # expect: unused-coroutine, reportUnusedCoroutine
    db.transact([])  # expect: unused-coroutine, reportUnusedCoroutine
    rows: dict[str, object] = db.query({"goals": {}})  # expect: assignment, reportAssignmentType
    print(db.transact([]).tx_id)  # expect: attr-defined, reportAttributeAccessIssue
    _user, _created = db.auth.sign_in("ann@example.com")  # expect: misc, reportGeneralTypeIssues
    print(rows)
