"""Live queries."""

from __future__ import annotations

from typing import Any, Literal, assert_type

from instant_admin import (
    AsyncInstantAdmin,
    AsyncLiveQuery,
    InstantAdmin,
    InstantError,
    LiveQuery,
    PageInfo,
    QueryUpdate,
)


def show(update: QueryUpdate) -> None:
    assert_type(update.data, dict[str, list[dict[str, Any]]])
    assert_type(update.tx_id, int | None)
    assert_type(update.aggregate, dict[str, Any])
    page = update.page_info["goals"]
    assert_type(page, PageInfo)
    assert_type(page.end_cursor, list[Any] | None)
    assert_type(page.has_next_page, bool)


def follow(db: InstantAdmin) -> None:
    with db.subscribe_query({"goals": {}}, rule_params={"k": 1}, on_update=show, on_status=print) as live:
        assert_type(live, LiveQuery)
        assert_type(live.next(timeout=5), QueryUpdate)
        assert_type(live.latest, QueryUpdate | None)
        assert_type(live.status, Literal["connecting", "live", "reconnecting", "closed"])
        assert_type(live.error, InstantError | None)
        for update in live:
            show(update)
    show(db.query_page({"goals": {}}, timeout=5))


async def follow_async(db: AsyncInstantAdmin) -> None:
    async with db.as_user(guest=True).subscribe_query({"goals": {}}, on_error=print) as live:
        assert_type(live, AsyncLiveQuery)
        assert_type(await live.next(), QueryUpdate)
        async for update in live:
            show(update)
    show(await db.query_page({"goals": {}}))
