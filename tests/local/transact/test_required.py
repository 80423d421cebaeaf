"""Required attributes: checked in the end, on everything that the call has touched and that is still there."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.shapes import by_id, done, eid, link, new_app, value, write
from tests.local.support import AdminCalls

A, B, C = eid(0xA), eid(0xB), eid(0xC)


@pytest.fixture
def books(instance: LocalInstant) -> AdminCalls:
    """Books need a title and a shelf; A has both."""
    links = link("books.shelf", "shelves.books", "one-many", required=True)
    entities = {"books": {"title": value("any", "r"), "n": value()}, "shelves": {"name": value("any", "u")}}
    admin = new_app(instance, links, **entities)
    done(
        admin,
        ["update", "shelves", C, {"name": "c"}],
        ["update", "books", A, {"title": "t"}],
        ["link", "books", A, {"shelf": C}],
    )
    return admin


def _missing(admin: AdminCalls, *steps: list[Any]) -> set[tuple[str, str]]:
    answer = write(admin, *steps)
    assert answer.type == "validation-failed", answer
    return {(record["entity_id"], record["label"]) for record in answer.hint["records"]}


@pytest.mark.parametrize(
    ("steps", "missing"),
    [
        ([["update", "books", B, {"n": 1}]], {(B, "title"), (B, "shelf")}),
        ([["update", "books", A, {"title": None}]], {(A, "title")}),
        ([["merge", "books", A, {"title": None}]], {(A, "title")}),
        ([["unlink", "books", A, {"shelf": C}]], {(A, "shelf")}),
        ([["unlink", "shelves", C, {"books": A}]], {(A, "shelf")}),
        ([["delete", "shelves", C]], {(A, "shelf")}),
        ([["link", "books", B, {"shelf": C}]], {(B, "id"), (B, "title")}),
        ([["link", "shelves", C, {"books": B}]], {(B, "id"), (B, "title")}),
        ([["update", "books", A, {"n": 1}], ["update", "books", B, {"title": 1}]], {(B, "shelf")}),
        ([["link", "shelves", ["name", "new"], {"books": {"id": A}}], ["delete", "shelves", C]], None),
    ],
)
def test_what_is_left_without_a_value_is_told(
    books: AdminCalls, steps: list[list[Any]], missing: set[tuple[str, str]] | None
) -> None:
    if missing is None:
        done(books, *steps)
    else:
        assert _missing(books, *steps) == missing


@pytest.mark.parametrize("falsy", ["", 0, False, [], {}])
def test_falsy_values_are_values(books: AdminCalls, falsy: Any) -> None:
    done(books, ["update", "books", A, {"title": falsy}])
    assert by_id(books, "books")[A]["title"] == falsy


def test_who_is_deleted_in_the_same_call_lacks_nothing(books: AdminCalls) -> None:
    done(books, ["update", "books", A, {"title": None}], ["delete", "shelves", C], ["delete", "books", A])
    assert by_id(books, "books") == {}


def test_a_lost_link_may_be_replaced_in_the_same_call(books: AdminCalls) -> None:
    done(books, ["delete", "shelves", C], ["update", "shelves", B, {}], ["link", "books", A, {"shelf": B}])
    assert by_id(books, "books")[A]["shelf"] == B


def test_what_the_call_does_not_touch_is_not_looked_at(books: AdminCalls) -> None:
    done(books, ["update", "shelves", C, {"name": "other"}], ["update", "shelves", C, {"more": 1}])


def test_a_lookup_makes_an_entity_that_needs_its_values_too(instance: LocalInstant) -> None:
    admin = new_app(instance, t={"code": value("any", "u"), "must": value("any", "r")})
    answer = write(admin, ["update", "t", ["code", 1], {"n": 1}])
    assert [record["label"] for record in answer.hint["records"]] == ["must"]
    done(admin, ["update", "t", ["code", 1], {"must": 1}])
