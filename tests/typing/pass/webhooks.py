"""Programs that receive webhooks and keep sessions, and what the results are."""

from __future__ import annotations

from typing import Any, assert_type

from fastapi import FastAPI
from starlette.requests import Request

from instant_admin import AsyncInstantAdmin, InstantAdmin, WebhookPayload, WebhookRecord
from instant_admin.web import sync_user_app, sync_user_wsgi_app
from instant_admin.webhooks import (
    AsyncWebhookReceiver,
    WebhookDelivery,
    WebhookHandlers,
    WebhookReceiver,
    verify,
    webhook_app,
    webhook_wsgi_app,
)

handlers = WebhookHandlers()


@handlers.on("posts", "create")
async def announce(record: WebhookRecord) -> str:
    assert_type(record.before, dict[str, Any] | None)
    return record.id


@handlers.on()
def note(record: WebhookRecord) -> None:
    assert_type(record.namespace, str)


async def decorated_handlers_stay_what_they_are(record: WebhookRecord) -> None:
    assert_type(await announce(record), str)
    note(record)


def combined() -> WebhookHandlers:
    return handlers | WebhookHandlers({"posts": {"create": announce, "$default": note}, "$default": print})


def receive(db: InstantAdmin, body: bytes, header: str | None) -> None:
    receiver = WebhookReceiver(db, origin="https://instant.example.com")
    delivery = receiver.verify(body, header)
    assert_type(delivery, WebhookDelivery)
    assert_type(receiver.fetch_payload(delivery).records, tuple[WebhookRecord, ...])
    assert_type(receiver.process(body, header, handlers), WebhookPayload)
    assert_type(verify("text", header, jwks={"keys": []}, now=0), WebhookDelivery)
    webhook_wsgi_app(receiver, handlers)
    sync_user_wsgi_app()


async def receive_awaited(db: AsyncInstantAdmin, request: Request) -> None:
    receiver = AsyncWebhookReceiver(db)
    payload = await receiver.process(await request.body(), request.headers.get("instant-signature"), handlers)
    assert_type(payload, WebhookPayload)
    await db.auth.get_user_from_request(request)
    await db.auth.get_user_from_request(request.headers)
    await db.auth.get_user_from_request(request.scope)
    app = FastAPI()
    app.mount("/webhooks", webhook_app(receiver, handlers))
    app.mount("/sessions", sync_user_app("app"))
