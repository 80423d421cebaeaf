"""Clients that are made or scoped wrongly. Each error's line ends in mypy's and pyright's name for it."""

from __future__ import annotations

from instant_admin import AsyncInstantAdmin, InstantAdmin, RetryPolicy, Timeout


def make() -> None:
    InstantAdmin(5)  # expect: arg-type, reportArgumentType
    InstantAdmin("app", "token", "https://a.b")  # expect: call-arg, reportCallIssue
    InstantAdmin(engine="aiohttp")  # expect: arg-type, reportArgumentType
    InstantAdmin(timeout="5")  # expect: arg-type, reportArgumentType
    InstantAdmin(retry=3)  # expect: arg-type, reportArgumentType
    InstantAdmin(on_response=5)  # expect: arg-type, reportArgumentType
    InstantAdmin(token="t")  # expect: call-arg, reportCallIssue
    Timeout(5)  # expect: call-arg, reportCallIssue
    RetryPolicy(max_attempts="3")  # expect: arg-type, reportArgumentType
    InstantAdmin.local(5)  # expect: arg-type, reportArgumentType


def scope(db: InstantAdmin) -> None:
    db.as_user("ann@example.com")  # expect: call-arg, reportCallIssue
    db.as_user(id="i")  # expect: call-arg, reportCallIssue
    db.as_user(guest="yes")  # expect: arg-type, reportArgumentType
    db.as_user(email=None, token=b"t")  # expect: arg-type, reportArgumentType
    db.app_id = "other"  # expect: misc, reportAttributeAccessIssue


async def mixed(blocking: InstantAdmin, awaitable: AsyncInstantAdmin) -> None:
    with awaitable:  # expect: attr-defined, reportGeneralTypeIssues
        pass
    awaitable.close()  # expect: attr-defined, reportAttributeAccessIssue
    blocking.aclose()  # expect: attr-defined, reportAttributeAccessIssue
    awaitable.aclose()  # expect: unused-coroutine, reportUnusedCoroutine
