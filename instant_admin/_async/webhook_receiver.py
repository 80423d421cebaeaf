"""Receiving webhooks with the connections of a client, awaitable."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from instant_admin._async.runtime import Mutex
from instant_admin._core.settings import CLOUD_URL
from instant_admin._core.webhooks import delivery_calls as calls
from instant_admin._core.webhooks.delivery import WebhookDelivery
from instant_admin._core.webhooks.handlers import WebhookHandlers
from instant_admin._core.webhooks.key_cache import KeyCache
from instant_admin._core.webhooks.keys import CLOUD_KEYS, JsonWebKey
from instant_admin._core.webhooks.payload import WebhookPayload
from instant_admin._core.webhooks.signature import TOLERANCE_SECONDS, read_signature, verify_signature
from instant_admin.types import Timeout

if TYPE_CHECKING:
    from instant_admin._async.client import AsyncInstantAdmin


class AsyncWebhookReceiver:
    """Takes the webhook deliveries of one app from one server: checks that they are genuine, fetches the changes that
    they tell of, and has them handled.

    It believes nothing but the server and the app that its client is configured for. It keeps the server's keys, so
    make one and use it for all deliveries.
    """

    def __init__(self, db: AsyncInstantAdmin[Any, Any, Any], *, origin: str | None = None) -> None:
        """Make a receiver. Nothing is sent before the first delivery.

        Args:
            db: Whose server, app, connections, timeouts and retries to use; it stays yours to close. It needs no admin
                token.
            origin: Address the server gives itself, where that is not the client's `base_url`: one reached by a name
                of an inner network, say. Changes are fetched from the `base_url` all the same.
        """
        self._gateway = db._gateway  # noqa: SLF001  the client's own part of the SDK
        self._app_id = db.app_id
        self._origin = origin.rstrip("/") if origin is not None else self._gateway.base_url
        self._keys = KeyCache(CLOUD_KEYS if self._gateway.base_url == CLOUD_URL else None)
        self._mutex = Mutex()

    async def verify(
        self,
        body: bytes | bytearray | memoryview | str,
        header: str | None,
        *,
        tolerance_seconds: float = TOLERANCE_SECONDS,
        now: float | None = None,
        timeout: float | Timeout | None = None,
    ) -> WebhookDelivery:
        """Check that a delivery was signed by the server, whose keys are asked for when an unknown one is named.

        They are asked for once in 30 seconds at most: until then, what the list does not have is unknown.

        Args:
            body: The request's body exactly as it arrived.
            header: The request's `Instant-Signature` header; None where it is missing.
            tolerance_seconds: How far the time of signing may lie back, or ahead where the clocks differ.
            now: Unix seconds; None for the clock.
            timeout: For the keys, in seconds.

        Raises:
            WebhookVerificationError: It is not genuine, too old, or malformed; `reason` says which.
            InvalidArgumentError: The body is neither bytes nor text.
            ConfigurationError: The extra `webhooks` is not installed.

        Source: GET /.well-known/webhooks/jwks.json, `getWebhookKeys` in openapi/admin.yaml.
        """
        signature = read_signature(header, tolerance_seconds, now)
        return verify_signature(body, signature, await self._find_key(signature.key_id, timeout))

    async def fetch_payload(
        self, delivery: WebhookDelivery, *, timeout: float | Timeout | None = None
    ) -> WebhookPayload:
        """Fetch the changes that a delivery tells of, with the delivery's own token.

        Args:
            delivery: From `verify`.
            timeout: For this call, in seconds.

        Returns:
            The changes, perhaps none. Where `is_gone`, the server no longer has them.

        Raises:
            WebhookVerificationError: The changes are at another server, or another app's; nothing was sent.
            ValidationFailedError: The token is no longer good; the server sends a fresh one when it repeats.

        Source: GET /webhooks/payload/{app_id}/{webhook_id}/{isn}, `getWebhookPayload` in openapi/admin.yaml.
        """
        return await self._gateway.run(calls.fetch_payload(delivery, self._origin, self._app_id), timeout)

    async def process(
        self,
        body: bytes | bytearray | memoryview | str,
        header: str | None,
        handlers: WebhookHandlers,
        *,
        timeout: float | Timeout | None = None,
    ) -> WebhookPayload:
        """Take one delivery: verify it, fetch the changes, and run the handlers.

        The server waits 20 s for an answer, all in all, and repeats a delivery that got none, or any but a 2xx. Never
        answer 410: it disables the webhook.

        Args:
            body: The request's body exactly as it arrived.
            header: The request's `Instant-Signature` header; None where it is missing.
            handlers: Who handles which change.
            timeout: For each of the calls, in seconds.

        Raises:
            WebhookVerificationError: Not genuine: answer 400.
            Exception: Whatever a handler raised; see `WebhookHandlers`.
        """
        delivery = await self.verify(body, header, timeout=timeout)
        payload = await self.fetch_payload(delivery, timeout=timeout)
        await handlers.dispatch_async(payload)
        return payload

    async def _find_key(self, key_id: str, timeout: float | Timeout | None) -> JsonWebKey | None:
        key = self._keys.find(key_id, time.monotonic())
        if key is not None:
            return key
        async with self._mutex:  # deliveries that come together ask once
            if self._keys.find(key_id, time.monotonic()) is None and self._keys.ask(time.monotonic()):
                self._keys.keep(await self._gateway.run(calls.fetch_keys(), timeout), time.monotonic())
            return self._keys.find(key_id, time.monotonic())

    def __repr__(self) -> str:
        return f"{type(self).__name__}(app_id={self._app_id!r}, origin={self._origin!r})"
