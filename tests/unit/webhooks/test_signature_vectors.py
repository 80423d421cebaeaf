"""Deliveries are judged as the JavaScript SDK judges them, but for the differences listed here."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from instant_admin import WebhookVerificationError
from instant_admin.webhooks import verify
from tests.support.vectors import load

Vector = dict[str, Any]

VECTORS: dict[str, Vector] = {v["id"]: v for v in load("webhooks")["vectors"] if v["kind"] == "signature"}

# The oracle's word for a refusal -> ours.
REASONS = {
    "bad-header": "bad-header",
    "too-old": "too-old",
    "unknown-key": "unknown-key",
    "bad-signature": "bad-signature",
    "bad-body": "bad-body",
    "body-not-json": "bad-body",
    "js-DataError": "unusable-key",
    "js-Error": "unusable-key",
}


def _parts(vector: Vector) -> dict[str, str]:
    return dict(part.split("=", 1) for part in vector["header"].split(",") if "=" in part)


def _age_seconds(vector: Vector) -> float:
    digits = re.fullmatch(r"[0-9]+", _parts(vector).get("t", ""))
    return vector["now"] - int(digits.group()) if digits else 0.0


# Why we differ -> whether that applies to a vector, and the reason we give, or None where we accept. The first line
# that applies counts.
DIFFERENCES: dict[str, tuple[Callable[[Vector], bool], str | None]] = {
    "a time that is no number is a malformed header": (
        lambda v: v.get("error") != "bad-header" and not re.fullmatch(r"-?[0-9]+", _parts(v)["t"]),
        "bad-header",
    ),
    "a second = belongs to the key's id": (
        lambda v: "=" in _parts(v).get("kid", ""),
        "unknown-key",
    ),
    "a second = belongs to the signature": (
        lambda v: "=" in _parts(v).get("v1", ""),
        "bad-signature",
    ),
    "a signature is hexadecimal, all of it": (
        lambda v: "lenient-hex" in v["tags"],
        "bad-signature",
    ),
    "the age has a limit on both sides": (
        lambda v: v["tolerance"] is None and _age_seconds(v) < -300,
        "too-new",
    ),
    "a signed null is a bad body": (
        lambda v: v["body"] == "null",
        "bad-body",
    ),
    "keys on elliptic curves work": (
        lambda v: "ec-p256" in v["tags"],
        None,
    ),
}


def _refusal(vector: Vector) -> WebhookVerificationError | None:
    options = {} if vector["tolerance"] is None else {"tolerance_seconds": vector["tolerance"]}
    keys = {} if vector["jwks"] is None else vector["jwks"]  # None would mean the cloud's
    try:
        verify(vector["body"], vector["header"], jwks=keys, now=vector["now"], **options)
    except WebhookVerificationError as error:
        return error
    return None


def _reason(vector: Vector) -> str | None:
    refusal = _refusal(vector)
    return None if refusal is None else refusal.reason


def _line(vector: Vector) -> str | None:
    return next((why for why, (applies, _) in DIFFERENCES.items() if applies(vector)), None)


EQUAL = {key: vector for key, vector in VECTORS.items() if _line(vector) is None}
DIFFERING = {key: vector for key, vector in VECTORS.items() if _line(vector) is not None}


@pytest.mark.parametrize("vector", [pytest.param(v, id=f"{'+'.join(v['tags'])}-{k}") for k, v in EQUAL.items()])
def test_delivery_is_judged_as_by_the_javascript_sdk(vector: Vector) -> None:
    assert _reason(vector) == (None if vector["accept"] else REASONS[vector["error"]])


@pytest.mark.parametrize("vector", [v for v in EQUAL.values() if "missing" in v], ids=lambda v: v["id"])
def test_malformed_header_is_refused_with_the_names_of_what_it_lacks(vector: Vector) -> None:
    assert str(_refusal(vector)) == f"The Instant-Signature header lacks {', '.join(vector['missing'])}."


@pytest.mark.parametrize("vector", [pytest.param(v, id=f"{_line(v)}-{k}") for k, v in DIFFERING.items()])
def test_delivery_is_judged_otherwise_where_it_is_meant_to_be(vector: Vector) -> None:
    _, reason = DIFFERENCES[_line(vector) or ""]
    assert _reason(vector) == reason
    theirs = None if vector["accept"] else REASONS.get(vector["error"], vector["error"])
    assert reason != theirs


def test_every_line_of_the_differences_is_needed() -> None:
    assert {_line(vector) for vector in DIFFERING.values()} == DIFFERENCES.keys()
