"""Live queries used the wrong way."""

from __future__ import annotations

from instant_admin import AsyncInstantAdmin, InstantAdmin, InstantError, QueryUpdate


def told_of_errors(error: InstantError) -> None:
    """For `on_error`."""


def follow(db: InstantAdmin) -> None:
    db.subscribe_query([])  # expect: arg-type, reportArgumentType
    db.subscribe_query({"goals": {}}, on_update=told_of_errors)  # expect: arg-type, reportArgumentType
    with db.subscribe_query({"goals": {}}) as live:
        live.next("5")  # expect: arg-type, reportArgumentType
        live.status = "live"  # expect: misc, reportAttributeAccessIssue
        update = live.next()
        update.data = {}  # expect: misc, reportAttributeAccessIssue
        rows: list[str] = update.page_info  # expect: assignment, reportAssignmentType
        print(rows)


async def follow_async(db: AsyncInstantAdmin) -> None:
    async with db.subscribe_query({"goals": {}}) as live:
        update: QueryUpdate = live.next()  # expect: assignment, reportAssignmentType
        print(update)
        for _ in live:  # expect: attr-defined, reportGeneralTypeIssues
            pass
