"""The instance itself: apps, files, what is answered to what nobody expects."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from instant_admin import InstantAdmin, Rules, Schema, i
from instant_admin.errors import ConfigurationError
from instant_admin.local import LocalInstant
from tests.local.support import AdminCalls, call

SCHEMA = i.schema(entities={"goals": i.entity({"title": i.string()})})
RULES = Rules({"goals": {"allow": {"view": "false"}}})


def test_default_app_of_a_file_is_the_same_each_time(tmp_path: Path) -> None:
    path = tmp_path / "dev.sqlite"
    with LocalInstant(path) as instance:
        first = instance.default_app()
        assert instance.default_app() == first
        assert instance.create_app() != first
        AdminCalls(instance, first).ok("/admin/transact", {"steps": [["create", "notes", str(uuid4()), {"text": "x"}]]})

    with LocalInstant(str(path)) as again:
        assert again.default_app() == first
        notes = AdminCalls(again, first).ok("/admin/query", {"query": {"notes": {}}})["notes"]
        assert [note["text"] for note in notes] == ["x"]


def test_app_with_a_given_id_and_token(instance: LocalInstant) -> None:
    app_id, token = str(uuid4()), str(uuid4())
    app = instance.create_app(app_id=app_id.upper(), admin_token=token)

    assert (app.app_id, app.admin_token) == (app_id, token)
    assert instance.ensure_app(app_id, str(uuid4())) == app
    assert token not in repr(app)
    with pytest.raises(ConfigurationError):
        instance.create_app(app_id=app_id)


@pytest.mark.parametrize("schema", [SCHEMA, SCHEMA.to_json()], ids=["Schema", "JSON"])
@pytest.mark.parametrize("rules", [RULES, RULES.to_json()], ids=["Rules", "JSON"])
def test_app_begins_with_a_schema_and_rules_in_either_form(
    instance: LocalInstant, schema: Schema | dict[str, Any], rules: Rules | dict[str, Any]
) -> None:
    for make in (instance.create_app, instance.control.create_app):
        app = make(schema=schema, rules=rules)
        with InstantAdmin.local(instance=instance, app=app) as db:
            assert SCHEMA.diff(db.schema.pull()).changes == ()
            assert db.perms.pull() == RULES


def test_misspelt_part_of_a_schema_is_refused(instance: LocalInstant) -> None:
    with pytest.raises(ConfigurationError, match="A schema has entities, links, rooms, and no 'entites'"):
        instance.create_app(schema={"entites": {"goals": {}}})


def test_ensure_app_makes_one_that_is_not_there(instance: LocalInstant) -> None:
    app_id = str(uuid4())

    assert instance.ensure_app(app_id).app_id == app_id


@pytest.mark.parametrize(("app_id", "token"), [("x", None), (None, "x")])
def test_id_and_token_must_be_uuids(instance: LocalInstant, app_id: str | None, token: str | None) -> None:
    with pytest.raises(ConfigurationError, match="must be a UUID"):
        instance.create_app(app_id=app_id, admin_token=token)


def test_schema_of_a_new_app_is_there(instance: LocalInstant) -> None:
    schema = {"entities": {"notes": {"attrs": {"text": {"valueType": "string", "config": {"indexed": True}}}}}}
    admin = AdminCalls(instance, instance.create_app(schema=schema))

    refused = admin.post("/admin/transact", {"steps": [["create", "notes", str(uuid4()), {"text": 5}]]})
    assert refused.type == "validation-failed"


def test_refused_schema_raises(instance: LocalInstant) -> None:
    required = {"entities": {"$users": {"attrs": {"n": {"valueType": "string", "required": True, "config": {}}}}}}
    with pytest.raises(ConfigurationError):
        instance.create_app(schema=required)


def test_refused_rule_is_named(instance: LocalInstant) -> None:
    with pytest.raises(ConfigurationError, match=r"\(in goals\.allow\.view\)"):
        instance.create_app(rules={"goals": {"allow": {"view": "1 +"}}})


def test_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("hello " * 100)
    with pytest.raises(ConfigurationError, match=r"other\.txt"):
        LocalInstant(other)


def test_directory_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        LocalInstant(tmp_path / "missing" / "dev.sqlite")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/nothing"), ("POST", "/admin/users"), ("GET", "/admin/users/"), ("PATCH", "/admin/query"), ("GET", "")],
)
def test_unknown_route_is_a_404_with_a_message(instance: LocalInstant, method: str, path: str) -> None:
    answer = call(instance, method, path)

    assert answer.status == 404
    assert "type" not in answer.body
    assert answer.body["message"]


def test_malformed_json_is_found_before_the_route(instance: LocalInstant) -> None:
    answer = call(instance, "POST", "/nothing", b"{", headers={"content-type": "application/json"})

    assert (answer.status, answer.body) == (400, "Malformed JSON in request body.")
    assert answer.headers["content-type"] == "text/plain"


def test_route_of_another_chapter_is_refused_by_name(admin: AdminCalls) -> None:
    answer = admin.post("/runtime/oauth/token", {})

    assert (answer.status, answer.type) == (400, "not-supported-locally")
    assert "accounts" in answer.body["message"]


def test_browser_gets_cors_headers_with_every_reply(instance: LocalInstant) -> None:
    for method, path in (("GET", "/admin/users"), ("POST", "/nothing"), ("OPTIONS", "/admin/query")):
        answer = call(instance, method, path, headers={"origin": "https://a.example"})
        assert answer.headers["access-control-allow-origin"] == "https://a.example"
    assert "access-control-allow-origin" not in call(instance, "GET", "/admin/users").headers


@pytest.mark.parametrize(
    ("headers", "text"),
    [
        ({}, ""),
        ({"origin": "https://a.example"}, ""),
        ({"access-control-request-method": "GET"}, ""),
        ({"origin": "https://a.example", "access-control-request-method": "PATCH"}, ""),
        ({"origin": "https://a.example", "access-control-request-method": "put"}, "preflight complete"),
    ],
)
def test_options_is_fine_and_says_so_to_browsers(instance: LocalInstant, headers: dict[str, str], text: str) -> None:
    answer = call(instance, "OPTIONS", "/admin/query", headers=headers)
    assert (answer.status, answer.body) == (200, text)


def test_head_has_the_status_of_get_and_no_body(admin: AdminCalls) -> None:
    assert admin.call("HEAD", "/admin/users", query={"email": "x"}).status == 400
    found = admin.call("HEAD", "/admin/users", query={"email": "a@b.co"})
    assert (found.status, found.body) == (200, "")


@pytest.mark.parametrize("depth", [200, 2_000, 100_000])
def test_deeply_nested_body_is_answered(admin: AdminCalls, depth: int) -> None:
    data = b'{"query": {"goals": ' + b'{"x": ' * depth + b"1" + b"}" * (depth + 2)

    assert admin.post("/admin/query", data, content_type="application/json").status in (200, 400)
