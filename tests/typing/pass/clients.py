"""How clients are made, scoped and closed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, assert_type

import httpx

from instant_admin import AsyncInstantAdmin, CallAttempt, InstantAdmin, RetryPolicy, Timeout


def observe(attempt: CallAttempt) -> None:
    assert_type(attempt.operation, str)
    assert_type(attempt.status, int | None)
    assert_type(attempt.error, Exception | None)


def to_number(value: Any) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError


def make() -> None:
    InstantAdmin()
    InstantAdmin("app", "token")
    InstantAdmin("app", "token", base_url="local:", timeout=5, retry=None, engine="httpx")
    InstantAdmin(timeout=Timeout(connect=1, total=None), retry=RetryPolicy(max_attempts=1))
    InstantAdmin(on_response=observe, converter=to_number, http_client=httpx.Client())
    InstantAdmin(converter=float)
    AsyncInstantAdmin(http_client=httpx.AsyncClient(), timeout=None)


def close() -> None:
    with InstantAdmin.local(Path("dev.sqlite"), schema={"entities": {}}) as db:
        assert_type(db, InstantAdmin)
        assert_type(db.as_user(email="ann@example.com"), InstantAdmin)
        assert_type(db.as_user(token="t").as_user(guest=True), InstantAdmin)
        assert_type(db.app_id, str)
        assert_type(db.engine_name, str)
    db.close()


async def aclose() -> None:
    async with AsyncInstantAdmin.local() as db:
        assert_type(db, AsyncInstantAdmin)
        assert_type(db.as_user(guest=True), AsyncInstantAdmin)
    await db.aclose()
