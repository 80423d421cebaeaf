"""Indexing jobs: done at once, visible afterwards, and failing as the server's fail."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.schema.pushes import attribute, do, jobs, pushed
from tests.local.shapes import Json, by_id, done, eid, link, new_app, schema, value, write
from tests.local.support import AdminCalls

A, B, C = eid(0xA), eid(0xB), eid(0xC)


@pytest.fixture
def posts(instance: LocalInstant) -> AdminCalls:
    """Three posts, the third without a value of `x`."""
    admin = new_app(instance, link("posts.to", "posts.from"), posts={"x": value(), "n": value()})
    done(
        admin,
        ["update", "posts", A, {"x": "2025-01-02", "n": 1}],
        ["update", "posts", B, {"x": "2025-01-03", "n": 2}],
        ["update", "posts", C, {"n": 3}],
    )
    return admin


@pytest.mark.parametrize(
    ("flags", "type", "changed"),
    [
        ("i", "any", {"index": {"index?": True}}),
        ("u", "any", {"unique": {"unique?": True}}),
        ("", "string", {"check-data-type": {"checked-data-type": "string"}}),
        (
            "iu",
            "date",
            {"index": {"index?": True}, "unique": {"unique?": True}, "check-data-type": {"checked-data-type": "date"}},
        ),
    ],
)
def test_jobs_change_the_attribute(posts: AdminCalls, flags: str, type: str, changed: Json) -> None:
    before = attribute(posts, "posts.x")
    ended = jobs(posts, pushed(posts, schema(posts={"x": value(type, flags)})))
    assert {job["job_type"]: (job["job_status"], job["error"]) for job in ended.values()} == dict.fromkeys(
        changed, ("completed", None)
    )
    wanted = before
    for change in changed.values():
        wanted = wanted | change
    assert attribute(posts, "posts.x") == wanted


def test_an_index_and_a_type_make_an_attribute_orderable(posts: AdminCalls) -> None:
    pushed(posts, schema(posts={"n": value("number", "i")}))
    found = posts.ok("/admin/query", {"query": {"posts": {"$": {"where": {"n": {"$gte": 2}}, "order": {"n": "desc"}}}}})
    assert [row["n"] for row in found["posts"]] == [3, 2]
    pushed(posts, schema(posts={"n": value("any", "i")}))
    assert posts.post("/admin/query", {"query": {"posts": {"$": {"order": {"n": "asc"}}}}}).status == 400


@pytest.mark.parametrize(
    ("values", "wanted", "job", "ended"),
    [
        (
            {A: 1, B: "b", C: None},
            value("number"),
            "check-data-type",
            {"error": "invalid-triple-error", "job_stage": "validate", "sample": {B: ("b", "string")}},
        ),
        (
            {A: [1], B: [1.0], C: [2]},
            value("any", "u"),
            "unique",
            {
                "error": "triple-not-unique-error",
                "job_stage": "update-triples",
                "sample": {A: ([1], "array"), B: ([1.0], "array")},
                "invalid_unique_value": [1],
            },
        ),
        (
            {A: "x" * 1013, B: "y"},
            value("any", "i"),
            "index",
            {"error": "triple-too-large-error", "job_stage": "update-triples", "sample": {A: ("x" * 1013, "string")}},
        ),
        (
            {A: None, B: False},
            value("any", "r"),
            "required",
            {
                "error": "missing-required-error",
                "job_stage": "validate",
                "sample": {A: (None, "null"), C: (None, "null")},
                "error_data": {"count": 2, "etype": "posts", "label": "x", "entity-ids": [A, C]},
            },
        ),
    ],
)
def test_a_job_that_fails_says_why_and_changes_nothing(
    posts: AdminCalls, values: Json, wanted: Json, job: str, ended: Json
) -> None:
    done(posts, *(["update", "posts", id, {"x": given}] for id, given in values.items()))
    before = attribute(posts, "posts.x")
    failed = jobs(posts, pushed(posts, schema(posts={"x": wanted})))[job]
    sample = {held["entity_id"]: (held["value"], held["json_type"]) for held in failed["invalid_triples_sample"]}
    assert (failed["job_status"], failed["done_at"], sample) == ("errored", None, ended.pop("sample"))
    assert {key: failed[key] for key in ended} == ended
    assert attribute(posts, "posts.x") == before
    again = pushed(posts, schema(posts={"x": wanted}), "plan")["steps"]
    assert [operation for operation, _ in again] == [job]


def test_one_failing_job_does_not_undo_the_others(posts: AdminCalls) -> None:
    wanted = schema(posts={"x": value("number", "i"), "fresh": value("string", "i")})
    ended = jobs(posts, pushed(posts, wanted))
    assert {job["job_type"]: job["job_status"] for job in ended.values()} == {
        "index": "completed",
        "check-data-type": "errored",
    }
    assert attribute(posts, "posts.x")["index?"] is True
    assert by_id(posts, "posts")[C] == {"x": None, "n": 3, "fresh": None}


def test_a_sample_names_at_most_ten(posts: AdminCalls) -> None:
    done(posts, *(["update", "posts", eid(number), {"x": number}] for number in range(0x100, 0x110)))
    failed = jobs(posts, pushed(posts, schema(posts={"x": value("string", "r")})))
    assert len(failed["check-data-type"]["invalid_triples_sample"]) == 10
    done(posts, *(["update", "posts", eid(number), {"x": None}] for number in range(0x100, 0x110)))
    data = jobs(posts, pushed(posts, schema(posts={"x": value("string", "r")})))["required"]["error_data"]
    assert (data["count"], len(data["entity-ids"])) == (17, 10)


def test_a_link_is_required_once_all_have_it(posts: AdminCalls) -> None:
    wanted = schema(link("posts.to", "posts.from", required=True))
    done(posts, ["link", "posts", A, {"to": B}], ["link", "posts", B, {"to": B}])
    failed = jobs(posts, pushed(posts, wanted))["required"]
    assert failed["error_data"]["entity-ids"] == [C]
    done(posts, ["link", "posts", C, {"to": A}])
    assert jobs(posts, pushed(posts, wanted))["required"]["job_status"] == "completed"
    assert write(posts, ["unlink", "posts", C, {"to": A}]).status == 400


def _ask(admin: AdminCalls, **body: Any) -> Any:
    return admin.post(f"/dash/apps/{admin.app.app_id}/indexing-jobs", {k.replace("_", "-"): v for k, v in body.items()})


def test_a_job_can_be_asked_for_by_hand(posts: AdminCalls) -> None:
    id = attribute(posts, "posts.x")["id"]
    made = _ask(posts, attr_id=id, job_type="check-data-type", checked_data_type="date").body["job"]
    assert (made["job_status"], made["job_stage"], made["group_id"]) == ("waiting", "estimate-work", None)
    assert "attr_name" not in made
    shown = posts.get(f"/dash/apps/{posts.app.app_id}/indexing-jobs/{made['id']}").body["job"]
    assert (shown["job_status"], shown["attr_name"]) == ("completed", "posts.x")
    assert attribute(posts, "posts.x")["checked-data-type"] == "date"


@pytest.mark.parametrize(
    ("body", "type", "told"),
    [
        ({"job_type": "index"}, "param-missing", {"in": ["body", "attr-id"]}),
        ({"attr_id": A}, "param-missing", {"in": ["body", "job-type"]}),
        ({"attr_id": "x", "job_type": "index"}, "param-malformed", {"in": ["body", "attr-id"], "original-input": "x"}),
        ({"attr_id": A, "job_type": "index"}, "record-not-found", {"record-type": "attrs", "attr-id": A}),
        ({"attr_id": A, "job_type": "check-data-type"}, "param-missing", {"in": ["body", "checked-data-type"]}),
        ({"attr_id": A, "job_type": "fly"}, "validation-failed", {"data-type": "job-type", "input": "fly"}),
    ],
)
def test_jobs_that_cannot_be_made_are_refused(posts: AdminCalls, body: Json, type: str, told: Json) -> None:
    answer = _ask(posts, **body)
    assert (answer.status, answer.type) == (400, type)
    assert {key: answer.hint[key] for key in told} == told


def test_system_attributes_have_no_jobs(posts: AdminCalls) -> None:
    email = attribute(posts, "$users.email")
    assert _ask(posts, attr_id=email["id"], job_type="remove-unique").type == "record-not-found"
    assert attribute(posts, "$users.email") == email


def test_jobs_of_another_app_are_unknown(posts: AdminCalls) -> None:
    body = pushed(posts, schema(posts={"x": value("any", "i")}))
    (job,) = jobs(posts, body).values()
    other = new_app(posts.instance)
    assert jobs(other, body) == {}
    assert other.get(f"/dash/apps/{other.app.app_id}/indexing-jobs/{job['id']}").body == {"job": {}}


def test_a_read_only_app_has_jobs_but_no_changes(posts: AdminCalls) -> None:
    posts.ok(
        f"/dash/apps/ephemeral/{posts.app.app_id}/status",
        {"admin-token": posts.app.admin_token, "status": "read-only"},
    )
    id = attribute(posts, "posts.x")["id"]
    assert do(posts, ["index", {"attr-id": id}]).status == 200
    assert attribute(posts, "posts.x")["index?"] is True
    assert do(posts, ["update-attr", {"id": id, "unique?": True}]).type == "app-read-only"
    assert do(posts, ["delete-attr", id]).type == "app-read-only"


def test_jobs_outlive_their_attribute(posts: AdminCalls) -> None:
    body = pushed(posts, schema(posts={"x": value("any", "i")}))
    id = attribute(posts, "posts.x")["id"]
    done(posts, ["delete-attr", id])
    assert jobs(posts, body)["index"]["attr_name"].endswith("_deleted$x")
