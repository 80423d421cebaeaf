"""What a webhook's endpoint receives: not the changes themselves, but where to fetch them, and the token for that."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

import msgspec

from instant_admin.errors import WebhookVerificationError

_PAYLOAD_PATH = re.compile(
    r"/webhooks/payload/(?P<app_id>[0-9a-fA-F-]{36})/[0-9a-fA-F-]{36}/[0-9A-Fa-f]+(?:/[0-9A-Fa-f]+){1,2}"
)
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class WebhookDelivery:
    """A delivery whose signature is good. It says that the server sent it; `payload_url` says for which app."""

    payload_url: str
    """Where the changes are."""
    token: str = field(repr=False)
    """A JWT that fetches them, for about an hour."""
    key_id: str
    """Of the key that signed, as the delivery writes it."""
    signed_at: int
    """When it was signed, in Unix seconds."""


def read_delivery(body: bytes, key_id: str, signed_at: int) -> WebhookDelivery:
    """The delivery in a body that is known to be genuine.

    Raises:
        WebhookVerificationError: The body is no delivery's.
    """
    try:
        content = msgspec.json.decode(body)
    except (ValueError, RecursionError) as cause:
        raise WebhookVerificationError("The signed body is no JSON.", reason="bad-body") from cause
    url, token = (content.get("payloadUrl"), content.get("token")) if isinstance(content, dict) else (None, None)
    if not isinstance(url, str) or not isinstance(token, str):
        raise WebhookVerificationError("The signed body holds no payloadUrl and token.", reason="bad-body")
    return WebhookDelivery(url, token, key_id, signed_at)


def payload_path(delivery: WebhookDelivery, origin: str | None, app_id: str) -> str:
    """Path of a delivery's changes at the server that a client is configured for.

    Every app of a server signs with the same key, so a good signature alone does not say that a delivery is about our
    app: the app in its address does.

    Args:
        delivery: One whose signature is good.
        origin: Address the server gives itself; None where requests can only go to one server anyway.
        app_id: The client's app.

    Raises:
        WebhookVerificationError: The changes are another server's or another app's.
    """
    try:
        url = urlsplit(delivery.payload_url)
        is_ours = origin is None or _site(url) == _site(urlsplit(origin))
    except ValueError:
        raise _foreign("The address of the changes is malformed.") from None
    prefix = "" if origin is None else urlsplit(origin).path
    path = url.path.removeprefix(prefix)
    found = _PAYLOAD_PATH.fullmatch(path)
    if not is_ours or not url.path.startswith(prefix) or url.query or url.fragment or found is None:
        raise _foreign("The changes are not at the configured server.")
    if found["app_id"].lower() != app_id.lower():
        raise _foreign("The changes are another app's.")
    return path


def _site(url: SplitResult) -> tuple[str, str | None, int | None, bool]:
    has_login = url.username is not None or url.password is not None
    return url.scheme, url.hostname, url.port or _PORTS.get(url.scheme), has_login


def _foreign(message: str) -> WebhookVerificationError:
    return WebhookVerificationError(message, reason="foreign-payload")
