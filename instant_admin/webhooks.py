"""Receiving Instant's webhooks: verify a delivery, fetch the changes it tells of, have them handled.

from instant_admin import AsyncInstantAdmin
from instant_admin.webhooks import AsyncWebhookReceiver, WebhookHandlers, webhook_app

handlers = WebhookHandlers()

@handlers.on("posts", "create")
async def announce(record): ...

app = webhook_app(AsyncWebhookReceiver(AsyncInstantAdmin()), handlers)  # ASGI; webhook_wsgi_app for WSGI

Making webhooks is `db.webhooks`. Verifying needs the extra `webhooks`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from instant_admin._core.web.asgi import ASGIApp, asgi_app
from instant_admin._core.web.headers import read_header
from instant_admin._core.web.messages import MAX_BODY_BYTES, WebReply, WebRequest, accepted, refused
from instant_admin._core.web.wsgi import wsgi_app
from instant_admin._core.webhooks.delivery import WebhookDelivery
from instant_admin._core.webhooks.handlers import Handler, HandlerTable, WebhookHandlers
from instant_admin._core.webhooks.keys import JsonWebKeySet
from instant_admin._core.webhooks.payload import WebhookPayload, WebhookRecord
from instant_admin._core.webhooks.signature import SIGNATURE_HEADER, verify
from instant_admin._core.webhooks.values import Webhook, WebhookAction, WebhookAttempt, WebhookEvent, WebhookEventPage
from instant_admin._sync.webhook_receiver import WebhookReceiver
from instant_admin.errors import WebhookVerificationError

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

    from instant_admin._async.webhook_receiver import AsyncWebhookReceiver

__all__ = [
    "AsyncWebhookReceiver",
    "Handler",
    "HandlerTable",
    "JsonWebKeySet",
    "Webhook",
    "WebhookAction",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookEvent",
    "WebhookEventPage",
    "WebhookHandlers",
    "WebhookPayload",
    "WebhookReceiver",
    "WebhookRecord",
    "WebhookVerificationError",
    "verify",
    "webhook_app",
    "webhook_wsgi_app",
]

_WRONG_METHOD = refused(405, "Deliveries are posted.", ("allow", "POST"))


def webhook_app(
    receiver: AsyncWebhookReceiver, handlers: WebhookHandlers, *, max_body_bytes: int = MAX_BODY_BYTES
) -> ASGIApp:
    """An ASGI application that takes deliveries, at whatever path it is mounted.

    It answers 200 when all is handled, 400 to what is not genuine, 405 and 413 to what is no delivery at all. What a
    handler raises, and what goes wrong with fetching the changes, goes on to the server or the middleware around the
    application, which answer 500 and log it; Instant then repeats the delivery.

    Args:
        receiver: Of the app whose deliveries come here.
        handlers: Who handles which change, plain functions on the event loop.
        max_body_bytes: Longer requests are refused unread.
    """

    async def answer(request: WebRequest) -> WebReply:
        if request.method != "POST":
            return _WRONG_METHOD
        try:
            await receiver.process(request.body, read_header(request.source, SIGNATURE_HEADER), handlers)
        except WebhookVerificationError as error:
            return refused(400, error.reason)
        return accepted()

    return asgi_app(answer, max_body_bytes)


def webhook_wsgi_app(
    receiver: WebhookReceiver, handlers: WebhookHandlers, *, max_body_bytes: int = MAX_BODY_BYTES
) -> WSGIApplication:
    """The same as a WSGI application, with handlers that are plain functions; see `webhook_app`."""

    def answer(request: WebRequest) -> WebReply:
        if request.method != "POST":
            return _WRONG_METHOD
        try:
            receiver.process(request.body, read_header(request.source, SIGNATURE_HEADER), handlers)
        except WebhookVerificationError as error:
            return refused(400, error.reason)
        return accepted()

    return wsgi_app(answer, max_body_bytes)


def __getattr__(name: str) -> Any:
    # Imported when first asked for: a blocking program need not load asyncio.
    if name != "AsyncWebhookReceiver":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from instant_admin._async.webhook_receiver import AsyncWebhookReceiver

    return AsyncWebhookReceiver


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
