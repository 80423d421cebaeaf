"""Who may store, delete and fetch files outside of transactions, and how the routes for it are called."""

from __future__ import annotations

from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.support import AdminCalls, Answer, call

NOBODY = "1bbcfb8a-03ae-5807-b511-0f58310a20f4"
DENIED = "permission-denied"


def _app(instance: LocalInstant, **allow: str) -> AdminCalls:
    return AdminCalls(instance, instance.create_app(rules={"$files": {"allow": allow}}))


def _upload(admin: AdminCalls, path: str) -> None:
    assert admin.call("PUT", "/admin/storage/upload", b"x", headers={"path": path}).status == 200


def _address(admin: AdminCalls, token: str | None = None, **query: str) -> Answer:
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    asked = {"app_id": admin.app.app_id, **query}
    return call(admin.instance, "GET", "/storage/signed-download-url", query=asked, headers=headers)


def test_front_end_gets_an_address_where_the_view_rule_allows_the_path(instance: LocalInstant) -> None:
    admin = _app(instance, view="data.path == 'a' || data.path == 'never'")
    _upload(admin, "a")
    _upload(admin, "b")

    assert _address(admin, filename="a").body["data"].startswith("http")
    assert _address(admin, filename="never").body == {"data": None}
    refused = _address(admin, filename="b")
    assert (refused.type, refused.hint["input"]) == (DENIED, ["$files", "view"])
    assert refused.hint["expected"] == "has-storage-permission?"


def test_front_end_without_a_rule_gets_no_address(admin: AdminCalls) -> None:
    _upload(admin, "a")
    assert _address(admin, filename="a").type == DENIED


@pytest.mark.parametrize("token", [NOBODY, "nonsense", ""])
def test_bearer_of_no_session_is_a_guest(instance: LocalInstant, token: str) -> None:
    admin = _app(instance, view="auth.id == null || data.path == 'mine'")
    user = admin.ok("/admin/refresh_tokens", {"email": "ann@example.com"})["user"]

    assert _address(admin, token, filename="a").body == {"data": None}
    assert _address(admin, user["refresh_token"], filename="a").type == DENIED


def test_unknown_app_allows_nothing(instance: LocalInstant) -> None:
    headers = {"app-id": NOBODY, "path": "a"}
    refused = call(instance, "PUT", "/storage/upload", b"x", headers=headers)
    assert (refused.type, refused.hint["input"]) == (DENIED, ["$files", "create"])
    assert call(instance, "PUT", "/storage/upload", b"x", headers={"app-id": NOBODY}).type == "param-missing"


def test_front_end_may_say_filename_for_path(instance: LocalInstant) -> None:
    admin = _app(instance, create="true")
    headers = {"app-id": admin.app.app_id, "filename": "a.txt"}

    assert call(instance, "PUT", "/storage/upload", b"x", headers=headers).status == 200
    assert admin.get("/admin/storage/signed-download-url", filename="a.txt").body["data"] is not None


def test_malformed_parameter_of_a_front_end_is_told_with_all_its_names(admin: AdminCalls) -> None:
    assert _address(admin, filename=" ").hint == {
        "in": ["filename"],
        "possible-ins": [["path"], ["filename"]],
        "original-input": " ",
    }
    assert _address(admin, app_id="x", filename="a").hint == {
        "in": ["app_id"],
        "possible-ins": [["app-id"], ["app_id"]],
        "original-input": "x",
    }


@pytest.mark.parametrize("names", [[1], [None], [["a"]], "ab", {"a": 1}])
def test_rule_is_asked_about_what_is_no_name_too(instance: LocalInstant, names: Any) -> None:
    closed, open_to_all = _app(instance), _app(instance, delete="true")
    guest, body = {"as-guest": "true"}, {"filenames": names}

    assert closed.post("/admin/storage/files/delete", body, **guest).type == DENIED
    assert open_to_all.post("/admin/storage/files/delete", body, **guest).body == {"data": {"ids": []}}


def test_first_path_that_is_refused_decides(instance: LocalInstant) -> None:
    admin = _app(instance, delete="data.path != 'kept' && (data.path == 'a' || data.path.x == 1)")

    def refused(*names: str) -> str | None:
        return admin.post("/admin/storage/files/delete", {"filenames": names}, **{"as-guest": "true"}).type

    assert refused("a", "kept", "broken") == DENIED
    assert refused("a", "broken", "kept") == "permission-evaluation-failed"


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x"])
def test_upload_address_is_used_up_by_a_body_that_it_does_not_take(admin: AdminCalls, kind: str) -> None:
    url = admin.ok("/admin/storage/signed-upload-url", {"filename": "a"})["data"]

    assert call(admin.instance, "PUT", url, b"{}", headers={"content-type": kind}).status >= 400
    again = call(admin.instance, "PUT", url, b"x")
    assert (again.type, again.hint["errors"]) == ("validation-failed", "The upload URL is expired or invalid.")


def test_malformed_json_does_not_reach_an_upload_address(admin: AdminCalls) -> None:
    url = admin.ok("/admin/storage/signed-upload-url", {"filename": "a"})["data"]
    for path in ("/storage/nonsense/consume-upload-url", url):
        answer = call(admin.instance, "PUT", path, b"{nope", headers={"content-type": "application/json"})
        assert (answer.status, answer.body) == (400, "Malformed JSON in request body.")
    assert call(admin.instance, "PUT", url, b"x").status == 200


@pytest.mark.parametrize(("body", "status"), [(None, 200), ({}, 200), ({"x": 1}, 200), ([], 400), ("x", 400)])
def test_list_takes_an_object_or_nothing(admin: AdminCalls, body: Any, status: int) -> None:
    headers = {"content-type": "application/json"}
    assert admin.call("GET", "/admin/storage/files", body, headers=headers).status == status
