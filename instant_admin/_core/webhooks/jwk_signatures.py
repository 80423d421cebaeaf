"""Does a signature belong to a message and a public key? The one place that uses PyCA's cryptography."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from collections.abc import Callable
from typing import Any, TypeAlias

from instant_admin._core.webhooks.keys import JsonWebKey
from instant_admin.errors import ConfigurationError, WebhookVerificationError

Check: TypeAlias = Callable[[bytes, bytes], None]
"""Takes signature and message; raises InvalidSignature."""

_BASE64URL = re.compile(r"[A-Za-z0-9_-]+=*")

# Curve -> algorithm, length of a coordinate in bytes, and the names of curve and hash in the library.
_CURVES = {
    "P-256": ("ES256", 32, "SECP256R1", "SHA256"),
    "P-384": ("ES384", 48, "SECP384R1", "SHA384"),
    "P-521": ("ES512", 66, "SECP521R1", "SHA512"),
}


def is_signed_by(key: JsonWebKey, signature: bytes, message: bytes) -> bool:
    """Whether this key made this signature: Ed25519, ECDSA (r and s in a row, as in JSON Web Signature), or RSA with
    PKCS #1 v1.5 and SHA-256.

    Raises:
        WebhookVerificationError: The key is none of these, or malformed, or meant for something else.
        ConfigurationError: The extra `webhooks` is not installed.
    """
    try:
        from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    except ImportError as cause:
        raise ConfigurationError(
            "Verifying webhooks needs the extra: pip install 'instant-admin[webhooks]'."
        ) from cause
    try:
        check = _read_key(key)
    except (ValueError, KeyError, TypeError, UnsupportedAlgorithm) as cause:
        raise WebhookVerificationError(
            "The key that the delivery names cannot verify signatures.", reason="unusable-key"
        ) from cause
    try:
        check(signature, message)
    except (InvalidSignature, ValueError):  # ValueError: a signature of another length
        return False
    return True


def _read_key(key: JsonWebKey) -> Check:
    if key.get("use", "sig") != "sig" or "verify" not in key.get("key_ops", ["verify"]):
        raise ValueError("meant for something else")
    read = {"OKP": _read_edwards, "EC": _read_elliptic, "RSA": _read_rsa}[key["kty"]]
    return read(key)


def _read_edwards(key: JsonWebKey) -> Check:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    _expect(key["crv"], "Ed25519")
    _expect(key.get("alg", "EdDSA"), "EdDSA", "Ed25519")
    return Ed25519PublicKey.from_public_bytes(_bytes(key["x"])).verify


def _read_elliptic(key: JsonWebKey) -> Check:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    algorithm, length, curve, digest = _CURVES[key["crv"]]
    _expect(key.get("alg", algorithm), algorithm)
    numbers = ec.EllipticCurvePublicNumbers(_integer(key["x"]), _integer(key["y"]), getattr(ec, curve)())
    public_key = numbers.public_key()

    def check(signature: bytes, message: bytes) -> None:
        if len(signature) != 2 * length:
            raise ValueError("r and s have a fixed length")
        r, s = int.from_bytes(signature[:length]), int.from_bytes(signature[length:])
        public_key.verify(encode_dss_signature(r, s), message, ec.ECDSA(getattr(hashes, digest)()))

    return check


def _read_rsa(key: JsonWebKey) -> Check:
    from cryptography.hazmat.primitives.asymmetric import padding, rsa
    from cryptography.hazmat.primitives.hashes import SHA256

    _expect(key.get("alg", "RS256"), "RS256")
    public_key = rsa.RSAPublicNumbers(_integer(key["e"]), _integer(key["n"])).public_key()
    return lambda signature, message: public_key.verify(signature, message, padding.PKCS1v15(), SHA256())


def _expect(value: object, *allowed: str) -> None:
    if value not in allowed:
        raise ValueError("another algorithm")


def _integer(value: Any) -> int:
    return int.from_bytes(_bytes(value))


def _bytes(value: Any) -> bytes:
    if not isinstance(value, str) or not _BASE64URL.fullmatch(value):
        raise ValueError("no base64url")
    return urlsafe_b64decode(value.rstrip("=") + "=" * (-len(value.rstrip("=")) % 4))
