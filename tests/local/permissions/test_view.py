"""What queries show to somebody who is not the admin, and how rules are asked about it."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import LocalInstant
from instant_admin.local.errors import Refusal
from instant_admin.local.permissions import Circumstances, RuleVisibility
from instant_admin.local.query import EntityKey
from instant_admin.local.rules import Rules
from tests.local.permissions.shelves import Library, eid

ONE, TWO = EntityKey("books", eid("one")), EntityKey("books", eid("two"))
RECORDS = {ONE: {"id": ONE.id, "title": "Emma", "shelf": eid("a")}, TWO: {"id": TWO.id, "title": None}}


@pytest.fixture
def library(instance: LocalInstant) -> Library:
    """Two books on two shelves."""
    library = Library(instance)
    library.write(
        ["update", "shelves", eid("a"), {"label": "A"}],
        ["update", "shelves", eid("b"), {"label": "B"}],
        ["update", "books", ONE.id, {"title": "Emma", "isbn": "1"}],
        ["update", "books", TWO.id, {"meta": {"x": 1}}],
        ["link", "books", ONE.id, {"shelf": eid("a")}],
        ["link", "books", TWO.id, {"shelf": eid("b")}],
    )
    return library


def _examined(library: Library, code: dict[str, Any], *labels: str) -> RuleVisibility:
    """What rules say about the two books, asked directly."""
    instance = library.admin.instance
    rules = Rules(code)
    circumstances = Circumstances(
        rules=rules,
        user=None,
        ip="",
        origin="",
        now=lambda: 0.0,
        limits=instance.rate_limits.of("app", rules.limits),
        trace=instance.rule_trace,
    )
    app = instance.store.find_app(library.admin.app.app_id)
    assert app is not None
    with instance.store.read(app) as unit:
        visibility = RuleVisibility(unit, circumstances)
        visibility.examine(RECORDS, {"books": labels})
    return visibility


def test_each_entity_is_judged_by_its_own_record(library: Library) -> None:
    visibility = _examined(library, {"books": {"allow": {"view": "data.title == 'Emma'"}}})
    assert (visibility.shows(ONE), visibility.shows(TWO)) == (True, False)


def test_without_a_rule_everything_shows(library: Library) -> None:
    visibility = _examined(library, {})
    assert visibility.shows(ONE)
    assert not visibility.hidden_labels(ONE)
    assert [result["program"] for result in visibility.check_results()] == [{}, {}]


def test_what_was_not_examined_does_not_show(library: Library) -> None:
    assert not _examined(library, {}).shows(EntityKey("books", eid("three")))


def test_a_field_rule_hides_one_attribute_of_one_entity(library: Library) -> None:
    visibility = _examined(library, {"books": {"fields": {"title": "data.shelf != null"}}}, "title", "isbn")
    assert (set(visibility.hidden_labels(ONE)), set(visibility.hidden_labels(TWO))) == (set(), {"title"})


def test_a_field_rule_is_asked_where_the_query_uses_the_label_and_an_entity_has_it(library: Library) -> None:
    code = {"books": {"fields": {"title": "true", "shelf": "true", "isbn": "true", "tags": "true"}}}
    results = _examined(library, code, "title", "shelf", "tags").check_results()
    asked = sorted((result["id"], result["label"]) for result in results if result["label"] is not None)
    assert asked == sorted((key.id, label) for key in (ONE, TWO) for label in ("shelf", "tags", "title"))
    assert len(_examined(library, {"books": {"fields": {"isbn": "true"}}}, "isbn").check_results()) == len(RECORDS)


def test_a_field_rule_for_a_reverse_label_has_no_effect(library: Library) -> None:
    visibility = _examined(library, {"books": {"fields": {"notes": "false"}}}, "notes")
    assert not visibility.hidden_labels(ONE)


def test_a_rule_that_does_not_compile_fails_only_where_there_are_entities(library: Library) -> None:
    with pytest.raises(Refusal):
        _examined(library, {"books": {"allow": {"$default": "nope("}}})
    assert _examined(library, {"notes": {"allow": {"$default": "nope("}}}).shows(ONE)


def test_a_rule_that_fails_on_one_row_fails_the_query(library: Library) -> None:
    library.rule({"books": {"allow": {"view": "data.meta.x == 1"}}})
    answer = library.query({"books": {}})
    assert answer.type == "permission-evaluation-failed"
    assert answer.hint["rule"] == ["books", "view"]
    assert answer.hint["error"]["hint"] == "You may have a typo"
    assert library.query({"books": {"$": {"where": {"title": "nothing"}}}}).body == {"books": []}


def test_a_failing_field_rule_is_told_as_a_view_rule(library: Library) -> None:
    library.rule({"books": {"fields": {"isbn": "data.meta.x == 1"}}})
    assert library.query({"books": {}}).hint["rule"] == ["books", "view"]


@pytest.mark.parametrize(
    ("params", "expected"), [(None, 0), ({}, 0), ({"shelf": "A"}, 1), ({"shelf": "B"}, 1), ({"other": 1}, 0)]
)
def test_rule_params_of_the_query_reach_the_rules(library: Library, params: Any, expected: int) -> None:
    library.rule({"books": {"allow": {"view": "ruleParams.shelf in data.ref('shelf.label')"}}})
    query = {"books": {}} if params is None else {"books": {}, "$$ruleParams": params}
    assert len(library.query(query).body["books"]) == expected


def test_rule_params_that_are_no_object_fail_where_they_are_used(library: Library) -> None:
    query = {"books": {}, "$$ruleParams": 5}
    library.rule({"books": {"allow": {"view": "ruleParams.x == 1"}}})
    assert library.query(query).type == "permission-evaluation-failed"
    library.rule({"books": {"allow": {"view": "true"}}})
    assert len(library.query(query).body["books"]) == 2


@pytest.mark.parametrize(("rows", "status"), [(2, 200), (3, 429)])
def test_a_limit_takes_one_token_for_each_row(library: Library, rows: int, status: int) -> None:
    limits = {"reading": {"limits": [{"capacity": 2}]}}
    library.rule({"$rateLimits": limits, "books": {"allow": {"view": "rateLimit.reading.limit('k')"}}})
    for number in range(2, rows):
        library.write(["update", "books", eid(str(number)), {}])
    assert library.query({"books": {}}).status == status


def test_the_checks_show_every_rule_with_its_value(library: Library) -> None:
    rules = {"books": {"allow": {"view": "data.title"}, "fields": {"isbn": "1 + 1"}}}
    body = library.seen({"books": {"$": {"fields": ["isbn"]}}}, rules).body
    assert body["result"] == {"books": [{"id": ONE.id, "isbn": "1"}]}
    assert body["rule-wheres"] is None
    values = {(result["id"], result["label"]): result["check"] for result in body["check-results"]}
    fields = {(ONE.id, "isbn"): 2, (TWO.id, "isbn"): 2}
    assert values == {(ONE.id, None): "Emma", (TWO.id, None): None, **fields}
    first = next(result for result in body["check-results"] if result["id"] == ONE.id)
    assert first["record"] == {"id": ONE.id, "title": "Emma", "isbn": "1", "shelf": eid("a")}
    assert first["entity"] == "books"


@pytest.mark.parametrize(
    ("rule", "status"),
    [
        ("rateLimit.reading.limit('k') || true", 200),
        ("data.title == null || rateLimit.reading.limit('k')", 200),
        ("rateLimit.reading.limit('k') || data.title == null", 429),
        ("rateLimit.reading.limit(data.id, 1)", 200),
        ("rateLimit.reading.limit(data.id, 2)", 429),
    ],
)
def test_an_exhausted_limit_is_an_error_like_others(library: Library, rule: str, status: int) -> None:
    limits = {"reading": {"limits": [{"capacity": 1}]}}
    library.rule({"$rateLimits": limits, "books": {"allow": {"view": rule}}})
    assert library.query({"books": {}}).status == status


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("rateLimit.reading.limit('k', 0)", "INTERNAL_ERROR"),
        ("rateLimit.reading.limit('k', -1)", "INTERNAL_ERROR"),
        ("rateLimit['none'].limit('k')", "ATTRIBUTE_NOT_FOUND"),
    ],
)
def test_a_limit_that_cannot_be_taken_fails_the_rule(library: Library, rule: str, code: str) -> None:
    limits = {"reading": {"limits": [{"capacity": 1}]}}
    library.rule({"$rateLimits": limits, "books": {"allow": {"$default": rule}}})
    assert library.query({"books": {}}).hint["error"]["type"] == code


def test_tokens_stay_spent_after_a_refused_query(library: Library) -> None:
    limits = {"reading": {"limits": [{"capacity": 3}]}}
    rule = "rateLimit.reading.limit('k') && data.meta.x == 1"
    library.rule({"$rateLimits": limits, "books": {"allow": {"view": rule}}})
    assert library.query({"books": {}}).type == "permission-evaluation-failed"
    library.query({"books": {}})
    assert library.query({"books": {"$": {"where": {"title": "Emma"}}}}).status == 429
