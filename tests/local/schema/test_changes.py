"""Changing attributes that exist: renames, flags at once, deletions, and bringing back what was deleted."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from instant_admin.local import LocalInstant
from instant_admin.local.errors import Refusal
from instant_admin.local.schema.attributes import restore_attribute
from tests.local.schema.pushes import attribute, compiled, do, push, pushed
from tests.local.shapes import Json, by_id, done, eid, link, new_app, schema, value, write
from tests.local.support import AdminCalls

A, B, C = eid(0xA), eid(0xB), eid(0xC)


@pytest.fixture
def blog(instance: LocalInstant) -> AdminCalls:
    """Posts with titles, and tags: A has two tags, B has the same title."""
    links = link("posts.tags", "tags.posts")
    admin = new_app(instance, links, posts={"title": value(), "n": value("number", "i")}, tags={"name": value()})
    done(
        admin,
        ["update", "posts", A, {"title": "same", "n": 1}],
        ["update", "posts", B, {"title": "same", "n": 2}],
        ["update", "posts", C, {"title": None}],
        ["update", "tags", A, {"name": "x"}],
        ["link", "posts", A, {"tags": [A, B]}],
        ["link", "posts", B, {"tags": A}],
    )
    return admin


def _renamed(described: Json, etype: str, label: str) -> list[Any]:
    return [
        "update-attr",
        {"id": described["id"], "forward-identity": [described["forward-identity"][0], etype, label]},
    ]


def test_an_attribute_keeps_its_values_under_another_name(blog: AdminCalls) -> None:
    assert do(blog, _renamed(attribute(blog, "posts.n"), "posts", "rank")).status == 200
    assert {row.get("rank") for row in by_id(blog, "posts").values()} == {1, 2, None}
    ordered = blog.ok("/admin/query", {"query": {"posts": {"$": {"order": {"rank": "desc"}, "limit": 1}}}})
    assert ordered["posts"][0]["id"] == B


def test_a_namespace_is_renamed_attribute_by_attribute(blog: AdminCalls) -> None:
    before = by_id(blog, "posts", tags={})
    refs, blobs = compiled(blog)["refs"], compiled(blog)["blobs"]["posts"]
    tags = refs["posts-tags-tags-posts"]
    steps = [_renamed(described, "articles", label) for label, described in blobs.items()]
    steps.append(_renamed(tags, "articles", "tags"))
    assert do(blog, *steps).status == 200
    assert by_id(blog, "posts") == {}
    assert by_id(blog, "articles", tags={}) == before
    done(blog, ["update", "articles", A, {"n": 7}])
    assert blog.ok("/admin/query", {"query": {"articles": {"$": {"where": {"n": {"$gt": 5}}}}}})["articles"]


def test_two_attributes_swap_their_names(blog: AdminCalls) -> None:
    title, n = attribute(blog, "posts.title"), attribute(blog, "posts.n")
    assert do(blog, _renamed(title, "posts", "n"), _renamed(n, "posts", "title")).status == 200
    assert by_id(blog, "posts")[A] == {"n": "same", "title": 1}


@pytest.mark.parametrize(
    ("etype", "label", "type", "hint"),
    [
        ("posts", "n", "record-not-unique", {"record-type": "attr"}),
        ("tags", "name", "record-not-unique", {"record-type": "attr"}),
        ("tags", "posts", "record-not-unique", {"record-type": "attr"}),
        ("$users", "email", "validation-failed", "attributes"),
        ("$nope", "x", "validation-failed", "attributes"),
    ],
)
def test_a_name_in_use_is_refused(blog: AdminCalls, etype: str, label: str, type: str, hint: Any) -> None:
    before = compiled(blog)
    answer = do(blog, _renamed(attribute(blog, "posts.title"), etype, label))
    assert answer.type == type
    assert (answer.hint["data-type"] if hint == "attributes" else answer.hint) == hint
    assert compiled(blog) == before


@pytest.mark.parametrize(
    ("change", "type"),
    [
        ({"unique?": True}, "record-not-unique"),
        ({"required?": True}, "validation-failed"),
        ({"index?": True}, None),
    ],
)
def test_flags_are_changed_at_once_where_the_data_fits(blog: AdminCalls, change: Json, type: str | None) -> None:
    title = attribute(blog, "posts.title")
    answer = do(blog, ["update-attr", {"id": title["id"], **change}])
    assert (answer.type if answer.status != 200 else None) == type
    assert attribute(blog, "posts.title") == (title if type else title | change)


def test_a_unique_attribute_refuses_what_is_there_and_forgets_what_is_not(blog: AdminCalls) -> None:
    done(blog, ["update", "posts", B, {"title": "other"}])
    title = attribute(blog, "posts.title")
    assert do(blog, ["update-attr", {"id": title["id"], "unique?": True}]).status == 200
    assert write(blog, ["update", "posts", C, {"title": "other"}]).type == "record-not-unique"
    done(blog, ["update", "posts", ["title", "other"], {"n": 9}])
    assert by_id(blog, "posts")[B]["n"] == 9
    assert do(blog, ["update-attr", {"id": title["id"], "unique?": False}]).status == 200
    done(blog, ["update", "posts", C, {"title": "other"}])


def test_a_new_index_gives_nulls_that_stay(blog: AdminCalls) -> None:
    pushed(blog, schema(posts={"extra": value("string", "i")}))
    assert by_id(blog, "posts")[A]["extra"] is None
    pushed(blog, schema(posts={"extra": value("string")}), supports_background_updates=False)
    done(blog, ["update", "posts", eid(1), {}])
    assert by_id(blog, "posts")[A]["extra"] is None
    assert "extra" not in by_id(blog, "posts")[eid(1)]


@pytest.mark.parametrize(
    ("has", "hint"),
    [("one-many", {"record-type"}), ("many-one", {"record-type", "attr-id", "etype", "label", "value"})],
)
def test_a_link_is_not_made_has_one_against_its_data(blog: AdminCalls, has: str, hint: set[str]) -> None:
    before = compiled(blog)
    answer = push(blog, schema(link("posts.tags", "tags.posts", has)))
    assert (answer.type, answer.hint["record-type"], set(answer.hint)) == ("record-not-unique", "triple", hint)
    assert compiled(blog) == before
    done(blog, ["unlink", "posts", A, {"tags": A}])
    pushed(blog, schema(link("posts.tags", "tags.posts", "one-one")))
    assert write(blog, ["link", "posts", C, {"tags": A}]).type == "record-not-unique"
    done(blog, ["link", "posts", B, {"tags": C}])
    assert by_id(blog, "posts")[B]["tags"] == C


def test_steps_are_all_done_or_none(blog: AdminCalls) -> None:
    before = compiled(blog)
    title = attribute(blog, "posts.title")
    answer = do(
        blog,
        ["delete-attr", attribute(blog, "posts.n")["id"]],
        _renamed(title, "posts", "headline"),
        ["add-attr", {**title, "id": str(uuid4()), "forward-identity": [str(uuid4()), "tags", "name"]}],
    )
    assert answer.type == "record-not-unique"
    assert compiled(blog) == before
    assert blog.get("/admin/soft_deleted_attrs").body["attrs"] == []


def test_a_renamed_attribute_makes_room_in_the_same_call(blog: AdminCalls) -> None:
    title = attribute(blog, "posts.title")
    fresh = {**title, "id": str(uuid4()), "forward-identity": [str(uuid4()), "posts", "title"]}
    assert do(blog, _renamed(title, "posts", "old"), ["add-attr", fresh]).status == 200
    assert by_id(blog, "posts")[A] == {"old": "same", "n": 1}


@pytest.mark.parametrize(
    "step",
    [
        ["add-attr"],
        ["add-attr", None],
        ["add-attr", {"id": A}],
        ["update-attr", {}],
        ["update-attr", 5],
        ["update-attr", {"id": "x"}],
        ["delete-attr"],
        ["delete-attr", "x"],
        ["index"],
        ["index", {"attr-id": "x"}],
        ["check-data-type", {"attr-id": A}],
        [],
        ["index", {"attr-id": A}],
    ],
)
def test_malformed_steps_are_refused(blog: AdminCalls, step: list[Any]) -> None:
    assert do(blog, step).status == 400


def test_unknown_steps_and_attributes_change_nothing(blog: AdminCalls) -> None:
    before = compiled(blog)
    email = attribute(blog, "$users.email")
    steps: list[list[Any]] = [
        ["fly", {}],
        [5],
        ["delete-attr", A],
        _renamed(email, "$users", "mail"),
        ["delete-attr", email["id"]],
    ]
    answer = do(blog, *steps)
    assert (answer.status, answer.body["steps"]) == (200, steps)
    assert compiled(blog) == before


def test_identities_cannot_be_taken_from_another_app(blog: AdminCalls) -> None:
    other = new_app(blog.instance)
    title = attribute(blog, "posts.title")
    definition = {key: title[key] for key in ("forward-identity", "value-type", "cardinality", "unique?", "index?")}
    assert do(other, ["add-attr", {**definition, "id": title["id"]}]).type == "sql-raise"
    assert do(other, ["add-attr", {**definition, "id": str(uuid4())}]).type == "sql-raise"


def test_a_deleted_attribute_is_out_of_sight_and_listed(blog: AdminCalls) -> None:
    title = attribute(blog, "posts.title")
    done(blog, ["delete-attr", title["id"]])
    assert by_id(blog, "posts")[A] == {"n": 1}
    (deleted,) = blog.get(f"/dash/apps/{blog.app.app_id}/soft_deleted_attrs").body["attrs"]
    assert deleted["forward-identity"][1:] == [f"{title['id']}_deleted$posts", f"{title['id']}_deleted$title"]
    pushed(blog, schema(posts={"title": value("number")}))
    done(blog, ["update", "posts", A, {"title": 5}])
    assert by_id(blog, "posts")[A] == {"n": 1, "title": 5}


def _restore(admin: AdminCalls, id: str) -> None:
    app = admin.instance.store.find_app(admin.app.app_id)
    assert app is not None
    with admin.instance.store.write(app) as unit:
        restore_attribute(unit, id)


def test_what_is_restored_is_as_it_was(blog: AdminCalls) -> None:
    before, data = compiled(blog), by_id(blog, "posts", tags={})
    ids = [
        attribute(blog, "posts.id")["id"],
        attribute(blog, "posts.n")["id"],
        before["refs"]["posts-tags-tags-posts"]["id"],
    ]
    for id in ids:
        done(blog, ["delete-attr", id])
    assert by_id(blog, "posts") == {}
    for id in ids:
        _restore(blog, id)
    assert (compiled(blog), by_id(blog, "posts", tags={})) == (before, data)
    ordered = blog.ok("/admin/query", {"query": {"posts": {"$": {"order": {"n": "desc"}, "limit": 1}}}})
    assert ordered["posts"][0]["id"] == B


def test_what_has_lost_its_name_is_not_restored(blog: AdminCalls) -> None:
    title = attribute(blog, "posts.title")
    done(blog, ["delete-attr", title["id"]])
    done(blog, ["update", "posts", A, {"title": 5}])
    with pytest.raises(Refusal, match="already exists"):
        _restore(blog, title["id"])


def test_values_of_deleted_attributes_do_not_make_an_entity_exist(blog: AdminCalls) -> None:
    for label in ("id", "title", "n"):
        done(blog, ["delete-attr", attribute(blog, f"posts.{label}")["id"]])
    done(blog, ["create", "posts", C, {"title": "new"}])
    assert by_id(blog, "posts") == {C: {"title": "new"}}


def test_a_restored_unique_attribute_knows_who_is_still_there(instance: LocalInstant) -> None:
    admin = new_app(instance, t={"name": value("string", "u"), "n": value()})
    done(admin, ["update", "t", A, {"name": "x"}], ["update", "t", B, {"name": "y"}])
    name = attribute(admin, "t.name")["id"]
    done(admin, ["delete-attr", name])
    done(admin, ["delete", "t", A])
    _restore(admin, name)
    done(admin, ["update", "t", C, {"name": "x"}])
    assert write(admin, ["update", "t", C, {"name": "y"}]).type == "record-not-unique"
