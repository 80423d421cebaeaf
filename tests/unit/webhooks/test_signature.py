"""What makes a delivery genuine, beyond the vectors."""

from __future__ import annotations

import builtins
import copy
import pickle
import re
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import ConfigurationError, InstantError, InvalidArgumentError, WebhookVerificationError
from instant_admin.webhooks import WebhookDelivery, verify
from tests.support.webhook_signing import JWKS, KEY, PAYLOAD_PATH, TOKEN, delivery_body, sign

NOW = 1_767_323_045
BODY = delivery_body("https://api.example.com")
HEADER = sign(BODY, seconds=NOW)


def _encode(number: int) -> str:
    return urlsafe_b64encode(number.to_bytes((number.bit_length() + 7) // 8)).decode().rstrip("=")


def _refusal(body: Any = BODY, header: Any = HEADER, **options: Any) -> str:
    with pytest.raises(WebhookVerificationError) as caught:
        verify(body, header, **{"jwks": JWKS, "now": NOW, **options})
    return caught.value.reason


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview, lambda body: body.decode()])
def test_body_may_be_bytes_of_any_kind_or_text(kind: Any) -> None:
    delivery = verify(kind(BODY), HEADER, jwks=JWKS, now=NOW)
    assert delivery == WebhookDelivery("https://api.example.com" + PAYLOAD_PATH, TOKEN, "k1", NOW)


@pytest.mark.parametrize("body", [None, {"payloadUrl": "u", "token": "t"}, 5])
def test_parsed_body_is_refused_since_it_no_longer_is_what_was_signed(body: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="as they arrived"):
        verify(body, HEADER, jwks=JWKS, now=NOW)


def test_body_that_json_would_write_otherwise_is_verified_as_it_arrived() -> None:
    body = BODY.replace(b'":', b'"  :\n') + b"\n"
    assert verify(body, sign(body, seconds=NOW), jwks=JWKS, now=NOW).token == TOKEN
    assert _refusal(body) == "bad-signature"


def test_body_is_verified_before_it_is_parsed() -> None:
    assert _refusal(b"[" * 100_000) == "bad-signature"
    nested = b"[" * 100_000
    assert _refusal(nested, sign(nested, seconds=NOW)) == "bad-body"


def test_missing_header_is_a_malformed_one() -> None:
    assert _refusal(header=None) == "bad-header"


@pytest.mark.parametrize("header", [b"t=1,kid=k1,v1=00", ["t=1"], 5])
def test_header_that_is_no_text_is_refused(header: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="text of the header"):
        verify(BODY, header, jwks=JWKS, now=NOW)


def test_clock_is_used_where_no_time_is_given() -> None:
    assert verify(BODY, sign(BODY), jwks=JWKS).token == TOKEN
    assert _refusal(now=None) == "too-old"


# Seconds between now and the time of signing, tolerance -> the refusal, or None.
AGES = [
    (300, 300, None),
    (301, 300, "too-old"),
    (-300, 300, None),
    (-301, 300, "too-new"),
    (0.9, 0, None),
    (1, 0, "too-old"),
    (86_400, 86_400, None),
    (0, float("nan"), "too-old"),
    (float("nan"), 300, "too-old"),
]


@pytest.mark.parametrize(("age", "tolerance", "reason"), AGES)
def test_age_has_a_limit_on_both_sides(age: float, tolerance: float, reason: str | None) -> None:
    if reason is None:
        assert verify(BODY, HEADER, jwks=JWKS, now=NOW + age, tolerance_seconds=tolerance).signed_at == NOW
    else:
        assert _refusal(now=NOW + age, tolerance_seconds=tolerance) == reason


@pytest.mark.parametrize("seconds", ["１７６７３２３０４５", "1" * 5000, "1e9", "1_767_323_045", " 1767323045", "١"])
def test_time_of_other_digits_is_a_malformed_header(seconds: str) -> None:
    assert _refusal(header=f"t={seconds},kid=k1,v1=00") == "bad-header"


def test_time_is_verified_as_it_was_sent() -> None:
    assert verify(BODY, sign(BODY, seconds=f"0{NOW}"), jwks=JWKS, now=NOW).signed_at == NOW
    assert _refusal(header=HEADER.replace(f"t={NOW}", f"t=0{NOW}")) == "bad-signature"


@pytest.mark.parametrize("signature", ["00" * 64, "0" * 127, "", "00" * 63 + " 0", "zz" * 64])
def test_signature_that_is_none_is_refused(signature: str) -> None:
    header = re.sub("v1=.*", f"v1={signature}", HEADER)
    assert _refusal(header=header) == ("bad-signature" if signature else "bad-header")


# What the key list says, what the header says: one 32-bit number, unsigned and signed.
@pytest.mark.parametrize(
    ("listed", "sent"), [("3793245513", "-501721783"), ("-501721783", "3793245513"), ("7", "7"), ("4294967295", "-1")]
)
def test_ids_of_keys_are_the_same_number_signed_or_not(listed: str, sent: str) -> None:
    keys = {"keys": [{**KEY, "kid": "1"}, {**KEY, "kid": listed}]}
    assert verify(BODY, sign(BODY, key_id=sent, seconds=NOW), jwks=keys, now=NOW).key_id == sent


@pytest.mark.parametrize("sent", ["3793245514", "-501721784", "501721783", "k1", "-0x1", "9" * 5000])
def test_ids_of_other_keys_stay_unknown(sent: str) -> None:
    keys = {"keys": [{**KEY, "kid": "3793245513"}]}
    assert _refusal(header=sign(BODY, key_id=sent, seconds=NOW), jwks=keys) == "unknown-key"


