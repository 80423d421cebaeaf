"""Plans: what steps come to, told so that none is hidden."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

from instant_admin import DestructiveChangeError, InvalidArgumentError
from instant_admin._core.schema.plan import SchemaPlan, check_destruction, make_plan

GOALS_ID = {"id": "a0", "forward-identity": ["i0", "goals", "id"], "value-type": "blob", "unique?": True}
TITLE = {
    "id": "a1",
    "forward-identity": ["i1", "goals", "title"],
    "value-type": "blob",
    "cardinality": "one",
    "checked-data-type": "string",
}
OWNER = {
    "id": "a2",
    "forward-identity": ["i2", "goals", "owner"],
    "reverse-identity": ["i3", "$users", "goals"],
    "value-type": "ref",
    "cardinality": "one",
    "unique?": False,
    "required?": None,
}
EMAIL = {"id": "s1", "forward-identity": ["i4", "$users", "email"], "value-type": "blob", "catalog": "system"}
ATTRIBUTES = [GOALS_ID, TITLE, OWNER, EMAIL]


def about(id: str, **more: Any) -> dict[str, Any]:
    return {"attr-id": id, "forward-identity": ["i", "x", "y"], **more}


STEPS: dict[str, tuple[list[Any], str]] = {
    "nothing": ([], "no changes"),
    "an index": (["index", about("a1")], "  ~ attribute goals.title: indexed no -> yes"),
    "a unique value": (["unique", about("a1")], "  ~ attribute goals.title: unique no -> yes"),
    "a required value": (["required", about("a1")], "  ~ attribute goals.title: required no -> yes"),
    "a required link": (["required", about("a2")], "  ~ link goals.owner <-> $users.goals: forward required no -> yes"),
    "another type": (
        ["check-data-type", about("a1", **{"checked-data-type": "number"})],
        "  ~ attribute goals.title: type string -> number",
    ),
    "any type": (["remove-data-type", about("a1")], "  ~ attribute goals.title: type string -> json"),
    "a changed link": (
        ["update-attr", {**OWNER, "cardinality": "many", "unique?": True}],
        "  ~ link goals.owner <-> $users.goals: forward has one -> many, reverse has many -> one",
    ),
    "a deleted attribute": (
        ["delete-attr", "a1"],
        "! - attribute goals.title: type string\nLines with ! destroy data.",
    ),
    "a deleted link": (
        ["delete-attr", "a2"],
        "! - link goals.owner <-> $users.goals: forward has one, reverse has many\nLines with ! destroy data.",
    ),
    "a deleted attribute that nobody knows": (["delete-attr", "a9"], "! - attribute a9\nLines with ! destroy data."),
    "a new attribute of a system namespace": (
        ["add-attr", {"id": "b1", "forward-identity": ["i9", "$users", "nick"], "value-type": "blob"}],
        "  + attribute $users.nick: type json",
    ),
    "an id alone": (
        ["add-attr", {"id": "b1", "forward-identity": ["i9", "todos", "id"], "value-type": "blob"}],
        "  + entity todos",
    ),
    "an id that is there": (["index", about("a0")], "  ~ attribute goals.id"),
    "an operation of tomorrow": (["encrypt", about("a1")], "  ~ attribute goals.title"),
}


@pytest.mark.parametrize("name", STEPS)
def test_plan_tells_of(name: str) -> None:
    step, told = STEPS[name]
    plan = make_plan(ATTRIBUTES, [step] if step else [])
    assert str(plan) == told
    assert bool(plan) is bool(step)
    assert plan.destroys_data is ("!" in told)


def test_several_steps_for_an_attribute_are_one_change() -> None:
    plan = make_plan(ATTRIBUTES, [["index", about("a1")], ["required", about("a1")]])
    assert str(plan) == "  ~ attribute goals.title: required no -> yes, indexed no -> yes"


def test_deleted_attributes_are_not_there() -> None:
    gone = {**TITLE, "id": "a3", "deletion-marked-at": "2026-01-01T00:00:00Z"}
    assert make_plan([*ATTRIBUTES, gone], []) == make_plan(ATTRIBUTES, [])


def test_destruction_is_refused_with_all_that_would_be_lost() -> None:
    plan = make_plan(ATTRIBUTES, [["delete-attr", "a1"], ["delete-attr", "a2"], ["index", about("a0")]])
    with pytest.raises(DestructiveChangeError) as caught:
        check_destruction(plan, False)
    assert caught.value.plan is plan
    assert "goals.title" in str(caught.value)
    assert "goals.owner <-> $users.goals" in str(caught.value)
    assert "goals.id" not in str(caught.value)
    check_destruction(plan, True)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.plan) == (str(caught.value), plan)


@pytest.mark.parametrize("value", [None, 1, "yes"])
def test_permission_to_destroy_is_a_truth_value(value: object) -> None:
    with pytest.raises(InvalidArgumentError, match="allow_destructive must be True or False"):
        check_destruction(SchemaPlan(make_plan([], []).changes), value)
