"""The rule for users who make themselves."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.support import AdminCalls, Answer, call

SCHEMA = {"entities": {"$users": {"attrs": {"nick": {"valueType": "string", "config": {}}}}}, "links": {}}


def _app(instance: LocalInstant, rules: dict[str, Any] | None) -> AdminCalls:
    return AdminCalls(instance, instance.create_app(schema=SCHEMA, rules=rules))


def _guest(admin: AdminCalls, **body: Any) -> Answer:
    sent = {"app-id": admin.app.app_id, **body}
    return call(admin.instance, "POST", "/runtime/auth/sign_in_guest", sent, headers={"origin": "https://a.example"})


@pytest.mark.parametrize(
    "rules",
    [
        None,
        {"$default": {"allow": {"$default": "false", "create": "false"}}},
        {"$users": {"allow": {"$default": "false", "create": None}}},
        {"$users": {"allow": {"create": "true"}}},
        {"$users": {"allow": {"create": "data.email == null && auth.id == null && data.id != null"}}},
        {"$users": {"allow": {"create": "newData.id == data.id && size(request.modifiedFields) == 0"}}},
        {"$users": {"allow": {"create": "request.origin == 'https://a.example'"}}},
        {"$users": {"allow": {"create": "0"}}},
    ],
)
def test_only_the_create_rule_of_users_itself_decides(instance: LocalInstant, rules: dict[str, Any] | None) -> None:
    assert _guest(_app(instance, rules)).status == 200


@pytest.mark.parametrize("rule", ["false", "null", "data.email != null"])
def test_a_denied_guest_is_not_made(instance: LocalInstant, rule: str) -> None:
    admin = _app(instance, {"$users": {"allow": {"create": rule}}})
    answer = _guest(admin)
    assert (answer.type, answer.hint["input"]) == ("permission-denied", ["$users", "create"])
    assert admin.ok("/admin/query", {"query": {"$users": {}}}) == {"$users": []}


def test_extra_fields_need_a_rule_that_allows_them(instance: LocalInstant) -> None:
    assert _guest(_app(instance, None), **{"extra-fields": {"nick": "x"}}).type == "permission-denied"
    admin = _app(instance, {"$users": {"allow": {"create": "data.nick == 'x'"}}})
    assert _guest(admin, **{"extra-fields": {"nick": "x"}}).body["user"]["nick"] == "x"
    assert _guest(admin, **{"extra-fields": {"nick": "y"}}).type == "permission-denied"


def test_the_rule_is_asked_before_the_code(instance: LocalInstant) -> None:
    admin = _app(instance, {"$users": {"allow": {"create": "false"}}})
    attempt = {"app-id": admin.app.app_id, "email": "ann@example.com", "code": "999999"}
    assert call(instance, "POST", "/runtime/auth/verify_magic_code", attempt).type == "permission-denied"

    admin.ok("/admin/refresh_tokens", {"email": "ann@example.com"})
    assert call(instance, "POST", "/runtime/auth/verify_magic_code", attempt).type == "record-not-found"


def test_a_rule_that_fails_is_told(instance: LocalInstant) -> None:
    answer = _guest(_app(instance, {"$users": {"allow": {"create": "data.nick.x == 1"}}}))
    assert (answer.type, answer.hint["rule"]) == ("permission-evaluation-failed", ["$users", "create"])


def test_sign_ups_can_be_limited(instance: LocalInstant) -> None:
    rules = {
        "$rateLimits": {"joining": {"limits": [{"capacity": 1}]}},
        "$users": {"allow": {"create": "rateLimit.joining.limit(request.ip)"}},
    }
    admin = _app(instance, rules)
    assert [_guest(admin).status, _guest(admin).status] == [200, 429]
