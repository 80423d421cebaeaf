"""Page info and counts, which only live queries show."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import LocalInstant
from instant_admin.local.query import QueryResult, run_query
from tests.local.query.library import entity_id, found, new_app
from tests.local.support import AdminCalls

RANKS = [None, None, 1, 1, 1, 2, 3]
ROWS = [entity_id(number) for number in range(1, len(RANKS) + 1)]


@pytest.fixture
def ranked(instance: LocalInstant) -> AdminCalls:
    """Tasks with ties and nulls."""
    admin = new_app(instance)
    steps = [["update", "tasks", id, {"rank": rank}] for id, rank in zip(ROWS, RANKS, strict=True)]
    admin.ok("/admin/transact", {"steps": steps})
    return admin


def run(admin: AdminCalls, query: dict[str, Any]) -> QueryResult:
    store = admin.instance.store
    app = store.find_app(admin.app.app_id)
    assert app is not None
    with store.read(app) as unit:
        return run_query(unit, query)


def page(admin: AdminCalls, **options: Any) -> tuple[list[str], dict[str, Any]]:
    result = run(admin, {"tasks": {"$": {"fields": ["rank"], **options}}})
    return [task["id"] for task in result.tree["tasks"]], result.page_info["tasks"]


@pytest.mark.parametrize(
    "order", [{"rank": "asc"}, {"rank": "desc"}, {"serverCreatedAt": "asc"}, {"serverCreatedAt": "desc"}]
)
@pytest.mark.parametrize("size", [1, 2, 3, 10])
def test_cursors_lead_through_all_rows_there_and_back(ranked: AdminCalls, order: dict[str, str], size: int) -> None:
    whole = found(ranked, "tasks", order=order, fields=["rank"])
    ids, info = page(ranked, order=order, first=size)
    there = [ids]
    while info["has-next-page?"]:
        ids, info = page(ranked, order=order, first=size, after=info["end-cursor"])
        there.append(ids)
    assert [id for ids in there for id in ids] == whole

    ids, info = page(ranked, order=order, last=size)
    back = [ids]
    while info["has-previous-page?"]:
        ids, info = page(ranked, order=order, last=size, before=info["start-cursor"])
        back.append(ids)
    assert [id for ids in reversed(back) for id in ids] == whole


@pytest.mark.parametrize(
    ("options", "has_next", "has_previous"),
    [
        pytest.param({}, False, False, id="whole"),
        pytest.param({"limit": 7}, False, False, id="limit of all"),
        pytest.param({"limit": 6}, True, False, id="limit of fewer"),
        pytest.param({"offset": 0, "limit": 1}, True, False, id="offset zero"),
        pytest.param({"offset": 3}, False, True, id="offset"),
        pytest.param({"offset": 9}, False, True, id="offset beyond the end"),
        pytest.param({"last": 2}, False, True, id="last"),
        pytest.param({"last": 2, "offset": 5}, True, False, id="last with offset"),
    ],
)
def test_flags_say_whether_there_are_rows_around_a_page(
    ranked: AdminCalls, options: dict[str, Any], has_next: bool, has_previous: bool
) -> None:
    _, info = page(ranked, order={"rank": "asc"}, **options)
    assert (info["has-next-page?"], info["has-previous-page?"]) == (has_next, has_previous)


def test_cursors_are_none_on_an_empty_page(ranked: AdminCalls) -> None:
    _, info = page(ranked, offset=9)
    assert (info["start-cursor"], info["end-cursor"]) == (None, None)


def test_inclusive_cursors_include_their_row(ranked: AdminCalls) -> None:
    _, info = page(ranked, order={"rank": "asc"}, offset=3, limit=1)
    cursor = info["start-cursor"]
    for options, expected in (
        ({"after": cursor, "limit": 1}, ROWS[4:5]),
        ({"after": cursor, "afterInclusive": True, "limit": 1}, ROWS[3:4]),
        ({"before": cursor, "last": 1}, ROWS[2:3]),
        ({"before": cursor, "beforeInclusive": True, "last": 1}, ROWS[3:4]),
        ({"after": cursor, "before": cursor, "afterInclusive": True, "beforeInclusive": True}, ROWS[3:4]),
    ):
        assert page(ranked, order={"rank": "asc"}, **options)[0] == expected, options


def test_only_paged_forms_at_the_top_have_page_info(ranked: AdminCalls) -> None:
    query = {"tasks": {"$": {"where": {"rank": 1}}, "tags": {"$": {"limit": 1}}}, "ghosts": {"$": {"limit": 1}}}
    assert run(ranked, query).page_info == {}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param(None, 3, id="all"),
        pytest.param({"tags.label": {"$in": ["new", "hot"]}}, 3, id="each match of a path"),
        pytest.param({"or": [{"title": "Plan"}, {"rank": 1}]}, 2, id="each alternative"),
        pytest.param({"and": [{"tags.label": "hot"}, {"tags.label": {"$in": ["new", "hot"]}}]}, 3, id="each pair"),
        pytest.param({"owner.name": {"$not": "Ann"}}, 2, id="what differs, and what is missing"),
        pytest.param({"title": "nowhere"}, 0, id="nothing"),
    ],
)
def test_a_count_counts_ways_to_match(admin: AdminCalls, where: dict[str, Any] | None, expected: int) -> None:
    result = run(admin, {"tasks": {"$": {"aggregate": "count", "where": where}}})
    assert result.aggregate == {"tasks": {"count": expected}}
    assert result.tree == {"tasks": []}


def test_what_does_not_exist_has_no_count(admin: AdminCalls) -> None:
    query = {"ghosts": {"$": {"aggregate": "count"}}, "tasks": {"$": {"aggregate": "count", "where": {"ghost": 1}}}}
    assert run(admin, query).aggregate == {}
