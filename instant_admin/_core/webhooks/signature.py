"""Is a delivery genuine? Its `Instant-Signature` header is judged before its body is parsed."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

from instant_admin._core.webhooks.delivery import WebhookDelivery, read_delivery
from instant_admin._core.webhooks.jwk_signatures import is_signed_by
from instant_admin._core.webhooks.keys import CLOUD_KEYS, JsonWebKey, JsonWebKeySet, find_key
from instant_admin.errors import InvalidArgumentError, WebhookVerificationError

SIGNATURE_HEADER = "instant-signature"
TOLERANCE_SECONDS = 300.0

_SECONDS = re.compile(r"-?[0-9]{1,18}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2})+")


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature header whose time has been judged, and nothing else yet."""

    seconds: str
    """Time of signing as sent: it is part of what is signed."""
    key_id: str
    hex: str


def verify(
    body: bytes | bytearray | memoryview | str,
    header: str | None,
    *,
    jwks: JsonWebKeySet | None = None,
    tolerance_seconds: float = TOLERANCE_SECONDS,
    now: float | None = None,
) -> WebhookDelivery:
    """Check that a webhook delivery is genuine, and read it. Nothing is sent; a receiver fetches keys by itself.

    Args:
        body: The request's body exactly as it arrived. Parsed and written again it no longer has the signature.
        header: The request's `Instant-Signature` header; None where it is missing.
        jwks: The server's public keys, `{"keys": [...]}`; None for those of Instant's cloud.
        tolerance_seconds: How far the time of signing may lie back, or ahead where the clocks differ.
        now: Unix seconds; None for the clock.

    Returns:
        Where to fetch the changes. Every app of a server signs with the same key: check that `payload_url` names your
        server and your app, as `WebhookReceiver` does, before you trust what it tells.

    Raises:
        WebhookVerificationError: It is not genuine, too old, or malformed; `reason` says which.
        InvalidArgumentError: The body is neither bytes nor text, or the header is no text.
        ConfigurationError: The extra `webhooks` is not installed.
    """
    signature = read_signature(header, tolerance_seconds, now)
    return verify_signature(body, signature, find_key(CLOUD_KEYS if jwks is None else jwks, signature.key_id))


def read_signature(header: str | None, tolerance_seconds: float, now: float | None) -> Signature:
    """The signature in a header, of a time that is near enough.

    Raises:
        WebhookVerificationError: The header is malformed, or of another time.
        InvalidArgumentError: It is no text.
    """
    if not isinstance(header, str | None):
        raise InvalidArgumentError(f"header must be the text of the header, got {type(header).__name__}.")
    parts: dict[str, str] = {}
    for part in (header or "").split(","):
        name, _, value = part.partition("=")
        parts[name] = value  # of two with one name the last counts, as in the JS SDK
    missing = [name for name in ("t", "kid", "v1") if not parts.get(name)]
    if missing:
        raise WebhookVerificationError(f"The Instant-Signature header lacks {', '.join(missing)}.", reason="bad-header")
    if not _SECONDS.fullmatch(parts["t"]):
        raise WebhookVerificationError("The time in the Instant-Signature header is no number.", reason="bad-header")
    age = (time.time() if now is None else now) // 1 - int(parts["t"])  # both in whole seconds
    if not age <= tolerance_seconds:  # as NaN is not
        raise WebhookVerificationError(f"The delivery was signed {age:.0f} s ago.", reason="too-old")
    # A negative tolerance, which the JS SDK takes as well, asks for a time ahead.
    if -age > abs(tolerance_seconds):
        raise WebhookVerificationError(f"The delivery was signed {-age:.0f} s ahead of now.", reason="too-new")
    return Signature(parts["t"], parts["kid"], parts["v1"])


def verify_signature(
    body: bytes | bytearray | memoryview | str, signature: Signature, key: JsonWebKey | None
) -> WebhookDelivery:
    """The delivery in a body, if the key made the signature.

    Raises:
        WebhookVerificationError: It did not, or there is none, or the body is no delivery's.
    """
    content = _bytes(body)
    if key is None:
        raise WebhookVerificationError("The delivery is signed with an unknown key.", reason="unknown-key")
    message = signature.seconds.encode() + b"." + content
    # bytes.fromhex alone would skip blanks
    if not _HEX.fullmatch(signature.hex) or not is_signed_by(key, bytes.fromhex(signature.hex), message):
        raise WebhookVerificationError("The signature does not fit the body.", reason="bad-signature")
    return read_delivery(content, signature.key_id, int(signature.seconds))


def _bytes(body: object) -> bytes:
    if isinstance(body, (bytes, bytearray, memoryview)):
        return bytes(body)
    if not isinstance(body, str):
        raise InvalidArgumentError(
            f"body must be the request's bytes as they arrived, not parsed; got {type(body).__name__}."
        )
    return body.encode(errors="replace")  # a lone surrogate was never signed
