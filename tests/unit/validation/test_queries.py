"""What the full checks say of queries, with a schema and without."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin import InvalidArgumentError, i
from instant_admin._core.validation.queries import check_query
from instant_admin._core.validation.tables import compile_schema

ID, OTHER = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa", "AAAAAAAA-0000-9000-0000-AAAAAAAAAAAA"
SCHEMA = i.schema(
    entities={
        "goals": i.entity(
            {
                "title": i.string().indexed(),
                "note": i.string(),
                "rank": i.number().indexed(),
                "weight": i.number(),
                "done": i.boolean(),
                "due": i.date().indexed(),
                "meta": i.json().indexed(),
            }
        ),
        "todos": i.entity({"title": i.string()}),
    },
    links={
        "goalsTodos": {
            "forward": {"on": "todos", "label": "goal", "has": "one"},
            "reverse": {"on": "goals", "label": "todos", "has": "many"},
        },
        "goalsOwner": {
            "forward": {"on": "goals", "label": "owner", "has": "one"},
            "reverse": {"on": "$users", "label": "goals", "has": "many"},
        },
    },
)
TABLES = compile_schema(SCHEMA, with_system=True)


def _where(**conditions: Any) -> dict[str, Any]:
    return {"goals": {"$": {"where": conditions}}}


def _options(**options: Any) -> dict[str, Any]:
    return {"goals": {"$": options}}


# What the server refuses or misreads without a schema too: query, path, words of the text.
WITHOUT_SCHEMA: dict[str, tuple[dict[str, Any], str, str]] = {
    "a list as a form": ({"goals": []}, "goals", "expected an object: {} or"),
    "None as a form": ({"goals": None}, "goals", "got null (None)"),
    "True as a link's form": ({"goals": {"todos": True}}, "goals.todos", "expected an object"),
    "a list as options": ({"goals": {"$": []}}, "goals.$", "an object of options"),
    "None as options": ({"goals": {"$": None}}, "goals.$", "an object of options"),
    "options of a link that are text": ({"a": {"b": {"$": "x"}}}, "a.b.$", "an object of options"),
    "a number of more digits than Python writes": (_options(limit=-(10**5000)), "goals.$.limit", "too many digits"),
    "a misspelt option": (_options(wher={}), "goals.$", "no option 'wher'. Did you mean 'where'?"),
    "a misspelt option of a link": ({"a": {"b": {"c": {"$": {"limt": 1}}}}}, "a.b.c.$", "Did you mean 'limit'?"),
    "an offset of a link": ({"a": {"b": {"$": {"offset": 1}}}}, "a.b.$", "'offset' works for namespaces at the top"),
    "rule parameters that are a list": ({"$$ruleParams": []}, "$$ruleParams", "rule parameters by name"),
    "rule parameters that are text": ({"$$ruleParams": "x"}, "$$ruleParams", "rule parameters by name"),
    "a slash in a namespace": ({"my/goals": {}}, "my/goals", "drops all of a name up to its slash"),
    "a slash in a link": ({"a": {"b/c": {}}}, "a.b/c", "drops all of a name up to its slash"),
    "a slash in a condition": (_where(**{"a/b": 1}), "goals.$.where.a/b", "up to its slash"),
    "conditions that are text": (_options(where="x"), "goals.$.where", "an object of conditions"),
    "conditions that are a list": (_options(where=[{}]), "goals.$.where", "an object of conditions"),
    "several operators": (
        _where(rank={"$gte": 1, "$lt": 5}),
        "goals.$.where.rank",
        "drops all but the first. Write {'and': [{'rank': {'$gte': 1}}, {'rank': {'$lt': 5}}]}",
    ),
    "several operators at the end of a path": (
        {"a": {"b": {"$": {"where": {"c.d": {"$ne": 1, "$in": [2]}}}}}},
        "a.b.$.where.c.d",
        "{'and': [{'c.d': {'$ne': 1}}, {'c.d': {'$in': [2]}}]}",
    ),
    "several operators deep in alternatives": (
        _where(**{"or": [{"a": 1}, {"and": [{"rank": {"$gt": 1, "$lt": 2}}]}]}),
        "goals.$.where.or[1].and[0].rank",
        "expected one operator, got 2",
    ),
    "a misspelt operator": (_where(rank={"$gtt": 1}), "goals.$.where.rank.$gtt", "Did you mean '$gt'?"),
    "members that are no list": (_where(rank={"$in": 1}), "goals.$.where.rank.$in", "expected a list, got 1"),
    "a pattern that is a number": (_where(title={"$like": 1}), "goals.$.where.title.$like", "a pattern (text)"),
    "a question that is text": (_where(title={"$isNull": "x"}), "goals.$.where.title.$isNull", "True or False"),
    "no alternatives": (_where(**{"or": []}), "goals.$.where.or", "at least one condition"),
    "only empty conditions": (_where(**{"and": [{}]}), "goals.$.where.and", "at least one condition"),
    "an empty alternative": (_where(**{"or": [{"a": 1}, {}]}), "goals.$.where.or[1]", "an object of conditions"),
    "an alternative that is text": (_where(**{"or": [{"a": 1}, "b"]}), "goals.$.where.or[1]", "got 'b'"),
    "alternatives that are an object": (_where(**{"or": {"a": 1}}), "goals.$.where.or", "a list of conditions"),
    "a path that ends in a dot": (_where(**{"owner.": 1}), "goals.$.where.owner.", "not in a dot"),
    "an id that is no UUID": (_where(id="1"), "goals.$.where.id", "the id of an entity (a UUID), got '1'"),
    "an id at the end of a path": (_where(**{"owner.id": "1"}), "goals.$.where.owner.id", "(a UUID)"),
    "ids that are no UUIDs": (_where(id={"$in": [ID, "2"]}), "goals.$.where.id.$in", "got '2'"),
    "not an id": (_where(id={"$not": 5}), "goals.$.where.id.$not", "(a UUID), got 5"),
    "ids in order": (_where(id={"$gt": ID}), "goals.$.where.id.$gt", "ids have no order"),
    "ids like": (_where(id={"$like": "a%"}), "goals.$.where.id.$like", "ids are no text to be searched"),
    "the beginning of an id as number": (
        _where(**{"$entityIdStartsWith": 1}),
        "goals.$.where.$entityIdStartsWith",
        "text",
    ),
    "a limit of nothing": (_options(limit=0), "goals.$.limit", "a whole number above 0, got 0"),
    "a limit with a point": (_options(limit=1.0), "goals.$.limit", "a whole number above 0, got 1.0"),
    "a limit of True": (_options(first=True), "goals.$.first", "got True"),
    "a limit of a link": ({"a": {"b": {"$": {"limit": "5"}}}}, "a.b.$.limit", "got '5'"),
    "two limits": (_options(limit=1, last=2), "goals.$", "expected one of limit, first and last, got limit and last"),
    "a negative offset": (_options(offset=-1), "goals.$.offset", "0 or more, got -1"),
    "a cursor that is text": (_options(after="x"), "goals.$.after", "a cursor from page info"),
    "a cursor that is too short": (_options(before=[ID, ID]), "goals.$.before", "a cursor from page info"),
    "a cursor of texts": (_options(after=[ID, ID, "x", "now"]), "goals.$.after", "a cursor from page info"),
    "an inclusive that is text": (_options(afterInclusive="yes"), "goals.$.afterInclusive", "True or False"),
    "an order that is text": (_options(order="title"), "goals.$.order", "an object such as {'title': 'asc'}"),
    "an order by two": (_options(order={"a": "asc", "b": "asc"}), "goals.$.order", "one attribute, got 2: 'a', 'b'"),
    "a direction in capitals": (_options(order={"a": "ASC"}), "goals.$.order.a", "'asc' or 'desc', got 'ASC'"),
    "fields that are text": (_options(fields="title"), "goals.$.fields", "a list of attributes' names"),
    "a field that is a number": (_options(fields=["a", 1]), "goals.$.fields[1]", "an attribute's name, got 1"),
    "an unknown aggregate": (_options(aggregate="sum"), "goals.$.aggregate", "expected 'count', got 'sum'"),
    "an aggregate of a link": ({"a": {"b": {"$": {"aggregate": "count"}}}}, "a.b.$.aggregate", "at the top"),
    "an aggregate beside links": ({"a": {"$": {"aggregate": "count"}, "b": {}}}, "a.$.aggregate", "without links"),
    "an aggregate of a page": (_options(aggregate="count", limit=1), "goals.$.aggregate", "together with 'limit'"),
}

# What only a schema can tell.
WITH_SCHEMA: dict[str, tuple[dict[str, Any], str, str]] = {
    "a misspelt namespace": ({"gaols": {}}, "gaols", "no namespace 'gaols'. Did you mean 'goals'?"),
    "a namespace in capitals": ({"Goals": {}}, "Goals", "Did you mean 'goals'?"),
    "a misspelt link": (
        {"goals": {"todoes": {}}},
        "goals.todoes",
        "'goals' has no link 'todoes'. Did you mean 'todos'?",
    ),
    "an attribute as a link": ({"goals": {"title": {}}}, "goals.title", "'title' is an attribute, which comes without"),
    "a link of another namespace": ({"todos": {"owner": {}}}, "todos.owner", "Known: goal."),
    "a misspelt link of a link": ({"goals": {"todos": {"gaol": {}}}}, "goals.todos.gaol", "Did you mean 'goal'?"),
    "a misspelt attribute": (
        _where(rnak=1),
        "goals.$.where.rnak",
        "'goals' has no attribute or link 'rnak'. Did you mean 'rank'?",
    ),
    "a misspelt attribute of a link": (_where(**{"owner.emial": "x"}), "goals.$.where.owner.emial", "'email'?"),
    "the beginning of an id behind a misspelt link": (
        _where(**{"ownre.$entityIdStartsWith": "a"}),
        "goals.$.where.ownre.$entityIdStartsWith",
        "Did you mean 'owner'?",
    ),
    "a path through an attribute": (_where(**{"title.x": 1}), "goals.$.where.title.x", "has no link 'title'"),
    "a text for a number": (_where(rank="high"), "goals.$.where.rank", "expected a number for goals.rank, got 'high'."),
    "a boolean for a number": (_where(rank=True), "goals.$.where.rank", "expected a number for goals.rank, got True."),
    "a number for a text": (_where(title=5), "goals.$.where.title", "expected a text for goals.title, got 5."),
    "a text for a boolean": (_where(done="yes"), "goals.$.where.done", "True or False for goals.done, got 'yes'."),
    "a boolean for a date": (_where(due=True), "goals.$.where.due", "a date (a datetime, ISO text or epoch millis"),
    "None": (_where(title=None), "goals.$.where.title", "write {'$isNull': True}"),
    "None in a comparison": (_where(rank={"$gt": None}), "goals.$.where.rank.$gt", "write {'$isNull': True}"),
    "a list": (_where(title=["a"]), "goals.$.where.title", "write {'$in': [...]}"),
    "an object": (_where(title={"a": 1}), "goals.$.where.title.a", "there is no operator 'a'"),
    "no operator": (_where(title={}), "goals.$.where.title", "expected an operator, got {}"),
    "an object to compare JSON with": (_where(meta={"a": 1}), "goals.$.where.meta.a", "there is no operator 'a'"),
    "a wrong member": (_where(rank={"$in": [1, "2"]}), "goals.$.where.rank.$in", "got '2'"),
    "a wrong operand": (
        _where(rank={"$gt": "2"}),
        "goals.$.where.rank.$gt",
        "expected a number for goals.rank, got '2'",
    ),
    "None as a member without an index": (
        _where(note={"$in": [None]}),
        "goals.$.where.note.$in",
        "is indexed, and goals.note is not",
    ),
    "a comparison without an index": (
        _where(weight={"$gt": 1}),
        "goals.$.where.weight.$gt",
        "add .indexed() to goals.weight",
    ),
    "a comparison without a type": (
        _where(meta={"$gt": 1}),
        "goals.$.where.meta.$gt",
        "needs an attribute with a type",
    ),
    "a pattern without an index": (_where(note={"$like": "a%"}), "goals.$.where.note.$like", "add .indexed()"),
    "a pattern for a number": (_where(rank={"$ilike": "a%"}), "goals.$.where.rank.$ilike", "goals.rank is a number"),
    "a link compared with a text": (
        _where(owner="ana"),
        "goals.$.where.owner",
        "the id of an entity (a UUID), got 'ana'",
    ),
    "a link compared with a number": (_where(owner=5), "goals.$.where.owner", "got 5"),
    "a link among texts": (_where(owner={"$in": ["ana"]}), "goals.$.where.owner.$in", "got 'ana'"),
    "a link in order": (_where(owner={"$lt": ID}), "goals.$.where.owner.$lt", "ids have no order"),
    "a combinator that is a text": (_where(**{"and": "x"}), "goals.$.where.and", "a list of conditions"),
    "an order by a misspelt attribute": (
        _options(order={"titel": "asc"}),
        "goals.$.order.titel",
        "Did you mean 'title'?",
    ),
    "an order without an index": (_options(order={"weight": "asc"}), "goals.$.order.weight", "add .indexed()"),
    "an order without a type": (
        _options(order={"meta": "asc"}),
        "goals.$.order.meta",
        "needs an attribute with a type",
    ),
    "an order by a link": (_options(order={"owner": "asc"}), "goals.$.order.owner", "cannot be ordered by goals.owner"),
    "an order by id": (_options(order={"id": "asc"}), "goals.$.order.id", "serverCreatedAt"),
    "an order of a link by nothing": (
        {"goals": {"todos": {"$": {"order": {"x": "asc"}}}}},
        "goals.todos.$.order.x",
        "Known",
    ),
    "a misspelt field": (_options(fields=["title", "rnk"]), "goals.$.fields[1]", "Did you mean 'rank'?"),
    "a link among the fields": (
        _options(fields=["todos"]),
        "goals.$.fields[0]",
        "ask for it beside '$': {'todos': {}}",
    ),
}


def _refusal(query: dict[str, Any], tables: Any) -> InvalidArgumentError:
    with pytest.raises(InvalidArgumentError) as caught:
        check_query(query, tables)
    return caught.value


@pytest.mark.parametrize(("query", "path", "words"), WITHOUT_SCHEMA.values(), ids=WITHOUT_SCHEMA)
def test_fault_is_told_without_a_schema(query: dict[str, Any], path: str, words: str) -> None:
    error = _refusal(query, None)
    assert error.path == path
    assert str(error).startswith(f"{path}: ")
    assert words in str(error)


@pytest.mark.parametrize(("query", "path", "words"), WITH_SCHEMA.values(), ids=WITH_SCHEMA)
def test_fault_is_told_with_a_schema(query: dict[str, Any], path: str, words: str) -> None:
    error = _refusal(query, TABLES)
    assert (error.path, words in str(error)) == (path, True), str(error)
    check_query(query, None)  # nobody could know


ACCEPTED: dict[str, dict[str, Any]] = {
    "nothing": {},
    "namespaces": {"goals": {}, "todos": {}},
    "what every app has": {"$users": {"linkedPrimaryUser": {}}, "$files": {}, "$streams": {"$files": {}}},
    "links to any depth": {"goals": {"todos": {"goal": {"owner": {"goals": {}}}}}},
    "rule parameters": {"$$ruleParams": {"k": [1]}, "goals": {}},
    "plain values": _where(title="x", rank=1, weight=1.5, done=True, due="2026-01-02", meta="x"),
    "dates as numbers": _where(due=1767323045123),
    "one operator each": _where(rank={"$gt": 1}, title={"$like": "a%"}, note={"$ne": "x"}, due={"$lte": "now"}),
    "members": _where(rank={"$in": [1, None]}, note={"in": ["a"]}, owner={"$in": [ID]}),
    "no members": _where(rank={"$in": []}),
    "questions": _where(owner={"$isNull": True}, title={"$isNull": False}),
    "ids of any version and case": _where(id=ID, owner=OTHER, **{"todos.id": {"$ne": OTHER}}),
    "paths": _where(
        **{"todos.title": "x", "owner.email": {"$ilike": "%@b.co"}, "todos.goal.rank": 5, "owner.goals": ID}
    ),
    "the beginning of an id": _where(**{"$entityIdStartsWith": "ab", "owner.$entityIdStartsWith": "c"}),
    "combinations": _where(**{"and": [{}, {"or": [{"rank": 1}, {"title": "x"}]}], "done": True}),
    "options that are null": _options(where=None, order=None, limit=None, fields=None, aggregate=None),
    "pages": _options(limit=1, offset=0, order={"title": "desc"}, after=[ID, ID, None, 5], afterInclusive=True),
    "no order": _options(order={}),
    "an order by creation": _options(order={"serverCreatedAt": "desc"}, last=5),
    "an order of a link in memory": {"goals": {"todos": {"$": {"order": {"title": "asc"}, "limit": 5}}}},
    "fields": _options(fields=["id", "title", "owner"]),
    "no fields": _options(fields=[]),
    "an aggregate": _options(aggregate="count", where={"rank": 1}),
}


@pytest.mark.parametrize("query", ACCEPTED.values(), ids=ACCEPTED)
def test_sound_query_is_accepted(query: dict[str, Any]) -> None:
    check_query(query, TABLES)
    check_query(query, None)


def test_without_a_schema_values_are_left_to_the_server() -> None:
    check_query(_where(a=None, b=[1], c={"x": 1}, d={}, e={"$gt": None}), None)


def test_attributes_named_like_combinators_can_be_compared() -> None:
    tables = compile_schema(i.schema(entities={"a": i.entity({"or": i.number()})}), with_system=True)
    check_query({"a": {"$": {"where": {"or": 5}}}}, tables)
    assert _refusal({"a": {"$": {"where": {"or": "x"}}}}, tables).path == "a.$.where.or"


def test_long_values_are_cut_and_long_lists_of_names_too() -> None:
    entities = {f"kind{number}": i.entity({}) for number in range(50)}
    tables = compile_schema(i.schema(entities=entities), with_system=True)
    text = str(_refusal({"x" * 10_000: {}}, tables))
    assert "and 41 more" in text
    assert len(str(_refusal(_where(title=[["x" * 10_000]]), TABLES))) < 300
