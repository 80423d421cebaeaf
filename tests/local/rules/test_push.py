"""A push of rules is refused for the same rules as on a real server."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local.rules import check_rules
from tests.support.vectors import load

VECTORS: list[dict[str, Any]] = load("rule_push")["vectors"]


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["id"] for vector in VECTORS])
def test_a_push_is_judged_as_on_a_real_server(vector: dict[str, Any]) -> None:
    faults = check_rules(vector["code"])
    assert (not faults) is vector["accepted"]
    if "error_paths" in vector:
        places = {tuple(fault["in"]) for fault in faults}
        assert places == {tuple(path) for path in vector["error_paths"]}


@pytest.mark.parametrize(
    ("code", "places"),
    [
        pytest.param(
            {"$default": {"allow": {"view": "nope"}}}, [["$default", "allow", "view"]], id="default namespace"
        ),
        pytest.param({"x": {"allow": {"view": "a b"}}}, [["x", "allow", "view"]], id="syntax"),
        pytest.param({"x": {"allow": {"view": "nope && nah"}}}, [["x", "allow", "view"]] * 2, id="an entry a fault"),
        pytest.param({"x": {"allow": {"update": "newData.ref(1) == []"}}}, [["x", "allow", "update"]], id="types"),
        pytest.param({"$users": {"allow": {"delete": None}}}, [], id="no rule for deleting users"),
        pytest.param(
            {"x": {"fields": {"a": "nope"}}, "y": {"bind": ["a"], "allow": {"view": 1, "create": "nope"}}},
            [["y", "bind"], ["y", "allow", "view"], ["y", "allow", "create"], ["x", "fields", "a"]],
            id="kind by kind",
        ),
        pytest.param(
            {"$foo": {"fields": {"a": "nope"}}},
            [
                *(["$foo", "allow", action] for action in ("view", "create", "update", "delete")),
                ["$foo", "fields", "a"],
            ],
            id="fields of a closed namespace",
        ),
        pytest.param(
            {"x": {"bind": ["a", "b", "a", "c"], "allow": {"view": "true"}}}, [["x", "bind", "a"]], id="twice"
        ),
    ],
)
def test_faults_say_where_they_are(code: dict[str, Any], places: list[list[str]]) -> None:
    faults = check_rules(code)
    assert [fault["in"] for fault in faults] == places
    assert all(isinstance(fault["message"], str) and fault["message"] for fault in faults)
