"""Entities named by a unique attribute, with the quirks of how they are found."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.shapes import by_id, done, eid, link, new_app, rows, value, write
from tests.local.support import AdminCalls

A, B, KEY = eid(0xA), eid(0xB), eid(0x1234)


@pytest.fixture
def pages(instance: LocalInstant) -> AdminCalls:
    """Pages with a unique slug: A has "a", B a UUID."""
    links = link("pages.next", "pages.previous", "one-one") | link("pages.tags", "tags.pages")
    admin = new_app(instance, links, pages={"slug": value("any", "u"), "n": value()}, tags={"name": value("any", "u")})
    done(admin, ["update", "pages", A, {"slug": "a"}], ["update", "pages", B, {"slug": KEY}])
    return admin


@pytest.mark.parametrize("form", [["slug", "a"], {"slug": "a"}, 'lookup__slug__"a"'])
@pytest.mark.parametrize("action", ["update", "merge", "create"])
def test_every_form_names_the_entity(pages: AdminCalls, form: Any, action: str) -> None:
    answer = write(pages, [action, "pages", form, {"n": 1}])
    if action == "create":
        assert answer.type == "validation-failed"
        assert "Creating entities that exist" in answer.body["message"]
    else:
        assert by_id(pages, "pages")[A] == {"slug": "a", "n": 1}


def test_what_matches_nothing_is_made_once(pages: AdminCalls) -> None:
    done(pages, ["update", "pages", ["slug", "new"], {"n": 1}], ["merge", "pages", {"slug": "new"}, {"n": {"m": 2}}])
    (made,) = [row for row in rows(pages, "pages") if row["id"] not in (A, B)]
    assert made == {"id": made["id"], "slug": "new", "n": {"m": 2}}


def test_attribute_of_a_lookup_and_its_entity_are_made_in_one_call(admin: AdminCalls) -> None:
    done(admin, ["merge", "t", ["code", 7], {"v": {"a": 1}}], ["link", "t", ["code", 7], {"to": A}])
    assert [row["code"] for row in rows(admin, "t")] == [7]


def test_an_entity_given_the_value_in_the_same_call_is_not_found(pages: AdminCalls) -> None:
    answer = write(pages, ["update", "pages", eid(1), {"slug": "z"}], ["update", "pages", ["slug", "z"], {"n": 1}])
    assert answer.type == "record-not-unique"


@pytest.mark.parametrize(
    ("action", "status"), [("update", 200), ("merge", 200), ("strict update", 400), ("strict merge", 400)]
)
def test_a_uuid_is_found_by_writes_but_never_exists_for_strict_ones(
    pages: AdminCalls, action: str, status: int
) -> None:
    *strict, name = action.split()
    options = [{"upsert": False}] if strict else []
    answer = write(pages, [name, "pages", ["slug", KEY], {"n": 1}, *options])
    assert answer.status == status
    assert ("n" in by_id(pages, "pages")[B]) is (status == 200)


def test_create_by_a_uuid_writes_onto_the_entity_that_is_there(pages: AdminCalls) -> None:
    done(pages, ["create", "pages", ["slug", KEY], {"n": 1}])
    assert by_id(pages, "pages")[B] == {"slug": KEY, "n": 1}


def test_delete_does_not_find_a_uuid(pages: AdminCalls) -> None:
    done(pages, ["delete", "pages", ["slug", KEY]], ["delete", "pages", ["id", A]])
    assert set(by_id(pages, "pages")) == {A, B}


def test_null_matches_for_delete_and_for_checks_but_not_for_writes(pages: AdminCalls) -> None:
    done(pages, ["update", "pages", ["slug", None], {"n": 1}])
    done(pages, ["update", "pages", ["slug", None], {"n": 2}])
    assert sorted(row["n"] for row in rows(pages, "pages") if "n" in row) == [1, 2]
    assert write(pages, ["create", "pages", ["slug", None], {"n": 3}]).status == 400
    assert write(pages, ["update", "pages", ["slug", None], {"n": 3}, {"upsert": False}]).status == 200
    before = len(rows(pages, "pages"))
    done(pages, ["delete", "pages", ["slug", None]])
    assert len(rows(pages, "pages")) == before - 1


def test_a_merge_by_null_makes_an_entity_too(pages: AdminCalls) -> None:
    done(pages, ["merge", "pages", ["slug", None], {"n": {"a": 1}}], ["unlink", "pages", ["slug", None], {"tags": A}])
    assert [row["n"] for row in rows(pages, "pages") if "n" in row] == [{"a": 1}]


@pytest.mark.parametrize("form", [["id", A], ["id", eid(0x99)]])
def test_a_lookup_by_id_needs_an_entity(pages: AdminCalls, form: list[Any]) -> None:
    answer = write(pages, ["update", "pages", form, {"n": 1}])
    assert answer.status == (200 if form[1] == A else 400)
    if answer.status == 400:
        assert answer.hint["data-type"] == "lookup"
        assert answer.body["message"].count("Updates with lookups can only update the lookup attribute") == 1


def test_the_attribute_of_a_lookup_can_be_changed_where_the_entity_exists(pages: AdminCalls) -> None:
    done(pages, ["update", "pages", ["slug", "a"], {"slug": "b"}])
    assert by_id(pages, "pages")[A] == {"slug": "b"}
    refused = write(pages, ["update", "pages", ["slug", "q"], {"slug": "q"}])
    assert refused.hint["data-type"] == "lookup"
    done(pages, ["merge", "pages", ["slug", "r"], {"slug": "s"}])
    assert "s" in {row["slug"] for row in rows(pages, "pages")}


@pytest.mark.parametrize("name", ["next", "next.id"])
def test_a_one_to_one_link_names_its_source(pages: AdminCalls, name: str) -> None:
    done(pages, ["link", "pages", A, {"next": B}])
    done(pages, ["update", "pages", [name, B], {"n": 5}])
    assert by_id(pages, "pages")[A]["n"] == 5


@pytest.mark.parametrize(
    ("form", "message"),
    [
        (["n", 1], "n is not a unique attribute on pages"),
        (["tags", A], "tags is not a unique attribute on pages"),
        (["previous", A], "previous is not a unique attribute on pages"),
        (["next.slug", "a"], "next.slug is not a valid lookup attribute."),
        ({"n": 1}, "n is not a unique attribute on pages"),
        ("lookup__n__1", "n is not a unique attribute on pages"),
        ('lookup__next.slug__"a"', "next.slug is not a valid lookup attribute."),
        ({"slug": "a", "n": 1}, "lookup must be an object with a single unique attr and value."),
        ({}, "lookup must be an object with a single unique attr and value."),
        ("lookup__slug__a", "lookup value is invalid"),
    ],
)
def test_what_cannot_be_looked_up_is_refused(pages: AdminCalls, form: Any, message: str) -> None:
    answer = write(pages, ["update", "pages", form, {"n": 1}])
    assert (answer.hint["data-type"], answer.hint["input"]) == ("lookup", form)
    assert message in answer.body["message"]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"name": "x"}, ["x"]),
        ('lookup__name__"x"', ["x"]),
        ([{"name": "x"}, {"name": "y"}], ["x", "y"]),
        ([["name", "y"]], ["y"]),
        ({"name": "x", "id": eid(0x21)}, ["x", "y"]),
        ([], []),
        ({}, []),
    ],
)
def test_links_lead_to_what_lookups_name(pages: AdminCalls, given: Any, names: list[str]) -> None:
    done(pages, ["update", "tags", eid(0x20), {"name": "x"}], ["update", "tags", eid(0x21), {"name": "y"}])
    done(pages, ["link", "pages", A, {"tags": given}])
    assert [tag["name"] for tag in by_id(pages, "pages", tags={})[A]["tags"]] == names


def test_a_target_that_a_lookup_does_not_match_must_be_made_in_the_same_call(pages: AdminCalls) -> None:
    assert write(pages, ["link", "pages", A, {"tags": {"name": "z"}}]).hint["data-type"] == "lookup"
    done(pages, ["link", "pages", A, {"tags": {"name": "z"}}], ["update", "tags", {"name": "z"}, {}])
    assert [tag["name"] for tag in by_id(pages, "pages", tags={})[A]["tags"]] == ["z"]


def test_through_a_reverse_label_a_missing_lookup_makes_an_entity_without_id(pages: AdminCalls) -> None:
    done(pages, ["update", "tags", A, {"name": "t"}], ["link", "tags", A, {"pages": {"slug": "ghost"}}])
    assert set(by_id(pages, "pages")) == {A, B}
    assert by_id(pages, "tags", pages={})[A]["pages"] == [{"slug": "ghost"}]
    done(pages, ["update", "pages", ["slug", "ghost"], {"n": 1}])
    (tag,) = rows(pages, "tags", pages={})
    assert tag["pages"][0].keys() == {"id", "slug", "n"}


def test_an_attribute_deleted_in_the_call_is_no_longer_looked_up(pages: AdminCalls) -> None:
    attributes = pages.get("/admin/schema").body["schema"]["blobs"]["pages"]
    lookup = ["slug", "a"]
    done(
        pages,
        ["delete-attr", attributes["slug"]["id"]],
        ["update", "pages", lookup, {"n": 1}],
        ["merge", "pages", lookup, {"n": 2}],
    )
    assert [row["n"] for row in rows(pages, "pages") if "n" in row] == [2]


@pytest.mark.parametrize("scalar", [5, None, True, 10**20])
def test_a_scalar_that_makes_a_list_of_targets_look_like_a_lookup_is_no_target(pages: AdminCalls, scalar: Any) -> None:
    forward = write(pages, ["link", "pages", A, {"next": [B, scalar]}])
    assert (forward.type, forward.hint["attribute"], forward.hint["value"]) == ("validation-failed", "next", scalar)
    reverse = write(pages, ["link", "pages", A, {"previous": [B, scalar]}])
    assert (reverse.hint["data-type"], reverse.hint["errors"][0]["in"]) == ("tx-steps", [1, 1])
    done(pages, ["unlink", "pages", A, {"next": [B, scalar]}])


@pytest.mark.parametrize("action", ["link", "unlink"])
@pytest.mark.parametrize("label", ["next", "previous", "n", "fresh"])
@pytest.mark.parametrize("inner", [[], ["slug"], [1, 2], ["slug", "a", "b"]])
def test_a_list_that_is_no_pair_is_no_lookup(pages: AdminCalls, action: str, label: str, inner: list[Any]) -> None:
    answer = write(pages, [action, "pages", A, {label: [B, inner]}])
    assert (answer.status, answer.hint["data-type"]) == (400, "lookup")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('"b"', "b"),
        (' "b" and what follows', "b"),
        ('"a\tb"', "a\tb"),
        ('"\\ud800"', "?"),
        (f'"{KEY.upper()}"', KEY),
        (f'{{"{KEY.upper()}": [null]}}', {KEY: [None]}),
        ("1e400", "Infinity"),
        ("-0.0", 0.0),
        ("1e22", 10**22),
        ("null", None),
        ("", None),
    ],
)
def test_the_value_in_a_text_is_read_as_bodies_are(pages: AdminCalls, text: str, read: Any) -> None:
    done(pages, ["update", "pages", f"lookup__slug__{text}", {"n": 1}])
    assert [row["slug"] for row in rows(pages, "pages") if "n" in row] == [read]


@pytest.mark.parametrize("text", ["b", "NaN", "01", "5x", KEY, "2025-01-02", "'b'", '"b', "[1", "{", " "])
def test_a_text_without_a_value_is_no_lookup(pages: AdminCalls, text: str) -> None:
    answer = write(pages, ["update", "pages", f"lookup__slug__{text}", {"n": 1}])
    assert answer.hint["input"] == f"lookup__slug__{text}"
    assert answer.hint["errors"][0]["hint"] == {"attribute": "slug", "value": text}


@pytest.mark.parametrize("given", [5, 10**20, None, [1], {"a": 1}, "x"])
def test_no_id_but_a_text_is_looked_up(pages: AdminCalls, given: Any) -> None:
    answer = write(pages, ["link", "pages", A, {"next": {"id": given}}])
    assert (answer.status, answer.hint["data-type"]) == (400, "lookup")
    done(pages, ["unlink", "pages", A, {"next": {"id": given}}])


@pytest.mark.parametrize("text", ["\0", ["a", {"b": "\0"}], {"\0": 1}])
@pytest.mark.parametrize(
    "step",
    [
        ["update", "pages", "?", {"n": 1}],
        ["update", "pages", "?", {"n": 1}, {"upsert": False}],
        ["merge", "pages", "?", {"n": 1}],
        ["create", "pages", "?", {}],
        ["link", "pages", "?", {}],
        ["unlink", "pages", "?", {"tags": A}],
        ["delete", "pages", "?"],
        ["link", "pages", A, {"next": "?"}],
        ["link", "pages", A, {"previous": ["?"]}],
    ],
)
def test_the_character_nul_is_refused_in_lookups_as_in_values(pages: AdminCalls, step: list[Any], text: Any) -> None:
    answer = write(pages, _with_lookup(step, {"slug": text}))
    assert answer.status == 400
    assert answer.hint == {"table": None, "condition": "untranslatable-character", "constraint": None}


def _with_lookup(part: Any, lookup: dict[str, Any]) -> Any:
    """A step with a lookup in place of the question mark."""
    if isinstance(part, list):
        return [_with_lookup(item, lookup) for item in part]
    if isinstance(part, dict):
        return {key: _with_lookup(item, lookup) for key, item in part.items()}
    return lookup if part == "?" else part
