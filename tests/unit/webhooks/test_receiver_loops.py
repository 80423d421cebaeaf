"""A receiver may be a module's global that several event loops use one after another."""

from __future__ import annotations

import asyncio

import pytest

from instant_admin import AsyncInstantAdmin, WebhookVerificationError
from instant_admin._core.webhooks import key_cache
from instant_admin.webhooks import AsyncWebhookReceiver
from tests.support.fake_server import FakeServer, reply
from tests.support.webhook_signing import APP, JWKS, delivery_body, sign


def test_each_event_loop_waits_for_its_own_requests_for_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_cache, "PAUSE_SECONDS", 0.0)
    with FakeServer() as server:
        server.always(reply(JWKS))
        body = delivery_body(server.url)
        receiver = AsyncWebhookReceiver(AsyncInstantAdmin(APP, base_url=server.url))

        async def take(key_id: str) -> str:
            try:
                await receiver.verify(body, sign(body, key_id=key_id))
            except WebhookVerificationError as error:
                return error.reason
            return "genuine"

        async def burst() -> list[str]:
            return await asyncio.gather(*map(take, ("forged1", "forged2", "forged3")))

        for _ in range(2):
            assert asyncio.run(burst()) == ["unknown-key"] * 3
    assert len(server.received) == 6
