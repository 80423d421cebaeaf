"""Magic codes: what the recordings cannot show, time and the outbox."""

from __future__ import annotations

import hashlib

import pytest

from instant_admin.local import LocalInstant
from tests.local.support import AdminCalls, Clock, call

DAY = 24 * 3600
PER_HOUR = 20
EMAIL = "ann@example.com"


def _verify(admin: AdminCalls, code: str, email: str = EMAIL) -> object:
    answer = admin.post("/admin/verify_magic_code", {"email": email, "code": code})
    return answer.type or answer.body["created"]


def test_code_is_six_digits_without_nines_and_signs_in_once(admin: AdminCalls) -> None:
    codes = [admin.ok("/admin/magic_code", {"email": EMAIL})["code"] for _ in range(50)]

    assert all(len(code) == 6 and set(code) <= set("012345678") for code in codes)
    assert [_verify(admin, codes[0]), _verify(admin, codes[0])] == [True, "record-not-found"]


def test_code_expires_after_a_day(admin: AdminCalls, clock: Clock) -> None:
    first, second = (admin.ok("/admin/magic_code", {"email": EMAIL})["code"] for _ in range(2))
    clock.advance(DAY)
    assert _verify(admin, first) is True

    clock.advance(1)
    refused = admin.post("/admin/verify_magic_code", {"email": EMAIL, "code": second})
    assert (refused.status, refused.type) == (400, "record-expired")
    assert refused.hint == {"args": [{"app-id": admin.app.app_id, "code": second, "email": EMAIL}]}


def test_21st_send_within_an_hour_is_refused(admin: AdminCalls, clock: Clock) -> None:
    for _ in range(PER_HOUR):
        admin.ok("/admin/send_magic_code", {"email": EMAIL})
        clock.advance(60)
    refused = admin.post("/admin/send_magic_code", {"email": EMAIL.upper()})

    assert (refused.status, refused.type, refused.hint) == (429, "rate-limited", None)
    admin.ok("/admin/send_magic_code", {"email": "bob@example.com"})
    admin.ok("/admin/magic_code", {"email": EMAIL})
    clock.advance(41 * 60)
    admin.ok("/admin/send_magic_code", {"email": EMAIL})


def test_21st_attempt_within_an_hour_is_refused_even_with_a_right_code(admin: AdminCalls, clock: Clock) -> None:
    code = admin.ok("/admin/magic_code", {"email": EMAIL})["code"]
    for _ in range(PER_HOUR):
        assert _verify(admin, "999999") == "record-not-found"

    assert _verify(admin, code) == "rate-limited"
    clock.advance(3601)
    assert _verify(admin, code) is True


def test_limits_count_each_app_by_itself(instance: LocalInstant, admin: AdminCalls) -> None:
    other = AdminCalls(instance, instance.create_app())
    for _ in range(PER_HOUR):
        admin.ok("/admin/send_magic_code", {"email": EMAIL})

    other.ok("/admin/send_magic_code", {"email": EMAIL})


def test_sent_codes_are_in_the_outbox_and_made_ones_are_not(instance: LocalInstant, admin: AdminCalls) -> None:
    admin.ok("/admin/magic_code", {"email": EMAIL})
    sent = admin.ok("/admin/send_magic_code", {"email": EMAIL})["code"]
    runtime = call(
        instance, "POST", "/runtime/auth/send_magic_code", {"app-id": admin.app.app_id, "email": "bob@example.com"}
    )

    assert runtime.body == {"sent": True}
    emails = instance.outbox.read(admin.app.app_id)
    assert [(email.to, email.app_id) for email in emails] == [
        (EMAIL, admin.app.app_id),
        ("bob@example.com", admin.app.app_id),
    ]
    assert emails[0].code == sent
    assert instance.outbox.read("another app") == []
    assert sent not in repr(emails)


def test_code_is_stored_as_its_hash(admin: AdminCalls) -> None:
    code = admin.ok("/admin/magic_code", {"email": EMAIL})["code"]
    rows = admin.ok("/admin/query", {"query": {"$magicCodes": {}}})["$magicCodes"]

    assert [row["codeHash"] for row in rows] == [hashlib.sha256(code.encode()).hexdigest()]


def test_very_long_address_is_refused_as_too_large(admin: AdminCalls) -> None:
    answer = admin.post("/admin/magic_code", {"email": "a" * 1100 + "@example.com"})

    assert (answer.status, answer.type) == (400, "validation-failed")
    assert answer.hint["value-too-large?"] is True


@pytest.mark.parametrize("status", ["read-only", "disabled"])
def test_runtime_routes_obey_the_status_too(instance: LocalInstant, admin: AdminCalls, status: str) -> None:
    code = admin.ok("/admin/magic_code", {"email": EMAIL})["code"]
    app_id = admin.app.app_id
    admin.ok(f"/dash/apps/ephemeral/{app_id}/status", {"admin-token": admin.app.admin_token, "status": status})
    bodies = {
        "send_magic_code": {"app-id": app_id, "email": EMAIL},
        "verify_magic_code": {"app-id": app_id, "email": EMAIL, "code": code},
        "sign_in_guest": {"app-id": app_id},
    }

    answers = {name: call(instance, "POST", f"/runtime/auth/{name}", body).type for name, body in bodies.items()}

    assert set(answers.values()) == {f"app-{status}"}


def test_runtime_routes_look_at_the_app_id_after_address_and_code(instance: LocalInstant) -> None:
    def missing(path: str, **body: str) -> object:
        return call(instance, "POST", f"/runtime/auth/{path}", body).hint["in"]

    assert missing("send_magic_code") == ["body", "email"]
    assert missing("send_magic_code", email=EMAIL) == ["body", "app-id"]
    assert missing("verify_magic_code") == ["body", "email"]
    assert missing("verify_magic_code", email=EMAIL) == ["body", "code"]
    assert missing("verify_magic_code", email=EMAIL, code="1") == ["body", "app-id"]


def test_token_of_a_guest_is_looked_for_in_an_unknown_app_too(instance: LocalInstant) -> None:
    nobody = "1bbcfb8a-03ae-5807-b511-0f58310a20f4"
    attempt = {"app-id": nobody, "email": EMAIL, "code": "1", "refresh-token": nobody}

    refused = call(instance, "POST", "/runtime/auth/verify_magic_code", attempt)

    assert refused.hint == {"args": [{"app-id": nobody, "refresh-token": nobody}], "record-type": "app-user"}
    assert call(instance, "POST", "/runtime/auth/verify_magic_code", {**attempt, "refresh-token": "x"}).hint == {
        "in": ["body", "refresh-token"],
        "original-input": "x",
    }
