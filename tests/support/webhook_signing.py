"""A server's side of webhooks: a key, the list that publishes it, and signed deliveries. The key is the oracle's k1."""

from __future__ import annotations

import json
import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

APP = "11111111-1111-4111-8111-111111111111"
WEBHOOK = "33333333-3333-4333-8333-333333333333"
PAYLOAD_PATH = f"/webhooks/payload/{APP}/{WEBHOOK}/0/328/48953748"
TOKEN = "eyJhbGciOiJFZERTQSJ9.e30.c2ln"

_KEY = Ed25519PrivateKey.from_private_bytes(bytes([1] * 32))
KEY: dict[str, Any] = {
    "kty": "OKP",
    "crv": "Ed25519",
    "alg": "EdDSA",
    "use": "sig",
    "kid": "k1",
    "x": "iojj3XQJ8ZX9UtstPLpdcspnCb8dlBIb83SIAbQPb1w",
}
JWKS = {"keys": [KEY]}


def delivery_body(origin: str, path: str = PAYLOAD_PATH, token: str = TOKEN) -> bytes:
    """What is posted to the endpoint."""
    return json.dumps({"payloadUrl": origin + path, "token": token}).encode()


def sign(body: bytes, *, key_id: str = "k1", seconds: int | str | None = None) -> str:
    """The `Instant-Signature` header of a body, signed now unless it says otherwise."""
    signed_at = int(time.time()) if seconds is None else seconds
    signature = _KEY.sign(f"{signed_at}.".encode() + body)
    return f"t={signed_at},kid={key_id},v1={signature.hex()}"


def record(namespace: str = "posts", action: str = "create", id: str = "a") -> dict[str, Any]:
    """A change as the server tells of it."""
    entity = {"id": id, "title": "Hello"}
    return {
        "namespace": namespace,
        "action": action,
        "id": id,
        "before": None if action == "create" else entity,
        "after": None if action == "delete" else entity,
        "idempotencyKey": f"{namespace}-{action}-{id}",
    }


def payload(*records: dict[str, Any]) -> dict[str, Any]:
    """What the server answers for an event."""
    return {"data": list(records), "idempotencyKey": "55555555-5555-4555-8555-555555555555"}
