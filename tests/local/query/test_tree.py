"""The shape of answers: nesting, singular links, chosen fields, and the order of arrays."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local.query.library import ANN, BOB, HOT, NEW, PLAN, SHIP, TEST, ask, entity_id
from tests.local.support import AdminCalls


@pytest.mark.parametrize(
    ("label", "many", "single"),
    [
        pytest.param("buddy", [{"id": BOB}], {"id": BOB}, id="has one"),
        pytest.param("buddyOf", [], None, id="has one at the reverse end, unset"),
        pytest.param("owned", [{"id": PLAN}], [{"id": PLAN}], id="has many"),
        pytest.param("ghosts", [], [], id="unknown"),
    ],
)
def test_inference_makes_objects_of_singular_links(admin: AdminCalls, label: str, many: Any, single: Any) -> None:
    query = {"people": {"$": {"where": {"name": "Ann"}, "fields": []}, label: {"$": {"fields": []}}}}
    assert ask(admin, query).body["people"] == [{"id": ANN, label: many}]
    assert ask(admin, query, inference=True).body["people"] == [{"id": ANN, label: single}]


def test_fields_cut_each_level_by_itself(admin: AdminCalls) -> None:
    query = {
        "tasks": {
            "$": {"where": {"title": "Plan"}, "fields": ["title", "owner", "tags", "nope"]},
            "reviewer": {"$": {"fields": ["age"]}, "owned": {"$": {"fields": []}}},
        }
    }
    reviewer = {"id": BOB, "age": 40, "owned": [{"id": TEST}]}
    assert ask(admin, query).body["tasks"] == [{"id": PLAN, "title": "Plan", "owner": ANN, "reviewer": [reviewer]}]


def test_an_entity_under_several_parents_is_under_each(admin: AdminCalls) -> None:
    query = {"tasks": {"$": {"fields": []}, "tags": {"$": {"fields": ["label"], "order": {"label": "asc"}}}}}
    below = {entity["id"]: [tag["id"] for tag in entity["tags"]] for entity in ask(admin, query).body["tasks"]}
    assert below == {PLAN: [HOT, NEW], TEST: [HOT], SHIP: []}


def test_a_nested_where_sees_only_its_own_entities(admin: AdminCalls) -> None:
    query = {"people": {"$": {"fields": []}, "reviews": {"$": {"where": {"owner.name": "Ann"}, "fields": []}}}}
    assert ask(admin, query).body["people"] == [
        {"id": ANN, "reviews": []},
        {"id": BOB, "reviews": [{"id": PLAN}]},
    ]


@pytest.mark.parametrize(
    ("values", "ascending"),
    [
        pytest.param([3, None, 1.5, 2**70], [1, 2, 0, 3], id="numbers, null first"),
        pytest.param(["b", "B", "\U0001f600", "\uffee", "a"], [1, 4, 0, 2, 3], id="texts by UTF-16 code units"),
        pytest.param([[2], [1, 0], [1], []], [3, 2, 0, 1], id="lists by length, then items"),
        pytest.param([True, False, None], [2, 1, 0], id="booleans"),
    ],
)
def test_nested_entities_are_sorted_by_any_attribute(
    admin: AdminCalls, values: list[Any], ascending: list[int]
) -> None:
    ids = [entity_id(100 + number) for number in range(len(values))]
    steps: list[Any] = [["update", "tasks", id, {"loose": value}] for id, value in zip(ids, values, strict=True)]
    steps += [["unlink", "people", ANN, {"owned": PLAN}], ["link", "people", ANN, {"owned": ids}]]
    admin.ok("/admin/transact", {"steps": steps})
    for direction, expected in (("asc", ascending), ("desc", ascending[::-1])):
        order = {"$": {"order": {"loose": direction}}}
        (person,) = ask(admin, {"people": {"$": {"where": {"id": ANN}}, "owned": order}}).body["people"]
        assert [task["id"] for task in person["owned"]] == [ids[number] for number in expected]


@pytest.mark.parametrize("values", [[1, "a"], [{"a": 1}, {"a": 2}], [True, 1], [[1], ["a"]]])
def test_nested_values_that_have_no_order_are_refused(admin: AdminCalls, values: list[Any]) -> None:
    ids = [entity_id(100 + number) for number in range(len(values))]
    steps: list[Any] = [["update", "tasks", id, {"loose": value}] for id, value in zip(ids, values, strict=True)]
    admin.ok("/admin/transact", {"steps": [*steps, ["link", "people", BOB, {"owned": ids}]]})
    answer = ask(admin, {"people": {"owned": {"$": {"order": {"loose": "asc"}}}}})
    assert (answer.status, answer.type) == (400, "validation-failed")


def test_entities_go_by_creation_and_then_by_id(admin: AdminCalls) -> None:
    later, latest = entity_id(0), entity_id(50)
    admin.ok("/admin/transact", {"steps": [["update", "tags", latest, {}], ["update", "tags", later, {}]]})
    query = {"tags": {"$": {"fields": []}}}
    assert [tag["id"] for tag in ask(admin, query).body["tags"]] == [NEW, HOT, later, latest]


def test_hidden_system_namespaces_show_nothing(admin: AdminCalls) -> None:
    admin.ok("/admin/transact", {"steps": [["update", "$oauthProviders", entity_id(1), {"name": "x"}]]})
    assert ask(admin, {"$oauthProviders": {}}).body == {"$oauthProviders": []}
