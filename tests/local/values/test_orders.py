"""Values compare as in the database of a real server, in its memory, and as its jsonb equality sees them."""

from __future__ import annotations

import json
import sqlite3
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin.local.store.equality import equality_key
from instant_admin.local.values import collation_key, jsonb_key, memory_key, sort_value
from tests.support.vectors import load

ORDERS = load("jsonb_order")
PAIRS: list[dict[str, Any]] = ORDERS["vectors"]
SORTED: dict[str, dict[str, Any]] = ORDERS["sorted"]
TYPES = ["string", "number", "date", "boolean"]
EQUALITIES: list[dict[str, Any]] = [v for v in load("equality")["vectors"] if v["op"] == "jsonb="]

# Deliberate differences: vector -> why.
MEMORY_DIFFERENCES = {
    "c60f69a7a4": "compares 9007199254740992.0 as a double with an integer; such a double is stored as an integer",
}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=8,
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["id"] for pair in PAIRS])
def test_a_pair_compares_as_in_the_database(pair: dict[str, Any]) -> None:
    left, right = json.loads(pair["a"]), json.loads(pair["b"])
    if pair["type"] == "jsonb":
        assert _relation(jsonb_key(left), jsonb_key(right)) == pair["db"]
    else:
        assert _relation(_sql_key(pair["type"], left), _sql_key(pair["type"], right)) == pair["db"]


@pytest.mark.parametrize(
    "pair",
    [pair for pair in PAIRS if "memory" in pair and pair["id"] not in MEMORY_DIFFERENCES],
    ids=lambda pair: pair["id"],
)
def test_a_pair_compares_as_in_the_servers_memory(pair: dict[str, Any]) -> None:
    left, right = (memory_key(json.loads(pair[side]), pair["type"]) for side in "ab")
    assert _relation(left, right) == pair["memory"]


def test_strings_sort_as_in_the_database() -> None:
    texts = SORTED["string"]["db_asc"]
    assert sorted(texts, key=collation_key) == texts


@pytest.mark.parametrize("data_type", ["number", "date", "boolean", "string_with_null"])
def test_values_sort_and_tie_as_in_the_database(data_type: str) -> None:
    kind = data_type.removesuffix("_with_null")
    keys = [{_sql_key(kind, json.loads(text)) for text in group} for group in SORTED[data_type]["db_asc_groups"]]
    assert [len(group) for group in keys] == [1] * len(keys)
    flat = [group.pop() for group in keys]
    assert all(_relation(left, right) == "<" for left, right in pairwise(flat))


def test_values_of_mixed_types_sort_as_in_the_database() -> None:
    groups = [[json.loads(text) for text in group] for group in SORTED["mixed_jsonb"]["db_asc_groups"]]
    keys = [jsonb_key(group[0]) for group in groups]
    assert all(left < right for left, right in pairwise(keys))


@pytest.mark.parametrize("data_type", TYPES)
def test_values_sort_as_in_the_servers_memory(data_type: str) -> None:
    wanted = SORTED[data_type]["memory_asc"]
    values = wanted if data_type == "string" else [json.loads(text) for text in wanted]
    keys = [memory_key(value, data_type) for value in values]
    disorder = [(wanted[at], wanted[at + 1]) for at, (left, right) in enumerate(pairwise(keys)) if left > right]
    # The same pair as above: the double was written to the database by hand.
    assert disorder == ([("9007199254740993", "9007199254740992.0")] if data_type == "number" else [])


@pytest.mark.parametrize("data_type", TYPES)
def test_sqlite_sorts_stored_keys_alike(data_type: str) -> None:
    if data_type == "string":
        groups = [[text] for text in SORTED["string"]["db_asc"]]
    else:
        groups = [[json.loads(text) for text in group] for group in SORTED[data_type]["db_asc_groups"]]
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE entity (place INTEGER, sort TEXT)")
    rows = [
        (place, json.dumps({"a": sort_value(data_type, value)}, ensure_ascii=False))
        for place, group in enumerate(groups)
        for value in group
    ]
    db.executemany("INSERT INTO entity VALUES (?, ?)", reversed(rows))
    places = [place for (place,) in db.execute("SELECT place FROM entity ORDER BY json_extract(sort, '$.a')")]
    db.close()
    assert places == sorted(places)


