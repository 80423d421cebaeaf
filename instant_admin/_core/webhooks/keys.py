"""The public keys that webhook deliveries are signed with, as a server publishes them: a JSON Web Key Set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

JsonWebKey: TypeAlias = Mapping[str, Any]
JsonWebKeySet: TypeAlias = Mapping[str, Any]
"""`{"keys": [...]}`, as `/.well-known/webhooks/jwks.json` answers."""

CLOUD_KEYS: JsonWebKeySet = {
    "keys": [
        {
            "kty": "OKP",
            "crv": "Ed25519",
            "alg": "EdDSA",
            "use": "sig",
            "kid": "1034696293",
            "x": "N-C41432STKAKkXAWmeIOXMnZcGRR1b9u1L3bTVqI_o",
        }
    ]
}
"""The key of Instant's cloud (server contract, webhooks 6)."""

_NUMBER = re.compile(r"-?[0-9]{1,20}")


def find_key(keys: object, key_id: str) -> JsonWebKey | None:
    """The first key of a set that has this id; None where there is none, or the set is none."""
    listed = keys.get("keys") if isinstance(keys, Mapping) else None
    if not isinstance(listed, (list, tuple)):
        return None
    wanted = _canonical(key_id)
    for key in listed:
        if isinstance(key, Mapping) and isinstance(key.get("kid"), str) and _canonical(key["kid"]) == wanted:
            return key
    return None


def _canonical(key_id: str) -> str:
    # The server writes one 32-bit number signed into headers and unsigned into the set (server contract, webhooks 6).
    return str(int(key_id) % 2**32) if _NUMBER.fullmatch(key_id) else key_id
