"""The backend over HTTP, on the awaitable client."""

from __future__ import annotations

import httpx
from goals_app.web import make_app

from instant_admin import AsyncInstantAdmin
from instant_admin.local import LocalApp, LocalInstant


def _client(db: AsyncInstantAdmin) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(make_app(db)), base_url="http://goals")


async def test_user_signs_in_with_a_mailed_code(
    async_instant: AsyncInstantAdmin, instant_server: LocalInstant, instant_app: LocalApp
) -> None:
    async with _client(async_instant) as client:
        await client.post("/sign-in", json={"email": "ann@example.com"})
        (mail,) = instant_server.control.outbox(instant_app)
        signed_in = await client.post("/sign-in", json={"email": mail.to, "code": mail.code})
        headers = {"authorization": f"Bearer {signed_in.json()['token']}"}
        added = await client.post("/goals", json={"title": "Write"}, headers=headers)

        assert added.status_code == 201
        assert [goal["title"] for goal in (await client.get("/goals", headers=headers)).json()] == ["Write"]
        assert (await client.get("/goals")).json() == []


async def test_code_expires_after_a_day(async_instant: AsyncInstantAdmin, instant_server: LocalInstant) -> None:
    code = await async_instant.auth.generate_magic_code("ann@example.com")
    instant_server.control.advance(25 * 3600)
    async with _client(async_instant) as client:
        refused = await client.post("/sign-in", json={"email": "ann@example.com", "code": code})

    assert (refused.status_code, refused.json()) == (401, {"error": "RecordExpiredError"})


async def test_failing_server_is_not_the_users_fault(
    async_instant: AsyncInstantAdmin, instant_server: LocalInstant
) -> None:
    instant_server.control.fail_next("/admin/query", status=503)
    transport = httpx.ASGITransport(make_app(async_instant), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://goals") as client:
        assert (await client.get("/goals")).status_code == 500
        assert (await client.get("/goals")).status_code == 200


async def test_unknown_token_is_refused(async_instant: AsyncInstantAdmin) -> None:
    async with _client(async_instant) as client:
        refused = await client.post("/goals", json={"title": "Write"}, headers={"authorization": "Bearer nonsense"})

    assert refused.status_code == 400
