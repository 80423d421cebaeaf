"""What the calls about users take and give."""

from __future__ import annotations

from typing import Any, assert_type
from uuid import UUID

from instant_admin import APIError, AsyncInstantAdmin, InstantAdmin, InstantError, RateLimitedError, SignIn, User


def sign_in(db: InstantAdmin) -> None:
    code = db.auth.generate_magic_code("ann@example.com")
    assert_type(code, str)
    user, created = db.auth.check_magic_code("ann@example.com", code, extra_fields={"nick": "ann"}, refresh_token="t")
    assert_type(user, User)
    assert_type(created, bool)
    signed = db.auth.sign_in(id=UUID(int=1))
    assert_type(signed, SignIn)
    assert_type(signed.user.refresh_token, str | None)
    assert_type(db.auth.create_token("ann@example.com"), str)
    assert_type(db.auth.sign_in_guest().user.id, str)


def find(db: InstantAdmin, headers: dict[str, str]) -> None:
    found = db.auth.get_user("ann@example.com")
    assert_type(found, User | None)
    if found is not None:
        assert_type(found.email, str | None)
        assert_type(found.is_guest, bool)
        fields: dict[str, Any] = found
        print(fields, found["nickname"])
    assert_type(db.auth.verify_token("t"), User)
    assert_type(db.auth.get_user_from_request(headers), User | None)
    assert_type(db.auth.delete_user(id="i", timeout=1), User | None)
    db.auth.sign_out(refresh_token="t")


def explain(db: InstantAdmin) -> None:
    try:
        db.query({})
    except RateLimitedError as error:
        assert_type(error.retry_after_seconds, float | None)
    except APIError as error:
        assert_type((error.status, error.type), tuple[int, str | None])
    except InstantError as error:
        assert_type(error.is_retryable, bool)


async def awaitable(db: AsyncInstantAdmin) -> None:
    user, created = await db.auth.check_magic_code("ann@example.com", "123456")
    assert_type(user, User)
    assert_type(created, bool)
    assert_type(await db.auth.get_user(id="i"), User | None)
    await db.auth.sign_out("ann@example.com")
