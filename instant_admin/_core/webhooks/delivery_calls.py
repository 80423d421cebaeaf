"""What a receiver asks of the server: its keys, and the changes of a delivery. Neither takes the admin token."""

from __future__ import annotations

import msgspec

from instant_admin._core.generated import wire_request
from instant_admin._core.webhooks.delivery import WebhookDelivery, payload_path
from instant_admin._core.webhooks.keys import JsonWebKeySet
from instant_admin._core.webhooks.payload import WebhookPayload, read_payload
from instant_admin._core.wire import Call


def fetch_keys() -> Call[JsonWebKeySet]:
    """The public keys of the server."""
    from instant_admin_api.api.webhooks import get_webhook_keys as operation

    return Call("getWebhookKeys", wire_request(operation._get_kwargs(), {}), _read_keys, is_read=True)


def fetch_payload(delivery: WebhookDelivery, origin: str | None, app_id: str) -> Call[WebhookPayload]:
    """The changes. See `payload_path` for the arguments.

    Raises:
        WebhookVerificationError: They are another server's or another app's.
    """
    # The path as signed: the generated one would encode the slashes of the event's number.
    kwargs = {"method": "get", "url": payload_path(delivery, origin, app_id)}
    request = wire_request(kwargs, {"authorization": f"Bearer {delivery.token}"})
    return Call("getWebhookPayload", request, read_payload, is_read=True, secrets=(delivery.token,))


def _read_keys(body: bytes) -> JsonWebKeySet:
    return msgspec.json.decode(body, type=dict[str, list[dict[str, object]]])
