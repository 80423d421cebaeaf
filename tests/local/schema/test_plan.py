"""Planning: which steps lead from what is there to a pushed schema, and in which order."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.schema.pushes import attribute, compiled, push, pushed, told
from tests.local.shapes import Json, link, schema, value
from tests.local.support import AdminCalls, call

OLD = schema(
    link("posts.owner", "people.posts", "one-many"),
    posts={"title": value("string", "i"), "n": value("number")},
    people={"name": value("string", "u")},
)


@pytest.fixture
def blog(instance: LocalInstant) -> AdminCalls:
    """An app with `OLD`."""
    return AdminCalls(instance, instance.create_app(schema=OLD))


def test_new_namespaces_come_first_then_attributes_then_links(admin: AdminCalls) -> None:
    assert told(pushed(admin, OLD, "plan")["steps"]) == [
        "add-attr posts.id",
        "add-attr people.id",
        "add-attr posts.title",
        "add-attr posts.n",
        "add-attr people.name",
        "add-attr posts.owner",
    ]


@pytest.mark.parametrize(
    ("attribute", "steps"),
    [
        (value("string", "i"), []),
        (value("number", "ur"), ["remove-index", "unique", "required", "check-data-type number"]),
        (value("any", "i"), ["remove-data-type"]),
        (value("json"), ["remove-index", "remove-data-type"]),
        ({}, ["remove-index", "remove-data-type"]),
        (None, ["remove-index", "remove-data-type"]),
        ({"valueType": "string", "config": {"indexed": "no", "unique": 1}}, ["unique"]),
        ({"valueType": "string", "config": {"indexed": 0}, "required": "true"}, []),
        ({"valueType": "string", "config": {"indexed": False}}, ["remove-index"]),
    ],
)
def test_each_difference_of_an_attribute_is_a_job(blog: AdminCalls, attribute: Any, steps: list[str]) -> None:
    planned = told(pushed(blog, schema(posts={"title": attribute}), "plan")["steps"])
    assert [step.replace(" posts.title", "") for step in planned] == steps


@pytest.mark.parametrize(
    ("flags", "steps"),
    [
        ({}, ["unique posts.title", "check-data-type posts.title number"]),
        ({"check_types": None}, ["unique posts.title"]),
        ({"supports_background_updates": False}, ["update-attr posts.title", "check-data-type posts.title number"]),
        ({"check_types": False, "supports_background_updates": False}, ["update-attr posts.title"]),
        (
            {"check_types": "", "supports_background_updates": 0},
            ["unique posts.title", "check-data-type posts.title number"],
        ),
    ],
)
def test_flags_say_whether_types_count_and_jobs_are_made(blog: AdminCalls, flags: Json, steps: list[str]) -> None:
    wanted = schema(posts={"title": value("number", "iu")})
    assert told(pushed(blog, wanted, "plan", **flags)["steps"]) == steps


def test_without_type_checks_new_attributes_have_no_type(admin: AdminCalls) -> None:
    pushed(admin, OLD, check_types=False)
    assert "checked-data-type" not in attribute(admin, "posts.title")
    assert pushed(admin, OLD, "plan")["new-schema"]["blobs"]["posts"]["n"]["checked-data-type"] == "number"


@pytest.mark.parametrize(
    ("links", "steps"),
    [
        (link("posts.owner", "people.posts", "one-many"), []),
        (link("posts.owner", "people.posts", "many-many"), ["update-attr"]),
        (link("posts.owner", "people.posts", "one-one"), ["update-attr"]),
        (link("posts.owner", "people.posts", "one-many", cascade="f"), ["update-attr"]),
        (link("posts.owner", "people.posts", "one-one", cascade="r"), ["update-attr"]),
        (link("posts.owner", "people.posts", "one-many", required=True), ["required"]),
        (link("posts.owner", "people.posts", "one-one", required=True), ["update-attr", "required"]),
    ],
)
def test_links_change_at_once_but_for_required(blog: AdminCalls, links: Json, steps: list[str]) -> None:
    planned = pushed(blog, schema(links), "plan")["steps"]
    assert [operation for operation, _ in planned] == steps
    pushed(blog, schema(links))
    assert pushed(blog, schema(links), "plan")["steps"] == []


def test_at_once_required_is_part_of_the_link_change(blog: AdminCalls) -> None:
    wanted = schema(link("posts.owner", "people.posts", "one-many", required=True))
    ((operation, parameters),) = pushed(blog, wanted, "plan", supports_background_updates=False)["steps"]
    assert (operation, parameters["required?"]) == ("update-attr", True)


def test_nothing_is_deleted_because_it_is_not_mentioned(blog: AdminCalls) -> None:
    before = compiled(blog)
    assert pushed(blog, schema(posts={"title": value("string", "i")}))["steps"] == []
    assert pushed(blog, {})["transaction"] == {}
    assert compiled(blog) == before


@pytest.mark.parametrize(
    "wanted",
    [
        schema(link("people.posts", "posts.owner")),
        schema(link("posts.owner", "people.articles")),
        schema(link("posts.writer", "people.posts")),
        schema(link("posts.owner", "tags.posts")),
        schema(link("posts.title", "tags.posts")),
        schema(link("$users.email", "posts.mail")),
        schema(posts={"owner": value()}),
        schema(people={"posts": value()}),
        schema(link("posts.tags", "tags.posts", cascade="f")),
        schema(link("posts.tags", "tags.posts", "many-one", cascade="f")),
        schema(link("posts.tags", "tags.posts", "one-many", cascade="r")),
    ],
)
@pytest.mark.parametrize("how", ["plan", "apply"])
def test_conflicts_are_refused_by_planning(blog: AdminCalls, wanted: Json, how: str) -> None:
    before = compiled(blog)
    answer = push(blog, wanted, how)
    assert (answer.type, answer.hint["data-type"], answer.hint["input"]) == ("validation-failed", "schema", "plan")
    assert [entry["in"] for entry in answer.hint["errors"]] == [["schema"]]
    assert compiled(blog) == before


def test_each_link_with_a_bad_cascade_is_told(admin: AdminCalls) -> None:
    links = link("a.x", "b.x", cascade="fr") | link("a.y", "b.y", cascade="r") | link("a.z", "b.z")
    assert len(push(admin, schema(links), "plan").hint["errors"]) == 2


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [
        (schema(link("posts.new", "people.name")), ("people", "name")),
        (schema(link("posts.x", "tags.y") | link("posts.x", "tags.z")), ("posts", "x")),
        (schema(link("posts.x", "tags.y"), posts={"x": value()}), ("posts", "x")),
        (schema(link("people.friend", "people.friend")), ("people", "friend")),
    ],
)
def test_other_conflicts_are_met_by_applying(blog: AdminCalls, wanted: Json, taken: tuple[str, str]) -> None:
    before = compiled(blog)
    pushed(blog, wanted, "plan")
    answer = push(blog, wanted)
    assert (answer.type, answer.hint) == (
        "record-not-unique",
        {"record-type": "ident", "etype": taken[0], "label": taken[1]},
    )
    assert compiled(blog) == before


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        ({"entities": {"a/posts": {"attrs": {"x/y/z": {}}}}}, {"posts.id", "posts.y/z"}),
        (
            {"entities": {"posts": {"attrs": {"": {}, "a b": {}, "é": {}, "A": {}}}}},
            {"posts.id", "posts.", "posts.a b", "posts.é", "posts.A"},
        ),
        ({"entities": {"posts": {"attrs": {}}, "tags": {}, "people": None}}, set()),
        ({"entities": {"posts": {"attrs": {"id": {}}}}}, {"posts.id"}),
        (
            {"entities": {"$users": {"attrs": {"email": {}, "nick": {}}}, "$nope": {"attrs": {"x": {}}}}},
            {"$users.nick"},
        ),
        ({"entities": {"$magicCodes": {"attrs": {"x": {}}}, "$files": {"attrs": {"size": {}}}}}, set()),
        ({"entities": [], "links": None}, set()),
    ],
)
def test_namespaces_and_attributes_are_read_by_name(admin: AdminCalls, wanted: Json, names: set[str]) -> None:
    steps = pushed(admin, wanted)["steps"]
    assert {told.removeprefix("add-attr ") for told in told(steps)} == names


@pytest.mark.parametrize(
    "wanted",
    [
        5,
        "x",
        True,
        [],
        {"entities": "x"},
        {"entities": [1]},
        {"links": "x"},
        {"entities": {"posts": 5}},
        {"entities": {"posts": {"attrs": 5}}},
        {"entities": {"posts": {"attrs": {"x": 5}}}},
        {"links": {"l": 5}},
    ],
)
def test_what_is_no_schema_is_refused(admin: AdminCalls, wanted: Any) -> None:
    assert push(admin, wanted, "plan").status == 400


@pytest.mark.parametrize(
    "wanted",
    [
        {"links": {"l": {"forward": {"on": "a", "label": "b", "has": "many"}}}},
        {"links": {"l": {"forward": {"on": "a", "label": "b"}, "reverse": {"on": "c", "label": "d"}}}},
        {
            "links": {
                "l": {
                    "forward": {"on": "a", "label": "b", "has": "one", "onDelete": "restrict"},
                    "reverse": {"on": "c", "label": "d", "has": "one"},
                }
            }
        },
        schema(link("$magicCodes.x", "posts.y")),
        schema(link("posts.y", "$nope.x")),
        {"entities": {"posts": {"attrs": {"a\0b": {}}}}},
    ],
)
def test_what_cannot_be_made_is_refused_when_it_is_applied(admin: AdminCalls, wanted: Json) -> None:
    assert push(admin, wanted, "plan").status == 200
    assert push(admin, wanted).status == 400
    assert compiled(admin)["blobs"].keys() == {"$users", "$files", "$streams"}


def test_both_families_of_routes_plan_and_apply(admin: AdminCalls) -> None:
    assert push(admin, OLD, "plan", "superadmin").body["steps"]
    assert push(admin, OLD, "apply", "superadmin").status == 200
    shown = admin.get(f"/superadmin/apps/{admin.app.app_id}/schema").body["schema"]
    pulled = admin.get(f"/dash/apps/{admin.app.app_id}/schema/pull").body
    assert shown == pulled["schema"]
    assert shown["blobs"] == compiled(admin)["blobs"]
    assert '["posts" "owner" "people" "posts"]' in shown["refs"]
    assert {tuple(described["forward-identity"][1:]) for described in pulled["attrs"]} >= {
        ("posts", "owner"),
        ("$magicCodes", "codeHash"),
    }


@pytest.mark.parametrize("path", ["plan", "apply"])
def test_a_push_needs_the_apps_own_token(admin: AdminCalls, path: str) -> None:
    other = admin.instance.create_app()
    url = f"/dash/apps/{admin.app.app_id}/schema/push/{path}"
    answer = call(admin.instance, "POST", url, {}, headers={"authorization": f"Bearer {other.admin_token}"})
    assert (answer.type, answer.hint) == ("validation-failed", {"reason": "admin-token-mismatch"})
