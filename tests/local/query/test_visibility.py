"""What a caller whose view is limited gets: trees without hidden entities and attributes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from instant_admin.local.query import EntityKey, QueryResult, Record, run_query
from tests.local.query.library import ANN, BOB, HOT, NEW, NOBODY, PLAN, SHIP, TEST
from tests.local.support import AdminCalls


@dataclass
class Hiding:
    """Hides some entities, and some attributes of all."""

    hidden: Collection[str] = ()
    labels: Collection[tuple[str, str]] = ()
    examined: dict[EntityKey, Record] = field(default_factory=dict[EntityKey, Record])
    asked: dict[str, Collection[str]] = field(default_factory=dict[str, Collection[str]])

    def examine(self, entities: Mapping[EntityKey, Record], labels: Mapping[str, Collection[str]]) -> None:
        assert not self.examined, "once for each query"
        self.examined.update(entities)
        self.asked.update(labels)

    def shows(self, key: EntityKey) -> bool:
        return key.id not in self.hidden and key in self.examined

    def hidden_labels(self, key: EntityKey) -> Collection[str]:
        return [label for etype, label in self.labels if etype == key.etype]


def run(admin: AdminCalls, query: dict[str, Any], view: Hiding, *, inference: bool = False) -> QueryResult:
    store = admin.instance.store
    app = store.find_app(admin.app.app_id)
    assert app is not None
    with store.read(app) as unit:
        return run_query(unit, query, inference=inference, visibility=view)


def tasks(admin: AdminCalls, view: Hiding, *, inference: bool = False, **form: Any) -> list[dict[str, Any]]:
    return run(admin, {"tasks": {"$": {"fields": ["title"]}, **form}}, view, inference=inference).tree["tasks"]


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]


def test_a_hidden_entity_takes_its_subtree_along(admin: AdminCalls) -> None:
    assert ids(tasks(admin, Hiding([PLAN]), tags={})) == [TEST, SHIP]


def test_rules_see_whole_records_of_everything_the_query_touches(admin: AdminCalls) -> None:
    view = Hiding()
    where = {"owner.name": "Ann", "tags.label": "hot"}
    run(admin, {"tasks": {"$": {"fields": [], "where": where}, "reviewer": {"$": {"fields": ["name"]}}}}, view)
    assert view.examined.keys() == {
        EntityKey("tasks", PLAN),
        EntityKey("people", ANN),
        EntityKey("people", BOB),
        EntityKey("tags", HOT),
    }
    whole = {"id": PLAN, "title": "Plan", "rank": 1, "due": "2026-01-02", "owner": ANN, "reviewer": BOB}
    assert view.examined[EntityKey("tasks", PLAN)] == whole
    assert {"owner", "reviewer", "tags"} <= set(view.asked["tasks"])
    assert "name" in view.asked["people"]
    assert "age" not in view.asked["people"]


@pytest.mark.parametrize("inference", [False, True])
def test_without_rows_the_key_of_a_nested_form_is_missing(admin: AdminCalls, inference: bool) -> None:
    owned = {"$": {"where": {"title": "nowhere"}}}
    (person, _) = run(admin, {"people": {"owned": owned, "ghosts": {}}}, Hiding(), inference=inference).tree["people"]
    assert person.keys() == {"id", "name", "age", "nick", "code", "buddy"}
    shown = tasks(admin, Hiding(), inference=inference, owner={"$": {"fields": []}})
    assert ["owner" in task for task in shown] == [True, True, False]


def test_a_has_one_label_without_rows_keeps_the_raw_id(admin: AdminCalls) -> None:
    query = {"tasks": {"$": {"where": {"title": "Plan"}}, "owner": {"$": {"where": {"name": "Bob"}}}}}
    assert run(admin, query, Hiding()).tree["tasks"][0]["owner"] == ANN


def test_hidden_targets_leave_an_empty_forward_link_and_no_reverse_link(admin: AdminCalls) -> None:
    assert tasks(admin, Hiding([ANN]), owner={})[0]["owner"] == []
    assert tasks(admin, Hiding([ANN]), owner={}, inference=True)[0]["owner"] is None
    people = run(admin, {"people": {"$": {"fields": []}, "owned": {"$": {"fields": []}}}}, Hiding([PLAN])).tree[
        "people"
    ]
    assert people == [{"id": ANN}, {"id": BOB, "owned": [{"id": TEST}]}]


def test_a_dangling_link_is_as_good_as_a_hidden_target(admin: AdminCalls) -> None:
    admin.ok("/admin/transact", {"steps": [["link", "tasks", SHIP, {"owner": NOBODY}]]})
    assert tasks(admin, Hiding(), owner={})[2]["owner"] == []


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param({"tags.label": "new"}, [], id="every match is hidden"),
        pytest.param({"tags.label": {"$in": ["new", "hot"]}}, [PLAN, TEST], id="one is visible"),
        pytest.param({"tags": NEW}, [PLAN], id="the target is not looked at"),
        pytest.param({"tags": {"$isNull": False}, "title": "Plan"}, [PLAN], id="nor by $isNull"),
        pytest.param({"or": [{"tags.label": "new"}, {"title": "Ship"}]}, [PLAN, SHIP], id="another alternative"),
        pytest.param({"and": [{"tags.label": "new"}, {"title": "Plan"}]}, [], id="all must be visible"),
    ],
)
def test_one_visible_match_lets_all_matches_through(
    admin: AdminCalls, where: dict[str, Any], expected: list[str]
) -> None:
    shown = run(admin, {"tasks": {"$": {"where": where}}}, Hiding([NEW])).tree["tasks"]
    assert ids(shown) == expected


def test_hidden_attributes_are_cut_and_not_searched(admin: AdminCalls) -> None:
    view = [("tasks", "rank"), ("tasks", "owner")]
    (plan,) = run(admin, {"tasks": {"$": {"where": {"title": "Plan"}}, "owner": {}}}, Hiding(labels=view)).tree["tasks"]
    assert plan == {"id": PLAN, "title": "Plan", "due": "2026-01-02", "reviewer": BOB}
    for where in ({"rank": 1}, {"owner": ANN}, {"owner.name": "Ann"}):
        assert run(admin, {"tasks": {"$": {"where": where}}}, Hiding(labels=view)).tree == {"tasks": []}
    people = run(admin, {"people": {"$": {"fields": []}, "owned": {}}}, Hiding(labels=view)).tree["people"]
    assert people == [{"id": ANN}, {"id": BOB}]


def test_pages_are_cut_before_hiding_and_cursors_name_visible_rows(admin: AdminCalls) -> None:
    query = {"tasks": {"$": {"order": {"rank": "asc"}, "limit": 2, "fields": ["rank"]}}}
    result = run(admin, query, Hiding([SHIP]))
    assert ids(result.tree["tasks"]) == [PLAN]
    info = result.page_info["tasks"]
    assert (info["start-cursor"][0], info["end-cursor"][0], info["has-next-page?"]) == (PLAN, PLAN, True)


def test_cursors_name_rows_that_are_not_shown_for_what_else_they_match(admin: AdminCalls) -> None:
    query = {"tasks": {"$": {"order": {"rank": "asc"}, "where": {"owner.name": "Ann"}}}}
    result = run(admin, query, Hiding([ANN]))
    assert result.tree == {"tasks": []}
    assert result.page_info["tasks"]["start-cursor"][0] == PLAN
    assert run(admin, query, Hiding(labels=[("tasks", "rank")])).page_info["tasks"]["start-cursor"] is None


def test_a_link_without_rows_is_not_asked_about(admin: AdminCalls) -> None:
    view = Hiding()
    run(admin, {"tasks": {"$": {"where": {"title": "Ship"}}, "tags": {}}}, view)
    assert "tags" not in view.asked["tasks"]