@pytest.mark.parametrize("number", [10**400, -(10**400)])
def test_a_number_beyond_all_doubles_still_has_a_key(number: int) -> None:
    key = sort_value("number", number)
    assert json.loads(json.dumps(key)) == key
    assert isinstance(key, float)
    assert abs(key) >= 1.7e308


@pytest.mark.parametrize(
    ("data_type", "value"), [("number", "1"), ("number", True), ("string", 1), ("boolean", 1), ("date", "soon")]
)
def test_a_value_of_another_type_has_no_key(data_type: str, value: object) -> None:
    with pytest.raises(ValueError, match="not a"):
        sort_value(data_type, value)


@pytest.mark.parametrize(
    ("left", "right"),
    [(1, "a"), (True, 1), ("a", ["a"]), ({}, {}), ({}, 1), ([1], ["a"]), ([True], [1]), (False, [])],
)
def test_values_that_the_server_cannot_compare_raise(left: object, right: object) -> None:
    with pytest.raises(TypeError):
        _ = memory_key(left, None) < memory_key(right, None)


def test_lists_compare_by_length_and_then_item_by_item() -> None:
    lists = [None, [], [3], [1, 2], [1, None, 0], [1, 2, 0], [1, 2, 1]]
    shuffled = lists[::-1]
    assert sorted(shuffled, key=lambda value: memory_key(value, None)) == lists


def test_null_comes_before_what_cannot_be_compared() -> None:
    assert memory_key(None, None) < memory_key({"a": 1}, None)


def test_strings_compare_by_utf_16_units_in_memory() -> None:
    assert memory_key("\U0001f600", None) < memory_key("\uffff", None)


@pytest.mark.parametrize("vector", EQUALITIES, ids=[vector["id"] for vector in EQUALITIES])
def test_two_values_are_equal_exactly_when_jsonb_says_so(vector: dict[str, Any]) -> None:
    left, right = json.loads(vector["where"]), json.loads(vector["stored"])
    assert (equality_key(left) == equality_key(right)) is vector["match"]
    assert (jsonb_key(left) == jsonb_key(right)) is vector["match"]


@given(TEXTS, TEXTS)
def test_only_equal_texts_have_equal_collation_keys(left: str, right: str) -> None:
    assert (collation_key(left) == collation_key(right)) is (left == right)


@given(st.lists(TEXTS, max_size=6))
def test_collation_keys_survive_json_and_utf_8_in_their_order(texts: list[str]) -> None:
    keys = [collation_key(text) for text in texts]
    assert json.loads(json.dumps(keys, ensure_ascii=False)) == keys
    assert sorted(keys) == sorted(keys, key=str.encode)


@given(JSON, JSON, JSON)
def test_the_order_of_mixed_values_is_total(first: object, second: object, third: object) -> None:
    low, middle, high = sorted([jsonb_key(first), jsonb_key(second), jsonb_key(third)])
    assert low <= middle <= high
    assert low <= high


@given(JSON, JSON)
def test_both_views_of_equality_agree(left: object, right: object) -> None:
    assert (equality_key(left) == equality_key(right)) is (jsonb_key(left) == jsonb_key(right))


def _sql_key(data_type: str, value: object) -> object:
    return sort_value(data_type, value)


def _relation(left: Any, right: Any) -> str:
    """How two keys compare; null is below all else, as in SQLite."""
    if left == right:
        return "="
    if left is None or right is None:
        return "<" if left is None else ">"
    return "<" if left < right else ">"


def test_infinite_dates_are_at_both_ends_in_memory() -> None:
    dates = ["-infinity", "4713-01-01 BC", "epoch", "2025.002", 1735776000001, "294276-01-01", "infinity"]
    shuffled = dates[::-1]
    assert sorted(shuffled, key=lambda date: memory_key(date, "date")) == dates
