"""The versions of an app's rules, and the edits that lead from each back to the one before."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.local.support import AdminCalls

Json = dict[str, Any]


def _versions(admin: AdminCalls, *codes: Json) -> list[Json]:
    for code in codes:
        admin.ok(f"/dash/apps/{admin.app.app_id}/rules", {"code": code})
    found: list[Json] = admin.get(f"/dash/apps/{admin.app.app_id}/rule-versions").body["versions"]
    return found


def _applied(edits: list[list[Any]], code: Json) -> Json:
    result: Any = {"": copy.deepcopy(code)}
    for path, kind, *value in edits:
        *outer, last = ["", *path]
        place = result
        for key in outer:
            place = place[key]
        if kind == "-":
            del place[last]
        elif kind == "+" and isinstance(place, list):
            place.insert(last, *value)
        else:
            place[last] = value[0]
    rules: Json = result[""]
    return rules


def _bound(*binds: str) -> Json:
    return {"posts": {"bind": list(binds)}}


@pytest.mark.parametrize(
    ("former", "present"),
    [
        ({"a": {"allow": {"view": "true"}}}, {"b": {"allow": {"view": "true", "create": "false"}}}),
        ({"a": {"allow": {"view": True}}}, {"a": {"allow": {"view": "true"}}}),
        (_bound("a", "1"), _bound("a", "2")),
        (_bound("a", "1"), {"posts": {"bind": {"a": "1"}}}),
        (_bound("a", "1", "b", "2", "c", "3"), _bound("a", "1", "c", "3")),
        (_bound("a", "1", "c", "3"), _bound("a", "1", "b", "2", "c", "3")),
        (_bound("a", "1"), _bound("b", "2", "c", "3")),
        (_bound(), _bound("a", "1")),
        (_bound("a", "a", "b", "a"), _bound("a", "a")),
    ],
)
def test_edits_lead_back_to_the_version_before(admin: AdminCalls, former: Json, present: Json) -> None:
    (version,) = _versions(admin, former, present)
    assert _applied(version["edits"], present) == former


def test_a_bind_that_has_come_goes_by_two_edits(admin: AdminCalls) -> None:
    later, earlier = _versions(admin, _bound("a", "1"), _bound("a", "1", "b", "2"), _bound("a", "1"))
    assert earlier["edits"] == [[["posts", "bind", 2], "-"], [["posts", "bind", 2], "-"]]
    assert later["edits"] == [[["posts", "bind", 2], "+", "b"], [["posts", "bind", 3], "+", "2"]]