def test_without_a_list_the_keys_of_the_cloud_count() -> None:
    assert _refusal(jwks=None) == "unknown-key"
    assert _refusal(header=sign(BODY, key_id="1034696293", seconds=NOW), jwks=None) == "bad-signature"


@pytest.mark.parametrize(
    ("curve", "name", "algorithm", "digest", "length"),
    [
        (ec.SECP256R1(), "P-256", "ES256", hashes.SHA256(), 32),
        (ec.SECP384R1(), "P-384", "ES384", hashes.SHA384(), 48),
        (ec.SECP521R1(), "P-521", "ES512", hashes.SHA512(), 66),
    ],
)
def test_keys_on_elliptic_curves_verify(curve: Any, name: str, algorithm: str, digest: Any, length: int) -> None:
    private = ec.generate_private_key(curve)
    numbers = private.public_key().public_numbers()
    r, s = decode_dss_signature(private.sign(f"{NOW}.".encode() + BODY, ec.ECDSA(digest)))
    header = f"t={NOW},kid=k1,v1={(r.to_bytes(length) + s.to_bytes(length)).hex()}"
    x, y = (urlsafe_b64encode(n.to_bytes(length)).decode() for n in (numbers.x, numbers.y))
    key = {"kty": "EC", "crv": name, "alg": algorithm, "x": x, "y": y, "kid": "k1"}
    assert verify(BODY, header, jwks={"keys": [key]}, now=NOW).token == TOKEN
    assert _refusal(BODY + b" ", header, jwks={"keys": [key]}) == "bad-signature"
    assert _refusal(header=header + "00", jwks={"keys": [key]}) == "bad-signature"
    assert _refusal(header=header, jwks={"keys": [{**key, "y": x}]}) == "unusable-key"
    assert _refusal(header=header, jwks={"keys": [{**key, "alg": "RS256"}]}) == "unusable-key"


def test_rsa_keys_verify() -> None:
    private = rsa.generate_private_key(65537, 2048)
    numbers = private.public_key().public_numbers()
    signature = private.sign(f"{NOW}.".encode() + BODY, padding.PKCS1v15(), hashes.SHA256())
    header = f"t={NOW},kid=k1,v1={signature.hex()}"
    key = {"kty": "RSA", "alg": "RS256", "n": _encode(numbers.n), "e": _encode(numbers.e), "kid": "k1"}
    assert verify(BODY, header, jwks={"keys": [key]}, now=NOW).token == TOKEN
    assert _refusal(BODY + b" ", header, jwks={"keys": [key]}) == "bad-signature"
    assert _refusal(header=header, jwks={"keys": [{**key, "alg": "RS512"}]}) == "unusable-key"


MALFORMED_KEYS = [
    {"kty": "OKP"},
    {**KEY, "x": "!!"},
    {**KEY, "x": "AAAA"},
    {**KEY, "x": 5},
    {**KEY, "kty": ["OKP"]},
    {**KEY, "key_ops": None},
    {**KEY, "use": "enc"},
    {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"},
    {"kty": "EC", "crv": "secp256k1", "x": "AA", "y": "AA"},
    {"kty": "RSA", "n": "AQ", "e": "Ag"},
    {"kty": "RSA", "n": "", "e": "AQAB"},
]


@pytest.mark.parametrize("key", MALFORMED_KEYS)
def test_key_that_cannot_verify_is_a_refusal_of_its_own(key: dict[str, Any]) -> None:
    assert _refusal(jwks={"keys": [{**key, "kid": "k1"}]}) == "unusable-key"


@pytest.mark.parametrize("keys", [{}, {"keys": None}, {"keys": "k1"}, {"keys": [None, "k1", {"kid": 1}]}, [], "k1", 0])
def test_list_without_the_key_is_an_unknown_key(keys: Any) -> None:
    assert _refusal(jwks=keys) == "unknown-key"


def test_missing_library_is_said_at_the_first_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    real_import = builtins.__import__

    def refuse(name: str, *arguments: Any, **named: Any) -> Any:
        if name.startswith("cryptography"):
            raise ImportError(name)
        return real_import(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(ConfigurationError, match=r"pip install 'instant-admin\[webhooks\]'"):
        verify(BODY, HEADER, jwks=JWKS, now=NOW)


@given(
    st.one_of(st.none(), st.text()), st.one_of(st.binary(), st.text()), st.recursive(st.none() | st.text(), st.lists)
)
def test_whatever_arrives_only_our_errors_leave(header: str | None, body: bytes | str, keys: Any) -> None:
    with pytest.raises(WebhookVerificationError):
        verify(body, header, jwks=keys)


@given(
    st.dictionaries(
        st.sampled_from(["kty", "crv", "x", "y", "n", "e", "alg", "use", "key_ops"]), st.text() | st.integers()
    )
)
def test_whatever_a_key_holds_only_our_errors_leave(key: dict[str, Any]) -> None:
    for kind in ("OKP", "EC", "RSA"):
        with pytest.raises(WebhookVerificationError):
            verify(BODY, HEADER, jwks={"keys": [{**key, "kty": kind, "kid": "k1"}]}, now=NOW)


def test_token_is_in_no_repr() -> None:
    assert TOKEN not in repr(verify(BODY, HEADER, jwks=JWKS, now=NOW))


def test_error_survives_copies_and_process_pools() -> None:
    error = WebhookVerificationError("The text.", reason="too-old")
    for copied in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert (str(copied), copied.reason, type(copied)) == ("The text.", "too-old", WebhookVerificationError)
    assert isinstance(error, InstantError)
    assert not error.is_retryable
