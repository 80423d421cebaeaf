"""Which queries are refused, with which entries, and which of several faults is told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local.query.library import ANN, ask, entity_id
from tests.local.support import AdminCalls

VALUE = "instant.db.instaql/where-value-valid?"
CURSOR = ["clojure.spec.alpha/conformer", "instant.db.instaql/cursor-conformer"]
CONDITIONS = [0, "option-map", "where-conds"]


def _options(**options: Any) -> dict[str, Any]:
    return {"tasks": {"$": options}}


@pytest.mark.parametrize(
    ("query", "data_type", "predicate", "at"),
    [
        pytest.param(
            _options(where={"x": None}, limit=0), "query", "supported-options?", ["tasks", "$", "limit"], id="shape"
        ),
        pytest.param(
            _options(fields="x", nope=1), "query", "array?", ["tasks", "$", "fields"], id="known options first"
        ),
        pytest.param(
            _options(nope=1, limit=1, first=1), "query", "supported-options?", ["tasks", "$"], id="unknown option"
        ),
        pytest.param({"tasks": {"$": None}}, "coerced-query", "map?", [0, "option-map"], id="null options"),
        pytest.param(
            {"tags": {}, "tasks": {"owner": {"$": {"where": {"x": {"$not": [1]}}}}}},
            "coerced-query",
            VALUE,
            [1, "child-forms", 0, "option-map", "where-conds", 0, "or", 0, 1, "$not"],
            id="values",
        ),
        pytest.param(
            _options(where={"title": {"$ne": None}}), "coerced-query", VALUE, [*CONDITIONS, 0, 1, "$not"], id="indexed"
        ),
        pytest.param(
            _options(where={"or": [{"title": "x"}, {"rank": None}]}),
            "coerced-query",
            "map?",
            [*CONDITIONS, 0, "or", 0, 1],
            id="in an `or`, values last",
        ),
        pytest.param(
            _options(where={"and": [{"title": "x", "rank": 1}, {"due": []}]}),
            "coerced-query",
            "map?",
            [*CONDITIONS, 0, "and", 2, 1],
            id="in an `and`, which has no objects",
        ),
        pytest.param(
            _options(where={"or": [{"and": [{"due": None}]}]}),
            "coerced-query",
            "map?",
            [*CONDITIONS, 0, 1],
            id="in one",
        ),
        pytest.param(
            _options(where={"title": {"$gt": None, "x": 1}, "rank": None}),
            "coerced-query",
            "boolean?",
            [*CONDITIONS, 0, 1, "$gt"],
            id="the deepest fault",
        ),
        pytest.param(
            _options(where={"title": None, "rank": {"x": 1}}),
            "coerced-query",
            "instant.db.instaql/where-value-valid-keys?",
            [*CONDITIONS, 1, 1],
            id="the last of equals",
        ),
        pytest.param(
            _options(fields=[1, "a", 2]),
            "coerced-query",
            "string?",
            [0, "option-map", "fields", 2],
            id="the last label",
        ),
        pytest.param(
            _options(after=[ANN, ANN, 1, None]), "coerced-query", CURSOR, [0, "option-map", "after"], id="no time in it"
        ),
        pytest.param(
            _options(where={"rank": "x"}, order={"note": "asc"}),
            "query",
            "number?",
            ["tasks", "$", "where", "rank"],
            id="types before the order",
        ),
        pytest.param(_options(order={"note": "asc"}), "query", "supported-order?", ["tasks", "$", "order"], id="order"),
        pytest.param(
            _options(before=[], after=[]),
            "query",
            "join-row?",
            ["tasks", "$", "after"],
            id="one cursor before the other",
        ),
        pytest.param(
            {"tasks": {"$": {"aggregate": "count"}, "owner": {"$": {"where": {"age": "x"}}}}},
            "query",
            "number?",
            ["tasks", "owner", "$", "where", "age"],
            id="what is nested before that it is",
        ),
        pytest.param(
            _options(where={"owner": "Ann"}), "query", "uuid?", ["tasks", "$", "where", "owner"], id="no uuid"
        ),
        pytest.param(
            _options(where={"loose": {"$in": ["x", None]}}),
            "query",
            "indexed?",
            ["tasks", "$", "where", "$in", ["x", None]],
            id="null without an index",
        ),
        pytest.param(
            _options(where={"due": {"$gt": "soon"}}),
            "query",
            "date-string?",
            ["tasks", "$", "where", "due", "$gt"],
            id="no date",
        ),
        pytest.param(
            _options(where={"rank": {"$like": 1}}),
            "query",
            "string?",
            ["tasks", "$", "where", "rank", "$like"],
            id="no text in a pattern",
        ),
        pytest.param(
            _options(where={"due": 1e30}), "query", "timestamp?", ["tasks", "$", "where", "due"], id="no time"
        ),
    ],
)
def test_a_fault_names_its_place_and_the_failed_predicate(
    admin: AdminCalls, query: dict[str, Any], data_type: str, predicate: str, at: list[Any]
) -> None:
    answer = ask(admin, query)
    assert (answer.status, answer.type) == (400, "validation-failed")
    (entry,) = answer.hint["errors"]
    assert (answer.hint["data-type"], entry.get("expected", entry.get("expected?")), entry["in"]) == (
        data_type,
        predicate,
        at,
    )


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"tasks": {"$": []}}, id="options that are a list"),
        pytest.param(_options(where={"or": [{}]}), id="an empty alternative"),
        pytest.param(_options(where={"and": [1]}), id="a condition that is a number"),
        pytest.param(_options(where={"due": {"$gt": True}}), id="a date compared with a boolean"),
        pytest.param(_options(where={"due": {"$like": "2026-01-02"}}), id="a pattern for dates"),
        pytest.param(_options(where={"title": {"$like": "Plan\\"}}), id="a lone backslash"),
        pytest.param(_options(where={"title": {"$like": "\0"}}), id="NUL in a pattern"),
        pytest.param(_options(where={"$entityIdStartsWith": 1}), id="a prefix that is a number"),
        pytest.param(_options(limit=2**63 - 1), id="a limit that overflows"),
        pytest.param(_options(aggregate="count", limit=1), id="a count of a page"),
        pytest.param({"tasks": {"owner": {"$": {"aggregate": "count"}}}}, id="a nested count"),
    ],
)
def test_what_a_real_server_breaks_at_is_refused_with_an_explanation(admin: AdminCalls, query: dict[str, Any]) -> None:
    steps = [["update", "tasks", entity_id(5), {"title": "Plan x"}]]
    admin.ok("/admin/transact", {"steps": steps})
    answer = ask(admin, query)
    assert (answer.status, answer.type) == (400, "validation-failed")
    assert answer.body["message"]


@pytest.mark.parametrize("where", [{"title": "a\0"}, {"loose": {"$in": ["\0"]}}, {"id": {"$not": "\0"}}])
def test_a_compared_value_must_not_hold_nul(admin: AdminCalls, where: dict[str, Any]) -> None:
    answer = ask(admin, _options(where=where))
    assert answer.hint["condition"] == "untranslatable-character"


@pytest.mark.parametrize(
    "query", [{"tasks": {"title": {}}}, _options(where={"title.x": 1}), _options(where={"id.x": 1})]
)
def test_a_path_leads_over_links(admin: AdminCalls, query: dict[str, Any]) -> None:
    answer = ask(admin, query)
    assert answer.hint["data-type"] == "attr"
    assert answer.hint["errors"][0].keys() == {"message"}
    assert answer.hint["errors"][0]["message"].endswith("needs to be a link.")


def test_who_counts_is_asked_after_what(admin: AdminCalls) -> None:
    answers = [
        ask(admin, _options(aggregate="count", **more), as_guest="true").hint["errors"][0]
        for more in ({"where": {"rank": "x"}}, {"where": {"unknown": 1}}, {"limit": 1})
    ]
    assert [answer.get("expected", answer.get("expected?")) for answer in answers] == ["number?", "admin?", "admin?"]


def test_a_cursor_belongs_to_its_order(admin: AdminCalls) -> None:
    cursor = [ANN, entity_id(7), 1, 1]
    answer = ask(admin, _options(order={"rank": "asc"}, after=cursor))
    assert answer.hint["errors"][0]["expected"] == "valid-cursor?"
