# Derived from tests/client/_async/test_perms.py by scripts/generate_sync.py (make sync). Do not edit.
"""Permission rules over the wire."""

from __future__ import annotations

import pytest

from instant_admin import (
    InstantAdmin,
    NoReplyError,
    PermissionDeniedError,
    Rules,
    RulesError,
    UnexpectedReplyError,
    ValidationFailedError,
    new_id,
)
from instant_admin.perms import RulesPushResult
from tests.client._sync.flavour import connect
from tests.client.values import APP, AT_ONCE
from tests.support.fake_server import Answer, FakeServer, dropped, reply

CLOSED = Rules({"goals": {"allow": {"view": "true", "create": "false"}}})
FAULTY = {"goals": {"allow": {"view": "auth.id == (data.owner"}}, "$rateLimits": {"much": {}}}
PATH = f"/superadmin/apps/{APP}/perms"


def test_an_app_has_no_rules_until_some_are_pushed() -> None:
    with InstantAdmin.local() as db:
        assert db.perms.pull() is None
        assert db.perms.push(CLOSED) == RulesPushResult(changed=True, version=0)
        assert db.perms.pull() == CLOSED
        with pytest.raises(PermissionDeniedError):
            db.as_user(guest=True).transact(db.tx.goals[new_id()].create({"title": "x"}))


def test_rules_are_replaced_as_a_whole_and_equal_ones_are_no_change() -> None:
    with InstantAdmin.local() as db:
        db.perms.push(CLOSED)
        assert db.perms.push(CLOSED.to_json()) == RulesPushResult(changed=False, version=None)
        assert db.perms.push({}) == RulesPushResult(changed=True, version=1)
        assert db.perms.pull() == Rules({})


def test_every_fault_is_told_before_anything_is_sent(server: FakeServer) -> None:
    with connect(server) as db:
        with pytest.raises(RulesError, match=r"2 faults(.*\n)*goals\.allow\.view, column 23(.*\n)*\$rateLimits\.much"):
            db.perms.push(FAULTY)
    assert server.connections == 0


def test_the_server_looks_when_nobody_else_does() -> None:
    with InstantAdmin.local() as db:
        with pytest.raises(ValidationFailedError) as caught:
            db.perms.push(FAULTY, check=False)
        assert [error["in"] for error in caught.value.hint["errors"]] == [
            ["goals", "allow", "view"],
            ["$rateLimits", "much"],
        ]
        assert db.perms.pull() is None


def test_calls_are_as_described(server: FakeServer) -> None:
    server.script(reply({"perms": CLOSED.to_json()}), reply({"rules": None}))
    with connect(server) as db:
        db.perms.pull()
        db.perms.push(CLOSED)
    assert [(each.method, each.path) for each in server.received] == [("GET", PATH), ("POST", PATH)]
    assert server.last.json == {"code": CLOSED.to_json()}


def test_pushing_rules_is_not_repeated(server: FakeServer) -> None:
    server.script(dropped())
    with connect(server, retry=AT_ONCE) as db:
        with pytest.raises(NoReplyError):
            db.perms.push(CLOSED)
    assert len(server.received) == 1


ODD: dict[str, Answer] = {
    "nothing": reply({}),
    "rules that are a text": reply({"perms": "x", "rules": "x"}),
    "rules that are a list": reply({"perms": [], "rules": []}),
    "no JSON": reply(b"<html>"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_reply_is_our_error(server: FakeServer, name: str) -> None:
    server.always(ODD[name])
    with connect(server) as db:
        with pytest.raises(UnexpectedReplyError):
            db.perms.pull()
        with pytest.raises(UnexpectedReplyError):
            db.perms.push(CLOSED)
