"""Unique values: rows go in one by one, in the order of entity ids."""

from __future__ import annotations

from math import copysign
from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.shapes import by_id, done, eid, link, new_app, value, write
from tests.local.support import AdminCalls

LOW, HIGH, OTHER = eid(1), eid(2), eid(3)


@pytest.fixture
def tags(instance: LocalInstant) -> AdminCalls:
    """Two entities with unique names: the lower id has "x", the higher one "y"."""
    admin = new_app(instance, t={"name": value("any", "u"), "n": value()})
    done(admin, ["update", "t", LOW, {"name": "x"}], ["update", "t", HIGH, {"name": "y"}])
    return admin


def _refused_value(admin: AdminCalls, *steps: list[Any]) -> str:
    answer = write(admin, *steps)
    assert (answer.status, answer.type) == (400, "record-not-unique"), answer
    assert answer.hint["record-type"] == "triple"
    shown: str = answer.hint["value"]
    return shown


def test_a_value_is_handed_on_from_a_lower_id_to_a_higher_one(tags: AdminCalls) -> None:
    done(tags, ["update", "t", HIGH, {"name": "x"}], ["update", "t", LOW, {"name": "z"}])
    assert by_id(tags, "t") == {LOW: {"name": "z"}, HIGH: {"name": "x"}}


def test_a_value_is_not_handed_on_from_a_higher_id_to_a_lower_one(tags: AdminCalls) -> None:
    assert _refused_value(tags, ["update", "t", HIGH, {"name": "z"}], ["update", "t", LOW, {"name": "y"}]) == '"y"'


def test_two_entities_cannot_swap_values(tags: AdminCalls) -> None:
    _refused_value(tags, ["update", "t", LOW, {"name": "y"}], ["update", "t", HIGH, {"name": "x"}])
    assert by_id(tags, "t") == {LOW: {"name": "x"}, HIGH: {"name": "y"}}


def test_a_value_freed_by_a_delete_before_is_free(tags: AdminCalls) -> None:
    done(tags, ["delete", "t", HIGH], ["update", "t", LOW, {"name": "y"}])
    assert by_id(tags, "t") == {LOW: {"name": "y"}}


def test_a_value_freed_by_a_delete_after_is_taken(tags: AdminCalls) -> None:
    _refused_value(tags, ["update", "t", LOW, {"name": "y"}], ["delete", "t", HIGH])


def test_a_value_given_up_is_free_for_the_next_call(tags: AdminCalls) -> None:
    done(tags, ["update", "t", LOW, {"name": None}])
    done(tags, ["update", "t", OTHER, {"name": "x"}])
    assert by_id(tags, "t")[OTHER] == {"name": "x"}


def test_a_value_that_is_unlinked_is_free(tags: AdminCalls) -> None:
    key = eid(0x77)
    done(tags, ["link", "t", LOW, {"name": key}])
    done(tags, ["unlink", "t", LOW, {"name": key}])
    done(tags, ["update", "t", HIGH, {"name": key}])
    assert by_id(tags, "t") == {LOW: {}, HIGH: {"name": key}}


@pytest.mark.parametrize(
    ("first", "second", "collide"),
    [
        (1, 1.0, True),
        (1, "1", False),
        (True, 1, False),
        ({"a": 1, "b": [2]}, {"b": [2.0], "a": 1}, True),
        ([1, 2], [2, 1], False),
        ("é", "e\u0301", False),
        ('"', '\\"', False),
        (None, None, False),
        ("", "", True),
        (12345678901234567890, 12345678901234567890.0, False),
    ],
)
def test_values_collide_when_they_are_the_same_json(tags: AdminCalls, first: Any, second: Any, collide: bool) -> None:
    done(tags, ["update", "t", LOW, {"name": first}])
    answer = write(tags, ["update", "t", HIGH, {"name": second}])
    assert answer.status == (400 if collide else 200), answer


def test_zero_has_no_sign(tags: AdminCalls) -> None:
    done(tags, ["update", "t", LOW, {"name": -0.0}])
    assert copysign(1, by_id(tags, "t")[LOW]["name"]) == 1
    assert _refused_value(tags, ["update", "t", HIGH, {"name": -0.0}]) == "0.0"


@pytest.mark.parametrize("first", ["merge", "update"])
def test_a_merge_takes_values_as_an_update_does(tags: AdminCalls, first: str) -> None:
    assert _refused_value(tags, [first, "t", OTHER, {"n": 1}], ["merge", "t", OTHER, {"name": "x"}]) == '"x"'
    done(tags, [first, "t", OTHER, {"n": 1}], ["merge", "t", OTHER, {"name": "w"}])
    _refused_value(tags, ["update", "t", LOW, {"name": "w"}])


def test_the_same_value_is_free_in_another_namespace(instance: LocalInstant) -> None:
    admin = new_app(instance, t={"name": value("any", "u")}, s={"name": value("any", "u")})
    done(admin, ["update", "t", LOW, {"name": "x"}], ["update", "s", LOW, {"name": "x"}])


def test_the_same_value_is_free_in_another_app(tags: AdminCalls) -> None:
    other = new_app(tags.instance, t={"name": value("any", "u")})
    done(other, ["update", "t", OTHER, {"name": "x"}])


@pytest.mark.parametrize(("has", "moves"), [("one-one", False), ("many-one", False), ("one-many", True)])
def test_a_target_that_has_one_source_is_not_taken_over(instance: LocalInstant, has: str, moves: bool) -> None:
    admin = new_app(instance, link("t.to", "s.from", has), t={"id": {}}, s={"id": {}})
    done(admin, *(["update", "t", id, {}] for id in (LOW, HIGH)), ["update", "s", OTHER, {}])
    done(admin, ["link", "t", LOW, {"to": OTHER}])
    answer = write(admin, ["link", "t", HIGH, {"to": OTHER}])
    assert (answer.status == 200) is moves
    reverse = write(admin, ["link", "s", OTHER, {"from": HIGH}])
    assert (reverse.status == 200) is moves


def test_a_target_is_handed_on_with_its_link(instance: LocalInstant) -> None:
    admin = new_app(instance, link("t.to", "s.from", "one-one"), t={"id": {}}, s={"id": {}})
    done(admin, *(["update", "t", id, {}] for id in (LOW, HIGH)), ["link", "t", LOW, {"to": eid(8)}])
    done(admin, ["link", "t", LOW, {"to": eid(9)}], ["link", "t", HIGH, {"to": eid(8)}])
    assert by_id(admin, "t") == {LOW: {"to": eid(9)}, HIGH: {"to": eid(8)}}
