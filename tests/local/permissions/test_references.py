"""What `ref` finds, and that it is found for all rows at once."""

from __future__ import annotations

import pytest

from instant_admin.local import LocalInstant
from tests.local.permissions.shelves import Library, eid


def _fill(library: Library, books: int) -> None:
    steps = [["update", "shelves", eid(f"shelf{number}"), {"label": str(number)}] for number in range(10)]
    for number in range(books):
        steps.append(["update", "books", eid(f"book{number}"), {"title": f"T{number}"}])
        steps.append(["link", "books", eid(f"book{number}"), {"shelf": eid(f"shelf{number % 10}")}])
    library.write(*steps)


def _statements(library: Library, query: dict[str, object]) -> int:
    """How many statements the database runs for a query of a guest."""
    seen: list[str] = []
    store = library.admin.instance.store
    app = store.find_app(library.admin.app.app_id)
    assert app is not None
    with store.read(app) as unit:
        db = unit.db
    db.set_trace_callback(seen.append)
    try:
        assert library.query(query).status == 200
    finally:
        db.set_trace_callback(None)
    return len(seen)


@pytest.mark.parametrize(
    "rule",
    [
        "'3' in data.ref('shelf.label')",
        "data.ref('shelf.books.shelf.label').exists(l, l == '3') || data.ref('title') == []",
        "auth.ref('$user.books.id') == [] && data.ref('owner.id') == []",
        "data.ref('shelf.label')[0] == '3' ? data.ref('tags.word') == [] : true",
    ],
)
@pytest.mark.parametrize("limits", [{}, {"reading": {"limits": [{"capacity": 1}]}}])
def test_the_number_of_statements_does_not_grow_with_the_rows(
    instance: LocalInstant, rule: str, limits: dict[str, object]
) -> None:
    rules = {"$rateLimits": limits, "books": {"allow": {"view": rule}}}
    few, many = (Library(instance, rules) for _ in range(2))
    _fill(few, 20)
    _fill(many, 300)
    assert _statements(many, {"books": {}}) == _statements(few, {"books": {}})


@pytest.fixture
def library(instance: LocalInstant) -> Library:
    """A book on a shelf with another book, with a tag that does not exist and a note without text."""
    library = Library(instance)
    library.write(
        ["update", "shelves", eid("s"), {"label": "A"}],
        ["update", "books", eid("a"), {"title": "a", "meta": [1, 2]}],
        ["update", "books", eid("b"), {"title": "b"}],
        ["link", "shelves", eid("s"), {"books": [eid("a"), eid("b")]}],
        ["link", "books", eid("a"), {"tags": eid("nothing")}],
        ["update", "notes", eid("n"), {"text": None}],
        ["update", "notes", eid("m"), {"text": "x"}],
        ["link", "books", eid("a"), {"notes": [eid("n"), eid("m")]}],
    )
    return library


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("id", [eid("a")]),
        ("title", ["a"]),
        ("isbn", []),
        ("meta", [[1, 2]]),
        ("shelf", [eid("s")]),
        ("shelf.label", ["A"]),
        ("shelf.books.title", ["a", "b"]),
        ("shelf.books.shelf.label", ["A", "A"]),
        ("notes.text", ["x"]),
        ("notes.id", sorted([eid("n"), eid("m")])),
        ("notes", sorted([eid("n"), eid("m")])),
        ("notes.book.title", ["a", "a"]),
        ("tags", [eid("nothing")]),
        ("tags.id", []),
        ("tags.word", []),
        ("owner.email", []),
    ],
)
def test_a_path_leads_over_links_of_both_directions(library: Library, path: str, expected: list[object]) -> None:
    body = library.seen(
        {"books": {"$": {"where": {"title": "a"}}}}, {"books": {"allow": {"view": f"data.ref('{path}')"}}}
    )
    found = body.body["check-results"][0]["check"]
    assert sorted(found, key=str) == expected


