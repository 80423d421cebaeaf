"""Chains become the steps that the JavaScript SDK sends for them, but for the differences listed here."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin import InvalidArgumentError, TransactionChunk
from tests.support.vectors import continue_chain, load, read_chain

VECTORS: dict[str, dict[str, Any]] = {vector["id"]: vector for vector in load("tx_ops")["vectors"]}

REFUSED = InvalidArgumentError
NO_SUCH_METHOD = AttributeError
NO_SUCH_OPTION = TypeError

# Deliberate differences: vector -> (what happens here, why). A list of steps where steps are made.
DIFFERENCES: dict[str, tuple[Any, str]] = {
    "a79488efab": ("without options", "upsert=True is what the server does anyway"),
    "58b2501cdf": ("without options", "empty options say nothing"),
    "82f3293e16": (NO_SUCH_OPTION, "create has no options; the server refuses them"),
    "253917c283": (NO_SUCH_OPTION, "link has no options; the server refuses them"),
    "58f8a880ee": (NO_SUCH_OPTION, "rule_params has no options; the server refuses them"),
    "28d2590713": (NO_SUCH_OPTION, "upsert is the only option there is"),
    "d89ebf8418": (NO_SUCH_OPTION, "delete takes nothing"),
    "21df834fa8": (REFUSED, "null is no entity to link to"),
    "8f3b0a67a3": (REFUSED, "no UUID and no lookup"),
    "38bcf97504": (REFUSED, "no UUID and no lookup"),
    "fa22b48eb9": (REFUSED, "no UUID and no lookup"),
    "af0db1e7b7": (REFUSED, "no UUID and no lookup"),
    "51628b3f93": (REFUSED, "no UUID"),
    "fe598a4c78": (REFUSED, "no UUID"),
    "ae276a4796": (REFUSED, "no UUID"),
    "f5f6add16f": (REFUSED, "no UUID"),
    "9a92a8ed99": (REFUSED, "no UUID"),
    "b84882e4cb": (REFUSED, "no UUID"),
    "84ca83d833": (REFUSED, "no UUID"),
    "1cea33397e": (REFUSED, "a namespace needs a name"),
    "9baa43f41c": (REFUSED, "NaN must not turn into null on the way"),
    "044a7ea752": ([["delete", "goals", ["trail_", "v"], None]], "lookups are values here, not texts to be split"),
    "5be02e693d": ([["delete", "goals", ["a__b", "v"], None]], "lookups are values here, not texts to be split"),
    "9988ca1c7f": ([["delete", "goals", ["a__b", "v"], None]], "lookups are values here, not texts to be split"),
    "f1ae85893f": ([["delete", "goals", ["__a", "v"], None]], "lookups are values here, not texts to be split"),
    "90bdf72988": ([["delete", "goals", ["__a", "v"], None]], "lookups are values here, not texts to be split"),
    "63100d7cd5": ([["delete", "goals", ["a__", "v"], None]], "lookups are values here, not texts to be split"),
    "abf2726f30": ([["delete", "goals", ["lookup__", "v"], None]], "lookups are values here, not texts to be split"),
    "d0abe00363": (
        [["link", "goals", ["slug", "s"], {"owner": {"a__b": {"c": None}}}]],
        "the text form cannot hold this name, the server takes an object as well",
    ),
}

# Vectors in which both refuse: JavaScript's error -> ours.
_REFUSALS = {"SyntaxError": REFUSED, "TypeError": NO_SUCH_METHOD}


def _build(vector: dict[str, Any]) -> list[list[Any]]:
    return [step for chain in vector["chains"] for step in read_chain(chain).steps]


def _outcome(vector: dict[str, Any]) -> Any:
    try:
        return _build(vector)
    except (InvalidArgumentError, AttributeError, TypeError) as error:
        return type(error)


def _name(vector: dict[str, Any]) -> str:
    return f"{'+'.join(vector.get('tags', []))}-{vector['id']}"


@pytest.mark.parametrize(
    "vector",
    [pytest.param(v, id=_name(v)) for k, v in VECTORS.items() if v["kind"] == "chains" and k not in DIFFERENCES],
)
def test_chain_becomes_the_steps_of_the_javascript_sdk(vector: dict[str, Any]) -> None:
    if vector["ops"] is None:
        with pytest.raises(_REFUSALS[vector["error_class"]]):
            _build(vector)
    else:
        assert _build(vector) == vector["ops"]


@pytest.mark.parametrize(
    ("key", "expected"), [pytest.param(key, what, id=f"{why}-{key}") for key, (what, why) in DIFFERENCES.items()]
)
def test_chain_differs_where_it_is_meant_to(key: str, expected: Any) -> None:
    vector = VECTORS[key]
    if expected == "without options":
        expected = [step[:4] for step in vector["ops"]]
    assert _outcome(vector) == expected


def test_differences_are_exactly_the_vectors_that_differ() -> None:
    differing = {
        key
        for key, vector in VECTORS.items()
        if vector["kind"] == "chains"
        and _outcome(vector) != (vector["ops"] if vector["ops"] is not None else _REFUSALS[vector["error_class"]])
    }
    assert differing == set(DIFFERENCES)


@pytest.mark.parametrize("vector", [pytest.param(v, id=v["id"]) for v in VECTORS.values() if v["kind"] == "shared"])
def test_continuing_one_chunk_in_several_ways_leaves_it_as_it_was(vector: dict[str, Any]) -> None:
    base = read_chain(vector["base"])
    before = base.steps
    assert [continue_chain(base, calls).steps for calls in vector["branches"]] == vector["ops"]
    assert base.steps == before


_BUILDABLE = [v for v in VECTORS.values() if v["kind"] == "chains" and not isinstance(_outcome(v), type)]


@pytest.mark.parametrize("vector", [pytest.param(v, id=_name(v)) for v in _BUILDABLE])
def test_steps_read_back_give_the_same_steps(vector: dict[str, Any]) -> None:
    steps = _build(vector)
    assert TransactionChunk.from_steps(steps).steps == steps
