"""The difference of two schemas says what turns one into the other."""

from __future__ import annotations

from typing import Any

from instant_admin import Schema, i


def _link(**forward: Any) -> Any:
    return {
        "forward": {"on": "todos", "label": "goal", "has": "one", **forward},
        "reverse": {"on": "goals", "label": "todos", "has": "many"},
    }


def _schema(goals: dict[str, Any], links: Any = None, **entities: Any) -> Schema:
    return i.schema(entities={"goals": i.entity(goals), "todos": i.entity({}), **entities}, links=links)


BEFORE = _schema({"title": i.string(), "rank": i.number()}, {"l": _link()}, old=i.entity({"x": i.any()}))
AFTER = _schema({"title": i.string().indexed().optional(), "due": i.date()}, {"l": _link(on_delete="cascade")})


def test_equal_schemas_have_no_difference() -> None:
    difference = BEFORE.diff(Schema.from_json(BEFORE.to_json()))
    assert not difference
    assert (len(difference), str(difference), difference.destroys_data) == (0, "no changes", False)


def test_difference_is_readable() -> None:
    assert str(BEFORE.diff(AFTER)).splitlines() == [
        "~ attribute goals.title: required yes -> no, indexed no -> yes",
        "- attribute goals.rank: type number, required",
        "+ attribute goals.due: type date, required",
        "- entity old",
        "- attribute old.x: type json, required",
        "~ link todos.goal <-> goals.todos: forward onDelete no -> cascade",
    ]


def test_difference_tells_what_destroys_data() -> None:
    assert [change.name for change in BEFORE.diff(AFTER) if change.destroys_data] == ["goals.rank", "old", "old.x"]
    assert BEFORE.diff(AFTER).destroys_data
    assert not Schema().diff(AFTER).destroys_data


def test_difference_the_other_way_round_is_the_reverse() -> None:
    there, back = BEFORE.diff(AFTER), AFTER.diff(BEFORE)
    reverse = {"add": "remove", "remove": "add", "change": "change"}
    assert {(reverse[c.kind], c.part, c.name, c.after, c.before) for c in there} == {
        (c.kind, c.part, c.name, c.before, c.after) for c in back
    }


def test_own_names_of_links_are_not_compared() -> None:
    assert not _schema({}, {"l": _link()}).diff(_schema({}, {"other": _link()}))


def test_rooms_are_compared_and_destroy_nothing() -> None:
    rooms = i.schema(entities={}, rooms={"chat": {"presence": i.entity({"nick": i.string()})}})
    (change,) = rooms.diff(Schema())
    assert str(change) == "- room chat"
    assert not change.destroys_data