@pytest.mark.parametrize(
    ("path", "etype", "label"),
    [("nope", "books", "nope"), ("", "books", ""), ("shelf.nope", "shelves", "nope"), ("nope.id", "books", "nope")],
)
def test_a_path_over_nothing_is_an_error(library: Library, path: str, etype: str, label: str) -> None:
    library.rule({"books": {"allow": {"view": f"data.ref('{path}') == []"}}})
    answer = library.query({"books": {}})
    assert (answer.type, answer.hint) == ("record-not-found", {"args": [etype, label], "record-type": "attr"})


def test_a_path_over_nothing_is_an_error_for_every_row(library: Library) -> None:
    library.rule({"books": {"allow": {"view": "data.title == 'a' || data.ref('nope') == []"}}})
    assert library.query({"books": {}}).type == "record-not-found"
    library.rule({"books": {"allow": {"view": "data.ref('nope') == [] || data.title == 'b'"}}})
    assert library.query({"books": {}}).type == "record-not-found"


def test_a_path_through_a_plain_attribute_is_an_error(library: Library) -> None:
    library.rule({"books": {"allow": {"view": "data.ref('title.id') == []"}}})
    answer = library.query({"books": {}})
    assert (answer.type, answer.hint["data-type"]) == ("validation-failed", "attr")


@pytest.mark.parametrize("rule", ["true || data.ref('nope') == []", "data.ref('nope') == [] || true"])
def test_a_path_that_does_not_matter_is_not_followed(library: Library, rule: str) -> None:
    library.rule({"books": {"allow": {"view": rule}}})
    assert len(library.query({"books": {}}).body["books"]) == 2


def test_a_path_may_depend_on_the_row(library: Library) -> None:
    rules = {"books": {"allow": {"view": "data.ref(data.title == 'a' ? 'shelf.label' : 'title')"}}}
    results = library.seen({"books": {}}, rules).body["check-results"]
    assert {result["record"]["title"]: result["check"] for result in results} == {"a": ["A"], "b": ["b"]}


def test_what_only_a_link_made_is_not_followed(library: Library) -> None:
    library.write(["link", "books", eid("bare"), {"shelf": eid("shelf")}], ["create", "shelves", eid("shelf"), {}])
    library.rule({"books": {"allow": {"update": "data.id != null && data.ref('shelf.id') == []"}}})
    assert library.transact(["update", "books", eid("bare"), {"title": "x"}]).status == 200
    assert library.transact(["update", "books", eid("bare"), {"title": "y"}]).type == "permission-denied"


def test_guests_have_nothing_to_follow(library: Library) -> None:
    library.rule({"books": {"allow": {"view": "auth.ref('$user.nope.id') == []"}}})
    assert len(library.query({"books": {}}).body["books"]) == 2


def test_users_are_followed_from_themselves(library: Library) -> None:
    library.write(
        ["update", "$users", eid("ann"), {"email": "ann@example.com"}],
        ["link", "books", eid("a"), {"owner": eid("ann")}],
    )
    library.rule({"books": {"allow": {"view": "data.id in auth.ref('$user.books.id')"}}})
    seen = library.query({"books": {}}, **{"as-email": "ann@example.com"}).body["books"]
    assert [book["title"] for book in seen] == ["a"]


@pytest.mark.parametrize(
    ("rule", "tokens"),
    [
        ("rateLimit.r.limit('k') && data.ref('shelf.label') == ['A']", 2),
        ("data.ref('shelf.label') == ['A'] && rateLimit.r.limit('k')", 2),
        ("rateLimit.r.limit('k') && data.title != null", 1),
    ],
)
def test_a_rule_that_follows_links_takes_its_tokens_twice(library: Library, rule: str, tokens: int) -> None:
    limits = {"r": {"limits": [{"capacity": 2 * tokens, "refill": {"period": "1 day"}}]}}
    library.rule({"$rateLimits": limits, "books": {"allow": {"view": rule}}})
    assert library.query({"books": {}}).status == 200
    assert library.query({"books": {}}).status == 429
