"""Attributes made on the fly, and what kinds of values attributes have seen."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.shapes import Json, done, eid, link, new_app, rows, value, write
from tests.local.support import AdminCalls

A, B = eid(0xA), eid(0xB)


def _schema(admin: AdminCalls) -> Json:
    schema: Json = admin.get("/admin/schema").body["schema"]
    return schema


def _flags(attribute: Json) -> tuple[str, bool, bool]:
    return attribute["cardinality"], attribute["unique?"], attribute["index?"]


@pytest.mark.parametrize(
    ("step", "made"),
    [
        (["update", "t", A, {"x": 1}], {"id": ("one", True, False), "x": ("one", False, False)}),
        (["create", "t", A, {}], {"id": ("one", True, False)}),
        (["merge", "t", A, {"id": 5}], {"id": ("one", True, False)}),
        (["delete", "t", ["code", 1]], {"code": ("one", True, True)}),
        (["update", "t", ["code", 1], {}], {"code": ("one", True, True), "id": ("one", True, False)}),
        (["delete", "t", A], {}),
        (["ruleParams", "t", ["code", 1], {"a": 1}], None),
        (["link", "t", A, {"u": B}], {"id": ("one", True, False)}),
    ],
)
def test_steps_make_what_they_use(admin: AdminCalls, step: list[Any], made: Json | None) -> None:
    answer = write(admin, step)
    if made is None:
        assert answer.hint["data-type"] == "lookup"
    else:
        blobs = _schema(admin)["blobs"].get("t", {})
        assert {label: _flags(attribute) for label, attribute in blobs.items()} == made


@pytest.mark.parametrize(
    ("steps", "flags"),
    [
        ([["link", "t", A, {"u": B}]], ("many", False, False)),
        ([["unlink", "t", A, {"u": B}]], ("many", False, False)),
        ([["update", "t", ["u.id", B], {}]], ("one", True, True)),
        ([["update", "u", ["code", 1], {}], ["link", "t", A, {"u": {"code": 1}}]], ("one", True, True)),
        ([["update", "u", ["code", 1], {}], ["link", "t", A, {"u": [{"code": 1}, B]}]], ("one", True, True)),
    ],
)
def test_a_link_made_on_the_fly_leads_to_the_namespace_of_its_name(
    admin: AdminCalls, steps: list[list[Any]], flags: tuple[str, bool, bool]
) -> None:
    done(admin, *steps)
    made = _schema(admin)["refs"]["t-u-u-t"]
    assert _flags(made) == flags
    assert made["catalog"] == "user"


def test_the_first_step_decides_what_a_label_is(admin: AdminCalls) -> None:
    done(admin, ["update", "t", A, {"x": 1}], ["link", "t", A, {"x": B}])
    assert rows(admin, "t") == [{"id": A, "x": B}]
    done(admin, ["link", "t", A, {"y": B}], ["update", "t", A, {"y": eid(0xC)}])
    assert {row["id"] for row in rows(admin, "y")} == set()
    assert "t-y-y-t" in _schema(admin)["refs"]


@pytest.mark.parametrize(
    "steps",
    [
        [["link", "t", A, {"t": B}]],
        [["link", "t", A, {"u": B}], ["update", "u", B, {"t": 1}]],
        [
            [
                "add-attr",
                {
                    "id": eid(1),
                    "forward-identity": [eid(2), "t", "x"],
                    "value-type": "blob",
                    "cardinality": "one",
                    "unique?": False,
                    "index?": False,
                },
            ],
            ["update", "t", A, {"x": 1}],
        ],
    ],
)
def test_a_name_that_is_made_twice_clashes(admin: AdminCalls, steps: list[list[Any]]) -> None:
    answer = write(admin, *steps)
    assert (answer.type, answer.hint["record-type"]) == ("record-not-unique", "ident")
    assert rows(admin, "t") == []


def test_a_reverse_label_that_is_written_as_a_value_clashes(instance: LocalInstant) -> None:
    admin = new_app(instance, link("t.to", "u.from"), t={"id": {}}, u={"id": {}})
    assert write(admin, ["update", "u", A, {"from": B}]).hint == {
        "record-type": "ident",
        "etype": "u",
        "label": "from",
    }


def test_missing_attributes_are_told_lookups_first(admin: AdminCalls) -> None:
    steps: list[list[Any]] = [
        ["update", "t", A, {"x": 1, "id": 5, "y": 2}],
        ["link", "t", ["code", 1], {"u": {"name": "n"}, "v": B}],
        ["delete", "w", ["key", 1]],
        ["delete", "z", A],
    ]
    answer = write(admin, *steps, **{"throw-on-missing-attrs?": True})
    (entry,) = answer.hint["errors"]
    assert entry["hint"]["attributes"] == ["t.code", "t.u", "u.name", "w.key", "t.id", "t.x", "t.y", "t.v"]
    assert _schema(admin)["blobs"].keys() == {"$users", "$files", "$streams"}


@pytest.mark.parametrize("flag", [0, "", "false", [], True])
def test_every_flag_but_null_and_false_throws(admin: AdminCalls, flag: Any) -> None:
    assert write(admin, ["update", "t", A, {}], **{"throw-on-missing-attrs?": flag}).status == 400
    assert write(admin, ["update", "t", A, {}], **{"throw-on-missing-attrs?": None}).status == 200


def test_nothing_is_missing_once_it_is_there(admin: AdminCalls) -> None:
    steps: list[list[Any]] = [["update", "t", A, {"x": 1}], ["link", "t", A, {"u": B}]]
    done(admin, *steps)
    assert write(admin, *steps, **{"throw-on-missing-attrs?": True}).status == 200


@pytest.mark.parametrize(
    ("values", "kinds"),
    [
        ([1, 2.5], ["number"]),
        (["a", None], ["string"]),
        ([None], None),
        ([True, {"a": 1}, [1]], ["boolean", "json"]),
        ([{"a": 1}, True, "x", 5], ["number", "string", "boolean", "json"]),
    ],
)
def test_attributes_note_the_kinds_of_their_values(admin: AdminCalls, values: list[Any], kinds: Any) -> None:
    done(admin, *(["update", "t", eid(number), {"x": given}] for number, given in enumerate(values)))
    assert _schema(admin)["blobs"]["t"]["x"]["inferred-types"] == kinds


def test_kinds_of_values_that_are_overwritten_in_the_call_count(admin: AdminCalls) -> None:
    done(admin, ["update", "t", A, {"x": 1}], ["update", "t", A, {"x": "a"}], ["merge", "t", A, {"x": {"b": 1}}])
    assert _schema(admin)["blobs"]["t"]["x"]["inferred-types"] == ["number", "string", "json"]


def test_an_indexed_attribute_is_null_in_every_new_entity(instance: LocalInstant) -> None:
    admin = new_app(instance, t={"x": value("any", "i"), "y": value()})
    done(admin, ["update", "t", A, {}], ["link", "t", B, {"u": A}])
    assert rows(admin, "t") == [{"id": A, "x": None}]
    assert rows(admin, "u", t={}) == []
