"""Patches and sizes come out as on a real server."""

from __future__ import annotations

import json
from typing import Any

import pytest

from instant_admin.local.values import merge, stored_size
from tests.support.vectors import load

MERGES: list[dict[str, Any]] = load("merge")["vectors"]
SIZES: list[dict[str, Any]] = load("size")["vectors"]
LIMIT: int = load("size")["limit"]


@pytest.mark.parametrize("vector", MERGES, ids=[vector["id"] for vector in MERGES])
def test_patches_give_the_value_that_a_real_server_has(vector: dict[str, Any]) -> None:
    value = vector.get("old")
    for patch in vector["patches"]:
        value = merge(value, patch)
    assert json.dumps(value, sort_keys=True) == json.dumps(vector["new"], sort_keys=True)


def test_a_merge_leaves_what_is_stored_and_the_patch_alone() -> None:
    stored = {"a": {"b": 1}}
    patch = {"a": {"c": 2}}
    assert merge(stored, patch) == {"a": {"b": 1, "c": 2}}
    assert stored == {"a": {"b": 1}}
    assert patch == {"a": {"c": 2}}


@pytest.mark.parametrize("vector", SIZES, ids=[vector["id"] for vector in SIZES])
def test_a_value_takes_as_many_bytes_as_on_a_real_server(vector: dict[str, Any]) -> None:
    size = stored_size(_described(vector))
    assert size == vector["stored_size"]
    assert (size <= LIMIT) is vector["accepted"]


def _described(vector: dict[str, Any]) -> object:
    match vector:
        case {"value": value}:
            return value
        case {"json": text}:
            return json.loads(text)
        case {"repeat": [unit, times]}:
            return unit * times
        case {"json_array_of_1": count}:
            return [1] * count
        case {"json_array_of_true": count}:
            return [True] * count
        case {"object_a_x": count}:
            return {"a": "x" * count}
        case {"array_x": count}:
            return ["x" * count]
    raise AssertionError(f"a vector of an unknown form: {vector}")
