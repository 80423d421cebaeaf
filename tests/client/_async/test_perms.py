"""Permission rules over the wire."""

from __future__ import annotations

import pytest

from instant_admin import (
    AsyncInstantAdmin,
    NoReplyError,
    PermissionDeniedError,
    Rules,
    RulesError,
    UnexpectedReplyError,
    ValidationFailedError,
    new_id,
)
from instant_admin.perms import RulesPushResult
from tests.client._async.flavour import connect
from tests.client.values import APP, AT_ONCE
from tests.support.fake_server import Answer, FakeServer, dropped, reply

CLOSED = Rules({"goals": {"allow": {"view": "true", "create": "false"}}})
FAULTY = {"goals": {"allow": {"view": "auth.id == (data.owner"}}, "$rateLimits": {"much": {}}}
PATH = f"/superadmin/apps/{APP}/perms"


async def test_an_app_has_no_rules_until_some_are_pushed() -> None:
    async with AsyncInstantAdmin.local() as db:
        assert await db.perms.pull() is None
        assert await db.perms.push(CLOSED) == RulesPushResult(changed=True, version=0)
        assert await db.perms.pull() == CLOSED
        with pytest.raises(PermissionDeniedError):
            await db.as_user(guest=True).transact(db.tx.goals[new_id()].create({"title": "x"}))


async def test_rules_are_replaced_as_a_whole_and_equal_ones_are_no_change() -> None:
    async with AsyncInstantAdmin.local() as db:
        await db.perms.push(CLOSED)
        assert await db.perms.push(CLOSED.to_json()) == RulesPushResult(changed=False, version=None)
        assert await db.perms.push({}) == RulesPushResult(changed=True, version=1)
        assert await db.perms.pull() == Rules({})


async def test_every_fault_is_told_before_anything_is_sent(server: FakeServer) -> None:
    async with connect(server) as db:
        with pytest.raises(RulesError, match=r"2 faults(.*\n)*goals\.allow\.view, column 23(.*\n)*\$rateLimits\.much"):
            await db.perms.push(FAULTY)
    assert server.connections == 0


async def test_the_server_looks_when_nobody_else_does() -> None:
    async with AsyncInstantAdmin.local() as db:
        with pytest.raises(ValidationFailedError) as caught:
            await db.perms.push(FAULTY, check=False)
        assert [error["in"] for error in caught.value.hint["errors"]] == [
            ["goals", "allow", "view"],
            ["$rateLimits", "much"],
        ]
        assert await db.perms.pull() is None


async def test_calls_are_as_described(server: FakeServer) -> None:
    server.script(reply({"perms": CLOSED.to_json()}), reply({"rules": None}))
    async with connect(server) as db:
        await db.perms.pull()
        await db.perms.push(CLOSED)
    assert [(each.method, each.path) for each in server.received] == [("GET", PATH), ("POST", PATH)]
    assert server.last.json == {"code": CLOSED.to_json()}


async def test_pushing_rules_is_not_repeated(server: FakeServer) -> None:
    server.script(dropped())
    async with connect(server, retry=AT_ONCE) as db:
        with pytest.raises(NoReplyError):
            await db.perms.push(CLOSED)
    assert len(server.received) == 1


ODD: dict[str, Answer] = {
    "nothing": reply({}),
    "rules that are a text": reply({"perms": "x", "rules": "x"}),
    "rules that are a list": reply({"perms": [], "rules": []}),
    "no JSON": reply(b"<html>"),
}


@pytest.mark.parametrize("name", ODD)
async def test_odd_reply_is_our_error(server: FakeServer, name: str) -> None:
    server.always(ODD[name])
    async with connect(server) as db:
        with pytest.raises(UnexpectedReplyError):
            await db.perms.pull()
        with pytest.raises(UnexpectedReplyError):
            await db.perms.push(CLOSED)
