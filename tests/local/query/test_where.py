"""What conditions find, and which of them speak of the same target."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local.query.library import ANN, BOB, HOT, NEW, NOBODY, PLAN, SHIP, TEST, ask, entity_id, found
from tests.local.support import AdminCalls

ANN_OWNS, BOB_REVIEWS = {"owner.name": "Ann"}, {"reviewer.name": "Bob"}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param({**ANN_OWNS, **BOB_REVIEWS}, [], id="keys of one object share the person"),
        pytest.param({"owner.name": "Bob", **BOB_REVIEWS}, [TEST], id="who is owner and reviewer"),
        pytest.param({"and": [ANN_OWNS, BOB_REVIEWS]}, [PLAN], id="in a list each has its own"),
        pytest.param({**ANN_OWNS, "and": [BOB_REVIEWS]}, [], id="a list of one is none"),
        pytest.param({**ANN_OWNS, "or": [{"and": [BOB_REVIEWS]}]}, [], id="nor are lists of one in lists of one"),
        pytest.param({**ANN_OWNS, "and": [BOB_REVIEWS, {"rank": 1}]}, [PLAN], id="a list of two is one"),
        pytest.param({**ANN_OWNS, "and": [{**BOB_REVIEWS, "rank": 1}]}, [PLAN], id="two keys of one element are two"),
        pytest.param({**ANN_OWNS, "or": [BOB_REVIEWS, {"reviewer.name": "x"}]}, [], id="values of one key are an $in"),
        pytest.param({**ANN_OWNS, "or": [BOB_REVIEWS, {"rank": 9}]}, [PLAN], id="two keys are alternatives"),
        pytest.param({**ANN_OWNS, "reviewer.name": {"$not": "Ann"}}, [PLAN], id="$not has its own"),
        pytest.param({**ANN_OWNS, "reviewer.nick": {"$isNull": True}}, [PLAN], id="$isNull has its own"),
        pytest.param({**ANN_OWNS, "reviewer.age": {"$isNull": False}}, [], id="$isNull false shares"),
        pytest.param({**ANN_OWNS, "reviewer": BOB}, [PLAN], id="a link compared with an id names nobody"),
        pytest.param({**ANN_OWNS, "reviewer.id": BOB}, [], id="its id does"),
        pytest.param({"tags": NEW, "tags.label": "hot"}, [PLAN], id="several targets of one link"),
        pytest.param(
            {**ANN_OWNS, "or": [{"and": [BOB_REVIEWS]}, {"reviewer.name": "x"}]}, [PLAN], id="but not those of a list"
        ),
        pytest.param({**ANN_OWNS, "x/and": [BOB_REVIEWS]}, [], id="a list under a name with a slash"),
        pytest.param(
            {**ANN_OWNS, "or": [{"reviewer.age": 40}, {"reviewer.age": {"$isNull": True}}]},
            [],
            id="null is one of them",
        ),
        pytest.param({"owner.buddy.name": "Bob", "owner.name": "Ann"}, [PLAN], id="over two steps"),
        pytest.param({"owner.buddy.name": "Bob", "owner.name": "Bob"}, [], id="at each depth the same"),
        pytest.param({"reviewer.buddyOf.name": "Ann"}, [PLAN, TEST], id="backwards over a link of one to one"),
    ],
)
def test_which_targets_conditions_share(admin: AdminCalls, where: dict[str, Any], expected: list[str]) -> None:
    assert found(admin, "tasks", where=where) == expected


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        pytest.param({"title": {"$in": ["Ship", "Plan", "Plan"]}}, [PLAN, SHIP], id="members once"),
        pytest.param({"title": {"$in": []}}, [], id="no members"),
        pytest.param({"rank": {"$in": [None, 2.0]}}, [TEST, SHIP], id="null members"),
        pytest.param({"rank": {"$not": 1}}, [TEST, SHIP], id="$not finds null"),
        pytest.param({"note": {"$not": "n"}}, [PLAN, SHIP], id="$not finds what was never set"),
        pytest.param({"owner.age": {"$not": 30}}, [TEST, SHIP], id="$not finds a missing link"),
        pytest.param({"owner": {"$not": ANN}}, [TEST, SHIP], id="$not of a link"),
        pytest.param({"tags": {"$not": HOT}}, [PLAN, SHIP], id="$not of one of several targets"),
        pytest.param({"title": {"$lt": "Z"}, "rank": {"$gte": 1}}, [PLAN, TEST], id="ranges"),
        pytest.param({"and": [{"rank": {"$gt": 1}}, {"rank": {"$lt": 2}}]}, [], id="between"),
        pytest.param({"rank": {"$gte": 2, "$lt": 2}}, [TEST], id="only the first operator counts"),
        pytest.param({"rank": {"$gte": 2, "$isNull": True}}, [SHIP], id="but $isNull true before all"),
        pytest.param({"rank": {"$ne": 2, "$gte": 2}}, [TEST], id="and $ne after all"),
        pytest.param(
            {"note": {"$in": ["x"], "$not": "n"}}, [PLAN, SHIP], id="$not finds what is unset, wherever it is"
        ),
        pytest.param({"owner.age": {"$gt": 30, "$ne": 1}}, [TEST, SHIP], id="and what has no link"),
        pytest.param({"or": [{"owner.age": {"$isNull": True}}, {"owner.age": 30}]}, [PLAN], id="null or a value"),
        pytest.param({"or": [{"owner.nick": {"$isNull": True}}, {"owner.nick": "A"}]}, [PLAN, TEST, SHIP], id="unset"),
        pytest.param({"title": {"$like": "%l_n"}}, [PLAN], id="$like"),
        pytest.param({"title": {"$ilike": "S%"}}, [SHIP], id="$ilike"),
        pytest.param({"due": "1/2/2026"}, [PLAN], id="dates by instant"),
        pytest.param({"due": {"$lt": "now"}}, [PLAN], id="words for dates in ranges"),
        pytest.param({"$entityIdStartsWith": "00000003-"}, [SHIP], id="prefix of the id"),
        pytest.param({"owner.$entityIdStartsWith": "0000000C"}, [TEST], id="prefix at the end of a path"),
        pytest.param({"$entityIdStartsWith": {"$not": "00000003"}}, [], id="no other prefix"),
        pytest.param({"$entityIdStartsWith": {"$isNull": False}}, [], id="a prefix is no attribute"),
        pytest.param(
            {"or": [{"$entityIdStartsWith": "00000003"}, {"$entityIdStartsWith": "00000001"}]},
            [PLAN, SHIP],
            id="either prefix",
        ),
        pytest.param({"owner": " " + ANN.upper() + " "}, [PLAN], id="links by id in any case"),
        pytest.param({"owner.id": ANN.upper()}, [], id="ids as they are written"),
        pytest.param({"owner.name.": "Ann"}, [PLAN], id="a dot at the end"),
        pytest.param({"x/owner.name": "Ann"}, [PLAN], id="a name after a slash"),
        pytest.param({"title": {"$entityId": 1}}, "string?", id="an operator that is none"),
        pytest.param({"loose": {}}, [], id="a value of no type"),
        pytest.param({"unknown": 1, "rank": "x"}, [], id="the first fault decides: unknown"),
        pytest.param({"rank": "x", "unknown": 1}, "number?", id="the first fault decides: type"),
        pytest.param({"or": [{"rank": "x"}, {"unknown": {"$gt": 1}}]}, [], id="in an `or` operators are before values"),
    ],
)
def test_what_conditions_find(admin: AdminCalls, where: dict[str, Any], expected: list[str] | str) -> None:
    if isinstance(expected, str):
        answer = ask(admin, {"tasks": {"$": {"where": where}}})
        assert answer.hint["errors"][0]["expected?"] == expected
    else:
        assert found(admin, "tasks", where=where) == expected


@pytest.mark.parametrize("value", [2**53 + 1, 10**18 + 1, 2**63, 2**64 + 1, 10**30, 1e300, -0.0, 0.1, 1e-7])
def test_a_number_is_found_by_exactly_its_value(admin: AdminCalls, value: float) -> None:
    admin.ok("/admin/transact", {"steps": [["update", "tasks", PLAN, {"loose": value}]]})
    assert found(admin, "tasks", where={"loose": value}) == [PLAN]
    other = value + 1 if isinstance(value, int) else value * 1.5 + 1
    assert found(admin, "tasks", where={"loose": other}) == []


def test_typed_and_indexed_numbers_compare_as_doubles(admin: AdminCalls) -> None:
    admin.ok("/admin/transact", {"steps": [["update", "tasks", PLAN, {"rank": 2**53}]]})
    assert found(admin, "tasks", where={"rank": 2**53 + 1}) == [PLAN]


@pytest.mark.parametrize("text", ["", "é", "e\u0301", "😀", 'a"b\\c', "'; --", "\u2028", "a%b_c"])
def test_a_text_is_found_by_itself_alone(admin: AdminCalls, text: str) -> None:
    admin.ok("/admin/transact", {"steps": [["update", "tasks", PLAN, {"title": text, "note": text}]]})
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    for where in ({"title": text}, {"note": text}, {"title": {"$like": escaped}}, {"title": {"$in": [text, "x"]}}):
        assert found(admin, "tasks", where=where) == [PLAN]
    assert found(admin, "tasks", where={"title": text + "x"}) == []


def test_a_list_may_have_thousands_of_conditions(admin: AdminCalls) -> None:
    others = [{"title": f"x{number}", "rank": number} for number in range(1200)]
    assert found(admin, "tasks", where={"or": [*others, {"title": "Plan", "rank": 1}]}) == [PLAN]
    assert found(admin, "tasks", where={"and": [{"title": {"$not": f"x{number}"}} for number in range(1200)]}) == [
        PLAN,
        TEST,
        SHIP,
    ]


def test_names_may_hold_quotes_and_blanks(admin: AdminCalls) -> None:
    name, label = 'it\'s a "name"', 'a "label" of it\'s'
    admin.ok("/admin/transact", {"steps": [["update", name, entity_id(1), {label: "x"}]]})
    assert found(admin, name, where={label: "x"}) == [entity_id(1)]


def test_a_dangling_link_is_set_and_leads_to_nothing(admin: AdminCalls) -> None:
    admin.ok("/admin/transact", {"steps": [["link", "tasks", SHIP, {"owner": NOBODY}]]})
    assert found(admin, "tasks", where={"owner": NOBODY}) == [SHIP]
    assert found(admin, "tasks", where={"owner": {"$isNull": False}}) == [PLAN, TEST, SHIP]
    assert found(admin, "tasks", where={"owner.name": {"$not": "Ann"}}) == [TEST]
    assert found(admin, "tasks", where={"owner.nick": {"$isNull": True}}) == [TEST]


def test_a_source_that_only_a_link_made_is_found_by_the_link_and_listed_nowhere(admin: AdminCalls) -> None:
    admin.ok("/admin/transact", {"steps": [["link", "tasks", NOBODY, {"owner": ANN}]]})
    assert ask(admin, {"tasks": {"$": {"where": {"owner": ANN}}}}).body["tasks"][0] == {"owner": ANN}
    assert ask(admin, {"people": {"$": {"where": {"id": ANN}}, "owned": {}}}).body["people"][0]["owned"][0] == {
        "owner": ANN
    }
    assert NOBODY not in found(admin, "tasks")
    assert found(admin, "tasks", where={"owner": ANN}, order={"serverCreatedAt": "asc"}) == [PLAN]
