"""Users, guests and sessions beyond the recordings."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from instant_admin.local import LocalInstant
from tests.local.support import AdminCalls, Answer, Clock, call

ANN, BOB = "ann@example.com", "bob@example.com"
SCHEMA = {
    "entities": {
        "$users": {
            "attrs": {
                name: {"valueType": "json", "config": {}}
                for name in ("clientId", "stateHash", "app_id", "$x", "encryptedClientSecret")
            }
        }
    },
    "links": {
        "mentors": {
            "forward": {"on": "$users", "has": "one", "label": "mentor"},
            "reverse": {"on": "$users", "has": "many", "label": "students"},
        },
        "pins": {
            "forward": {"on": "$users", "has": "many", "label": "pins"},
            "reverse": {"on": "notes", "has": "many", "label": "pinnedBy"},
        },
    },
}


@pytest.fixture
def rich(instance: LocalInstant) -> AdminCalls:
    """An app whose users have attributes and links of its own."""
    return AdminCalls(instance, instance.create_app(schema=SCHEMA))


def _user(admin: AdminCalls, **fields: Any) -> dict[str, Any]:
    user: dict[str, Any] = admin.ok("/admin/refresh_tokens", fields)["user"]
    return user


def _verify_token(admin: AdminCalls, token: str) -> Answer:
    body = {"app-id": admin.app.app_id, "refresh-token": token}
    return call(admin.instance, "POST", "/runtime/auth/verify_refresh_token", body)


def test_labels_that_collide_with_columns_are_renamed(rich: AdminCalls) -> None:
    secret = "c0ffee"
    fields = {
        "clientId": 1,
        "stateHash": [2],
        "app_id": "mine",
        "$x": str(uuid4()).upper(),
        "encryptedClientSecret": secret,
    }
    user = _user(rich, email=ANN, **{"extra-fields": fields})

    assert (user["client_id"], user["state_hash"], user["app_id"]) == (1, [2], "mine")
    assert user["$x"] == fields["$x"].lower()
    assert user["client_secret"] == "wP/u"
    assert not {"clientId", "stateHash", "encryptedClientSecret"} & set(user)


def test_label_with_a_dollar_is_null_where_its_value_is_no_uuid(rich: AdminCalls) -> None:
    assert _user(rich, email=ANN, **{"extra-fields": {"$x": "no uuid"}})["$x"] is None


def test_creation_time_has_whole_seconds_and_stays(admin: AdminCalls, clock: Clock) -> None:
    first = _user(admin, email=ANN)
    clock.advance(100)

    assert first["created_at"] == "2026-09-21T14:13:20Z"
    assert _user(admin, email=ANN)["created_at"] == first["created_at"]


def test_deleted_object_shows_links_that_went_with_it(rich: AdminCalls) -> None:
    ann, bob = _user(rich, email=ANN), _user(rich, email=BOB)
    note = str(uuid4())
    rich.ok(
        "/admin/transact",
        {
            "steps": [
                ["link", "$users", bob["id"], {"mentor": ann["id"]}],
                ["link", "$users", ann["id"], {"pins": note}],
            ]
        },
    )

    deleted = rich.delete("/admin/users", id=ann["id"]).body["deleted"]

    assert (deleted["mentor"], deleted["pins"]) == (ann["id"], note)
    assert "mentor" not in rich.get("/admin/users", id=bob["id"]).body["user"]


def test_extra_field_keeps_the_case_of_a_uuid(rich: AdminCalls) -> None:
    text = str(uuid4()).upper()

    assert _user(rich, email=ANN, **{"extra-fields": {"clientId": text}})["client_id"] == text


def test_refused_extra_field_makes_no_user_and_no_token(rich: AdminCalls) -> None:
    answer = rich.post("/admin/refresh_tokens", {"email": ANN, "extra-fields": {"mentor": "no uuid"}})

    assert answer.type == "validation-failed"
    assert rich.ok("/admin/query", {"query": {"$users": {}, "$userRefreshTokens": {}}}) == {
        "$users": [],
        "$userRefreshTokens": [],
    }


def test_guest_keeps_working_with_both_tokens_after_upgrade(admin: AdminCalls) -> None:
    guest = admin.ok("/admin/sign_in_guest")["user"]
    code = admin.ok("/admin/magic_code", {"email": ANN})["code"]
    body = {"email": ANN, "code": code, "refresh-token": guest["refresh_token"].upper()}
    upgraded = admin.ok("/admin/verify_magic_code", body)

    assert upgraded["created"] is True
    tokens = [guest["refresh_token"], upgraded["user"]["refresh_token"]]
    assert [_verify_token(admin, token).body["user"]["id"] for token in tokens] == [guest["id"]] * 2


def test_guest_with_an_address_of_its_own_stays_a_guest(admin: AdminCalls) -> None:
    guest = admin.ok("/admin/sign_in_guest")["user"]
    admin.ok("/admin/transact", {"steps": [["update", "$users", guest["id"], {"email": ANN}]]})
    code = admin.ok("/admin/magic_code", {"email": ANN})["code"]
    body = {"email": ANN, "code": code, "refresh-token": guest["refresh_token"]}
    answer = admin.ok("/admin/verify_magic_code", body)

    assert (answer["created"], answer["user"]["isGuest"]) == (False, True)
    assert "linkedPrimaryUser" not in answer["user"]


def test_unknown_guest_token_is_refused_before_the_code_is_used(admin: AdminCalls) -> None:
    code = admin.ok("/admin/magic_code", {"email": ANN})["code"]
    token = str(uuid4())
    body = {"email": ANN, "code": code}

    refused = admin.post("/admin/verify_magic_code", {**body, "refresh-token": token})
    assert refused.type == "record-not-found"
    assert refused.hint == {
        "args": [{"app-id": admin.app.app_id, "refresh-token": token}],
        "record-type": "app-user",
    }
    assert admin.ok("/admin/verify_magic_code", body)["created"] is True


def test_sign_out_by_token_checks_nothing_else(admin: AdminCalls) -> None:
    user = _user(admin, email=ANN)
    assert admin.ok("/admin/sign_out", {"email": ANN, "refresh_token": "not even a uuid"}) == {"ok": True}

    assert _verify_token(admin, user["refresh_token"]).type == "record-not-found"


@pytest.mark.parametrize("path", ["/admin/refresh_tokens", "/admin/sign_out"])
def test_body_that_is_not_sent_as_json_is_refused(admin: AdminCalls, path: str) -> None:
    assert admin.post(path, b"", content_type="text/plain").status == 400
    assert admin.post(path, b"").status == 400


@pytest.mark.parametrize("name", ["email", "id", "refresh_token"])
def test_parameter_given_twice_is_malformed(admin: AdminCalls, name: str) -> None:
    from instant_admin.local import Request

    headers = {"app-id": admin.app.app_id, "authorization": admin.app.admin_token}
    reply = admin.instance.handle(Request("GET", "/admin/users", ((name, "a"), (name, "b")), headers))

    assert reply.status == 400
    assert b'"param-malformed"' in reply.body
    assert f'["params","{name}"]'.encode() in reply.body
