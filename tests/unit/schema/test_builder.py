"""`i` makes frozen schemas, and tells all that is wrong with one at once."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from instant_admin import InvalidArgumentError, Schema, SchemaError, i
from instant_admin.schema import Attribute, Entity, Link, LinkEnd, Room
from tests.support.vectors import load

SAMPLES: dict[str, dict[str, Any]] = {sample["name"]: sample for sample in load("schema_samples")["vectors"]}
CONFLICTING = {"label-equals-attr"}
"""Samples that the JS builder lets pass and the server refuses."""


def _attribute(calls: list[str]) -> Attribute:
    kind, *modifiers = calls
    attribute: Attribute = getattr(i, kind)()
    for modifier in modifiers:
        attribute = getattr(attribute, modifier)()
    return attribute


def _build(builder: dict[str, Any]) -> Schema:
    entities = {
        name: i.entity({label: _attribute(calls) for label, calls in attributes.items()})
        for name, attributes in builder["entities"].items()
    }
    return i.schema(entities=entities, links=builder.get("links"), rooms=builder.get("rooms"))


@pytest.mark.parametrize("name", [name for name in SAMPLES if name not in CONFLICTING])
def test_built_schema_is_what_the_push_takes(name: str) -> None:
    assert _build(SAMPLES[name]["builder"]).to_json() == SAMPLES[name]["plain"]


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_both_forms_of_json_are_read_alike(sample: dict[str, Any]) -> None:
    schema = Schema.from_json(sample["plain"])
    assert (
        schema
        == Schema.from_json(sample["full_json"])
        == Schema.from_json(sample["platform_push"]["body_json"]["schema"])
    )
    assert schema.to_json() == sample["plain"]


@pytest.mark.parametrize("name", CONFLICTING)
def test_conflict_that_only_the_server_notices_is_told_when_built(name: str) -> None:
    with pytest.raises(SchemaError, match="has 'b' already"):
        _build(SAMPLES[name]["builder"])


GOALS = i.schema(
    entities={
        "goals": i.entity({"title": i.string(), "due": i.date().optional().indexed()}),
        "todos": i.entity({"title": i.string().unique()}),
    },
    links={
        "goalsTodos": {
            "forward": {"on": "todos", "label": "goal", "has": "one", "required": True, "on_delete": "cascade"},
            "reverse": {"on": "goals", "label": "todos", "has": "many"},
        },
        "goalsOwner": {
            "forward": {"on": "goals", "label": "owner", "has": "one"},
            "reverse": {"on": "$users", "label": "goals", "has": "many"},
        },
    },
    rooms={"chat": {"presence": i.entity({"nick": i.string()}), "topics": {"emoji": i.entity({"name": i.string()})}}},
)


def test_methods_of_an_attribute_return_changed_copies() -> None:
    plain = i.string()
    assert plain.optional().unique().indexed() == Attribute(
        "string", is_required=False, is_unique=True, is_indexed=True
    )
    assert plain == i.string() == Attribute("string")
    assert i.any() == i.json()


def test_schemas_are_equal_hashable_and_survive_copies() -> None:
    other = Schema.from_json(GOALS.to_json())
    assert other == GOALS
    assert hash(other) == hash(GOALS)
    assert len({GOALS, other}) == 1
    for duplicate in (copy.copy(GOALS), copy.deepcopy(GOALS), pickle.loads(pickle.dumps(GOALS))):
        assert duplicate == GOALS
        assert hash(duplicate) == hash(GOALS)


def test_order_of_names_does_not_matter() -> None:
    entities = {"a": i.entity({"x": i.string(), "y": i.number()}), "b": i.entity({})}
    turned = {"b": i.entity({}), "a": i.entity({"y": i.number(), "x": i.string()})}
    assert i.schema(entities=entities) == i.schema(entities=turned)
    assert hash(i.schema(entities=entities)) == hash(i.schema(entities=turned))


@pytest.mark.parametrize(
    "change",
    [
        lambda: setattr(GOALS, "entities", {}),
        lambda: setattr(GOALS.entities["goals"], "attributes", {}),
        lambda: setattr(i.string(), "is_unique", True),
        lambda: GOALS.entities.__setitem__("x", Entity()),  # type: ignore[index]  # that is what is tested
    ],
)
def test_nothing_of_a_schema_can_be_changed(change: Callable[[], object]) -> None:
    with pytest.raises((dataclasses.FrozenInstanceError, AttributeError)):
        change()


def test_what_a_schema_was_made_of_can_be_changed_without_reaching_it() -> None:
    attributes = {"x": i.string()}
    entities = {"a": i.entity(attributes)}
    schema = i.schema(entities=entities)
    attributes["y"] = i.number()
    entities["b"] = i.entity({})
    assert schema.to_json()["entities"].keys() == {"a"}
    assert schema.entities["a"].attributes.keys() == {"x"}


def test_links_are_known_by_both_of_their_labels() -> None:
    goal = GOALS.link_labels["todos"]["goal"]
    assert (goal.target, goal.has, goal.required, goal.is_forward, goal.name) == (
        "goals",
        "one",
        True,
        True,
        "goalsTodos",
    )
    todos = GOALS.link_labels["goals"]["todos"]
    assert (todos.target, todos.has, todos.required, todos.is_forward) == ("todos", "many", False, False)
    assert GOALS.link_labels["$users"].keys() == {"goals"}


def test_parts_of_a_schema_can_be_used_for_another() -> None:
    assert i.schema(entities=GOALS.entities, links=GOALS.links, rooms=GOALS.rooms) == GOALS
    assert i.schema(
        entities={"a": Entity()},
        links={"l": Link(LinkEnd("a", "x", "one"), LinkEnd("a", "y", "many"))},
        rooms={"r": Room()},
    ).to_json() == {
        "entities": {"a": {"attrs": {}}},
        "links": {
            "l": {
                "forward": {"on": "a", "label": "x", "has": "one"},
                "reverse": {"on": "a", "label": "y", "has": "many"},
            }
        },
        "rooms": {"r": {"presence": {"attrs": {}}}},
    }


def _link(**changes: Any) -> Any:
    forward = {"on": "a", "label": "bs", "has": "many", **changes.get("forward", {})}
    reverse = {"on": "b", "label": "a", "has": "one", **changes.get("reverse", {})}
    return {"l": {"forward": forward, "reverse": reverse}}


def _schema(entities: Any = None, links: Any = None, **parts: Any) -> Schema:
    return i.schema(
        entities={"a": i.entity({"x": i.string()}), "b": i.entity({}), **(entities or {})}, links=links, **parts
    )


# What is wrong -> (how to build it, place and words of the only problem).
PROBLEMS: dict[str, tuple[Callable[[], object], str, str]] = {
    "an attribute and a link of one label": (
        lambda: _schema(links=_link(forward={"label": "x"})),
        "links.l.forward.label",
        "'a' has 'x' already (entities.a.attrs.x). Write another label, such as 'x2'.",
    ),
    "two links of one label": (
        lambda: _schema(links=_link() | {"m": _link(reverse={"label": "other"})["l"]}),
        "links.m.forward.label",
        "'a' has 'bs' already (links.l.forward.label)",
    ),
    "both sides of a link with one label": (
        lambda: _schema(links=_link(reverse={"on": "a", "label": "bs"})),
        "links.l.reverse.label",
        "'a' has 'bs' already (links.l.forward.label)",
    ),
    "a link with the label of a built-in attribute": (
        lambda: _schema(links=_link(reverse={"on": "$users", "label": "email"})),
        "links.l.reverse.label",
        "'$users' has 'email' already (built in)",
    ),
    "a link with the label of a built-in link": (
        lambda: _schema(links=_link(reverse={"on": "$users", "label": "linkedGuestUsers"})),
        "links.l.reverse.label",
        "'$users' has 'linkedGuestUsers' already (built in)",
    ),
    "a link to no entity": (
        lambda: _schema({"books": i.entity({})}, _link(reverse={"on": "bookz"})),
        "links.l.reverse.on",
        "no entity 'bookz' in the schema. Add it, or correct the name. Did you mean 'books'?",
    ),
    "an attribute called id": (
        lambda: _schema({"c": i.entity({"id": i.string()})}),
        "entities.c.attrs.id",
        "every entity has an id; leave it out.",
    ),
    "a link called id": (lambda: _schema(links=_link(forward={"label": "id"})), "links.l.forward.label", "has an id"),
    "an attribute called $": (
        lambda: _schema({"c": i.entity({"$": i.string()})}),
        "entities.c.attrs.$",
        "in queries '$' holds the options; use another label.",
    ),
    "a namespace of the server's own": (
        lambda: _schema({"$user": i.entity({})}),
        "entities.$user",
        "Write 'user'. Did you mean '$users'?",
    ),
    "a name with a slash": (lambda: _schema({"my/goals": i.entity({})}), "entities.my/goals", "Write 'goals'."),
    "a blank name": (lambda: _schema({" ": i.entity({})}), "entities. ", "must not be blank"),
    "a name with NUL": (lambda: _schema({"a\0": i.entity({})}), "entities.a\0", "NUL"),
    "another type for what is built in": (
        lambda: _schema({"$users": i.entity({"email": i.number()})}),
        "entities.$users.attrs.email",
        "it is built in and a string. Write i.string(), or leave it out.",
    ),
    "a cascade from a side that has many": (
        lambda: _schema(links=_link(forward={"on_delete": "cascade"})),
        "links.l.forward.on_delete",
        "Write 'has': 'one', or leave on_delete out.",
    ),
    "a required reverse side": (
        lambda: _schema(links=_link(reverse={"required": True})),
        "links.l.reverse.required",
        "Exchange the two sides, or leave it out.",
    ),
    "a misspelt key of a link": (
        lambda: _schema(links=_link(forward={"on_delte": "cascade"})),
        "links.l.forward.on_delte",
        "is unknown; write 'on_delete'.",
    ),
    "a wrong cardinality": (
        lambda: _schema(links=_link(forward={"has": "two"})),
        "links.l.forward.has",
        "must be 'one' or 'many', got 'two'",
    ),
    "a wrong rule of deletion": (
        lambda: _schema(links=_link(forward={"onDelete": "restrict"})),
        "links.l.forward.on_delete",
        "must be 'cascade', or left out, got 'restrict'",
    ),
    "a link that is a list": (lambda: _schema(links={"l": []}), "links.l", "with 'forward' and 'reverse'"),
    "a link without its other side": (
        lambda: _schema(links={"l": {"forward": _link()["l"]["forward"]}}),
        "links.l.reverse",
        "must be an object such as",
    ),
    "entities that are a list": (lambda: i.schema(entities=[]), "entities", "must be a dict with names"),  # type: ignore[arg-type]  # that is what is tested
    "an entity that is a dict": (lambda: _schema({"c": {"x": i.string()}}), "entities.c", "must be i.entity({...})"),
    "an attribute that is a type": (
        lambda: i.entity({"x": str}),  # type: ignore[dict-item]  # that is what is tested
        "i.entity: x",
        "must be i.string(), i.number() or another attribute",
    ),
    "an attribute that was not called": (lambda: i.entity({"x": i.string}), "i.entity: x", "call it: string()"),  # type: ignore[dict-item]  # that is what is tested
    "a modifier that was not called": (
        lambda: i.entity({"x": i.string().optional}),  # type: ignore[dict-item]  # that is what is tested
        "i.entity: x",
        "call it: optional()",
    ),
    "a room that is no dict": (lambda: _schema(rooms={"r": 5}), "rooms.r", "must be a dict"),
    "a misspelt part of a room": (lambda: _schema(rooms={"r": {"topic": {}}}), "rooms.r.topic", "write 'topics'"),
    "a topic that is no entity": (lambda: _schema(rooms={"r": {"topics": {"t": 5}}}), "rooms.r.topics.t", "i.entity"),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_problem_is_told_with_its_place_and_what_to_write(name: str) -> None:
    build, place, words = PROBLEMS[name]
    with pytest.raises(SchemaError) as caught:
        build()
    (problem,) = caught.value.problems
    assert problem.startswith(f"{place}: ")
    assert words in problem
    assert problem in str(caught.value)
    assert isinstance(caught.value, InvalidArgumentError)


def test_all_problems_are_told_at_once() -> None:
    with pytest.raises(SchemaError, match="4 problems") as caught:
        i.schema(
            entities={"a": i.entity({"id": i.string(), "b/c": i.string()}), "$x": i.entity({})},
            links=_link(reverse={"on": "b"}),
        )
    assert [problem.partition(": ")[0] for problem in caught.value.problems] == [
        "entities.a.attrs.id",
        "entities.a.attrs.b/c",
        "entities.$x",
        "links.l.reverse.on",
    ]
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems


def test_builtin_namespaces_and_odd_names_are_fine() -> None:
    schema = i.schema(
        entities={"my-things": i.entity({"a b": i.string(), "ż": i.number(), "_x": i.boolean(), "$y": i.date()})},
        links={
            "l-1": {
                "forward": {"on": "my-things", "label": "the files", "has": "many"},
                "reverse": {"on": "$files", "label": "thing", "has": "one"},
            }
        },
    )
    assert schema.conflicts() == ()


def test_repeating_what_is_built_in_is_fine() -> None:
    schema = i.schema(
        entities={
            "$users": i.entity({"email": i.string().unique().indexed().optional(), "nick": i.string().optional()})
        },
        links={
            "guests": {
                "forward": {"on": "$users", "label": "linkedPrimaryUser", "has": "one", "on_delete": "cascade"},
                "reverse": {"on": "$users", "label": "linkedGuestUsers", "has": "many"},
            }
        },
    )
    assert schema.conflicts() == ()
