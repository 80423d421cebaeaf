"""The key of an instance: what it signs, and the tokens that it gives out. Needs the extra `webhooks`.

Its id is a number of 32 bits, signed in headers and tokens and unsigned in the published list, as with the real server
(server contract, webhooks 6).
"""

from __future__ import annotations

import hashlib
import sqlite3
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

import msgspec

from instant_admin.local.errors import Refusal, not_supported_locally, validation_failed

_SETTING = "webhook_key"
_TOKEN_SECONDS = 3600
_NO_EXTRA = (
    "Webhooks without the extra `webhooks` (pip install 'instant-admin[webhooks]'), which signs what they deliver,"
)


class SigningKey:
    """An Ed25519 key."""

    def __init__(self, secret: bytes) -> None:
        """Take a key.

        Args:
            secret: Its 32 bytes.
        """
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._key = Ed25519PrivateKey.from_private_bytes(secret)
        self._public = self._key.public_key().public_bytes_raw()
        self._id = hashlib.sha256(self._public).digest()[:4]

    def __repr__(self) -> str:
        return f"SigningKey({self.signed_id})"

    @property
    def signed_id(self) -> str:
        """The id as headers and tokens have it."""
        return str(int.from_bytes(self._id, "big", signed=True))

    def published(self) -> dict[str, str]:
        """The public key, as an entry of the published list."""
        return {
            "kty": "OKP",
            "crv": "Ed25519",
            "alg": "EdDSA",
            "use": "sig",
            "kid": str(int.from_bytes(self._id, "big")),
            "x": _encoded(self._public),
        }

    def signature_header(self, body: bytes, now_ms: int) -> str:
        """The `Instant-Signature` header of a delivery."""
        seconds = now_ms // 1000
        signature = self._key.sign(str(seconds).encode() + b"." + body)
        return f"t={seconds},kid={self.signed_id},v1={signature.hex()}"

    def token(self, origin: str, app_id: str, webhook_id: str, isn: str, now_ms: int) -> str:
        """A token that fetches the changes of one event, for an hour."""
        header = {"kid": self.signed_id, "typ": "JWT", "alg": "EdDSA"}
        claims = {
            "iss": origin,
            "sub": app_id,
            "exp": now_ms // 1000 + _TOKEN_SECONDS,
            **_about(app_id, webhook_id, isn),
        }
        text = f"{_encoded(msgspec.json.encode(header))}.{_encoded(msgspec.json.encode(claims))}"
        return f"{text}.{_encoded(self._key.sign(text.encode()))}"

    def check_token(self, token: str, app_id: str, webhook_id: str, isn: str, now_ms: int) -> None:
        """See that a token was given out for an event, and is still good.

        Raises:
            Refusal: It was not, or is not.
        """
        claims = self._claims(token)
        expires = claims.get("exp")
        if not isinstance(expires, int) or now_ms >= expires * 1000:
            raise _bad_token("The token has expired.")
        if any(claims.get(name) != value for name, value in _about(app_id, webhook_id, isn).items()):
            raise _bad_token("The token is for another event.")

    def _claims(self, token: str) -> Mapping[str, Any]:
        from cryptography.exceptions import InvalidSignature

        signed, _, signature = token.rpartition(".")
        try:
            self._key.public_key().verify(_decoded(signature), signed.encode())
            return msgspec.json.decode(_decoded(signed.partition(".")[2]), type=dict[str, Any])
        except (InvalidSignature, ValueError) as cause:
            raise _bad_token("Invalid JWT.") from cause


def load_key(db: sqlite3.Connection) -> SigningKey:
    """The key of a database, made on first use; the same from then on.

    Raises:
        Refusal: The extra `webhooks` is not installed.
    """
    try:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    except ImportError as cause:
        raise not_supported_locally(_NO_EXTRA) from cause
    row = db.execute("SELECT value FROM setting WHERE name = ?", (_SETTING,)).fetchone()
    if row is not None:
        return SigningKey(row[0])
    secret = Ed25519PrivateKey.generate().private_bytes_raw()
    db.execute("INSERT INTO setting VALUES (?, ?)", (_SETTING, secret))
    return SigningKey(secret)


def is_token(text: str) -> bool:
    """Whether a bearer is a token of a delivery, good or bad, and no other credential."""
    return text.count(".") == 2


def _about(app_id: str, webhook_id: str, isn: str) -> dict[str, str]:
    return {"app-id": app_id, "webhook-id": webhook_id, "isn": isn}


def _bad_token(message: str) -> Refusal:
    return validation_failed("jwt", "<redacted token>", [{"message": message}])


def _encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4))
