"""Webhooks that are received wrongly. Each error's line ends in mypy's and pyright's name for it."""

from __future__ import annotations

from instant_admin import AsyncInstantAdmin, InstantAdmin, WebhookRecord
from instant_admin.webhooks import AsyncWebhookReceiver, WebhookHandlers, WebhookReceiver, verify, webhook_app

handlers = WebhookHandlers()


def misplaced(record: WebhookRecord) -> None:
    handlers.on("posts", "upsert")(misplaced)  # expect: arg-type, reportArgumentType
    handlers.on("posts")("announce")  # expect: type-var, reportArgumentType
    record.action = "update"  # expect: misc, reportAttributeAccessIssue


def mixed(blocking: InstantAdmin, awaitable: AsyncInstantAdmin) -> None:
    WebhookReceiver(awaitable)  # expect: arg-type, reportArgumentType
    AsyncWebhookReceiver(blocking)  # expect: arg-type, reportArgumentType
    webhook_app(WebhookReceiver(blocking), handlers)  # expect: arg-type, reportArgumentType


def parsed(body: dict[str, str], header: str) -> None:
    verify(body, header)  # expect: arg-type, reportArgumentType
    verify(b"", header, {"keys": []})  # expect: call-arg, reportCallIssue


def nothing(db: InstantAdmin) -> None:
    db.auth.get_user_from_request(None)  # expect: arg-type, reportArgumentType
    db.auth.get_user_from_request("cookie: a=b")  # expect: arg-type, reportArgumentType
