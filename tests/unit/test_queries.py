"""Queries are copied and sent as they are, rule parameters inside."""

from __future__ import annotations

import types
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from instant_admin import InvalidArgumentError
from instant_admin._core.queries import build_query
from instant_admin._core.validation.options import OPTIONS

ID = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"

BUILT: dict[str, tuple[Any, Any]] = {
    "nothing": ({}, {}),
    "a namespace": ({"goals": {}}, {"goals": {}}),
    "links to any depth": ({"a": {"b": {"c": {"d": {}}}}}, {"a": {"b": {"c": {"d": {}}}}}),
    "every option": ({"a": {"$": dict.fromkeys(OPTIONS)}}, {"a": {"$": dict.fromkeys(OPTIONS)}}),
    "options of a link": ({"a": {"b": {"$": {"limit": 1}}}}, {"a": {"b": {"$": {"limit": 1}}}}),
    "a where with a $ inside": (
        {"a": {"$": {"where": {"x": {"$weird": 1}}}}},
        {"a": {"$": {"where": {"x": {"$weird": 1}}}}},
    ),
    "values": (
        {"a": {"$": {"where": {"id": UUID(ID), "at": {"$gt": datetime(2026, 1, 2, tzinfo=UTC)}}}}},
        {"a": {"$": {"where": {"id": ID, "at": {"$gt": "2026-01-02T00:00:00.000Z"}}}}},
    ),
    "mappings other than dicts": (types.MappingProxyType({"a": types.MappingProxyType({})}), {"a": {}}),
    "rule parameters inside": ({"a": {}, "$$ruleParams": {"k": 1}}, {"a": {}, "$$ruleParams": {"k": 1}}),
    "names of any kind": ({"my goals": {"$x": {}, "": {}}}, {"my goals": {"$x": {}, "": {}}}),
}


@pytest.mark.parametrize(("query", "sent"), BUILT.values(), ids=BUILT)
def test_query_is_sent_as_it_is(query: Any, sent: Any) -> None:
    assert build_query(query, None, None) == sent


REFUSED: dict[str, tuple[Any, str]] = {
    "a list": ([{"goals": {}}], "query must be an object such as {'goals': {}}, got list"),
    "None": (None, "got NoneType"),
    "text": ("goals", "got str"),
    "a key that is no text": ({"goals": {5: {}}}, "query.goals.5 is a key of type int"),
    "a value that cannot travel": ({"goals": {"$": {"where": {"x": {1}}}}}, "query.goals.$.where.x is set"),
}


@pytest.mark.parametrize(("query", "explanation"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_travel_is_explained(query: Any, explanation: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        build_query(query, None, None)
    assert explanation in str(caught.value)


def test_rule_params_go_into_the_query() -> None:
    assert build_query({"a": {}}, {"id": UUID(ID)}, None) == {"$$ruleParams": {"id": ID}, "a": {}}


def test_empty_rule_params_are_sent() -> None:
    assert build_query({"a": {}}, {}, None) == {"$$ruleParams": {}, "a": {}}


def test_rule_params_in_the_query_win() -> None:
    assert build_query({"a": {}, "$$ruleParams": {"k": 1}}, {"k": 2}, None) == {"a": {}, "$$ruleParams": {"k": 1}}


def test_rule_params_that_are_no_object_are_refused() -> None:
    with pytest.raises(InvalidArgumentError, match="rule_params must be an object"):
        build_query({}, [1], None)  # type: ignore[arg-type]  # that is what is tested


def test_converter_serves_queries_and_rule_params() -> None:
    query = {"a": {"$": {"where": {"price": Decimal("1.5")}}}}
    assert build_query(query, {"p": Decimal(2)}, float) == {
        "$$ruleParams": {"p": 2.0},
        "a": {"$": {"where": {"price": 1.5}}},
    }


def test_later_edits_do_not_reach_a_built_query() -> None:
    query: dict[str, Any] = {"a": {"$": {"where": {"x": {"$in": [1]}}}}}
    built = build_query(query, None, None)
    query["a"]["$"]["where"]["x"]["$in"].append(2)
    assert built == {"a": {"$": {"where": {"x": {"$in": [1]}}}}}
