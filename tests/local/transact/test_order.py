"""In what order a call does what its steps say: kind by kind, not step by step."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.shapes import by_id, done, eid, link, new_app, rows
from tests.local.support import AdminCalls, Clock

A, B = eid(0xA), eid(0xB)


@pytest.mark.parametrize(
    ("steps", "left"),
    [
        ([["update", "t", A, {"v": 1}], ["delete", "t", A], ["update", "t", A, {"v": 2}]], {}),
        ([["delete", "t", A], ["update", "t", A, {"v": 2}]], {A: {"v": 2}}),
        ([["merge", "t", A, {"v": {"b": 1}}], ["update", "t", A, {"v": {"a": 1}}]], {A: {"v": {"a": 1, "b": 1}}}),
        ([["merge", "t", A, {"v": {"b": 1}}], ["delete", "t", A], ["merge", "t", A, {"v": {"c": 1}}]], {}),
        ([["update", "t", A, {"v": 1}], ["update", "t", A, {"v": 2}]], {A: {"v": 2}}),
        ([["merge", "t", A, {"v": {"x": 1}}], ["merge", "t", A, {"v": {"x": None, "y": 2}}]], {A: {"v": {"y": 2}}}),
        ([["create", "t", A, {"v": 1}], ["create", "t", A, {"w": 2}]], {A: {"v": 1, "w": 2}}),
    ],
)
def test_each_kind_of_operation_runs_where_it_first_appears(
    admin: AdminCalls, steps: list[list[Any]], left: dict[str, Any]
) -> None:
    done(admin, *steps)
    assert by_id(admin, "t") == left


@pytest.mark.parametrize(
    ("before", "steps", "linked"),
    [
        ([], [["link", "t", A, {"to": B}], ["unlink", "t", A, {"to": B}]], False),
        ([["link", "t", A, {"to": B}]], [["unlink", "t", A, {"to": B}], ["link", "t", A, {"to": B}]], True),
        (
            [["link", "t", A, {"to": B}]],
            [["update", "t", A, {}], ["unlink", "t", A, {"to": B}], ["link", "t", A, {"to": B}]],
            False,
        ),
    ],
)
def test_links_are_values_and_so_may_run_before_an_earlier_unlink(
    instance: LocalInstant, before: list[list[Any]], steps: list[list[Any]], linked: bool
) -> None:
    admin = new_app(instance, link("t.to", "t.from"), t={"id": {}})
    done(admin, ["update", "t", A, {}], ["update", "t", B, {}], *before)
    done(admin, *steps)
    assert bool(by_id(admin, "t", to={})[A]["to"]) is linked


def test_what_is_deleted_and_made_again_is_the_newest(admin: AdminCalls, clock: Clock) -> None:
    done(admin, ["update", "t", A, {"v": 1}])
    clock.advance(1)
    done(admin, ["update", "t", B, {"v": 1}])
    clock.advance(1)
    done(admin, ["delete", "t", A], ["update", "t", A, {"v": 1}])
    assert [row["id"] for row in rows(admin, "t", **{"$": {"order": {"serverCreatedAt": "asc"}}})] == [B, A]


def test_entities_made_in_one_call_are_ordered_by_id(admin: AdminCalls) -> None:
    done(admin, *(["update", "t", eid(number), {}] for number in (5, 3, 9)))
    assert [row["id"] for row in rows(admin, "t")] == [eid(3), eid(5), eid(9)]


def test_transaction_numbers_grow_over_all_apps(instance: LocalInstant) -> None:
    first, second = new_app(instance), new_app(instance)
    numbers = [done(first), done(second), done(first, ["update", "t", A, {}])]
    assert numbers == sorted(set(numbers))


def test_of_many_links_through_a_has_one_label_the_last_stays(instance: LocalInstant) -> None:
    admin = new_app(instance, link("t.to", "t.from", "one-many"), t={"id": {}})
    done(admin, ["link", "t", A, {"to": [eid(1), eid(2)]}], ["link", "t", A, {"to": eid(3)}], ["update", "t", A, {}])
    assert by_id(admin, "t") == {A: {"to": eid(3)}}
