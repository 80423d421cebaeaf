"""How PostgreSQL writes a JSON value that it has stored: what error hints cut and quote."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import cast


def stored_text(value: object) -> str:
    """The text of a value as `jsonb` gives it: keys by length and then by bytes, a blank after commas and colons."""
    if isinstance(value, dict):
        items = sorted(cast("dict[str, object]", value).items(), key=lambda item: _key_order(item[0]))
        return "{" + ", ".join(f"{_quoted(key)}: {stored_text(item)}" for key, item in items) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(stored_text(item) for item in cast("list[object]", value)) + "]"
    if isinstance(value, float):
        return format(java_decimal(value), "f")
    return _quoted(value)


def java_decimal(number: float) -> Decimal:
    """A double with the digits that Java prints for it: at least one after the point."""
    exact = Decimal(repr(number))
    digits = exact.as_tuple()
    assert isinstance(digits.exponent, int), "infinities never get here"
    # From ten millions on, and below a thousandth, Java writes an exponent, which keeps no trailing zero point.
    if 1e-3 <= abs(number) < 1e7 or number == 0:
        return exact if digits.exponent < 0 else exact.quantize(Decimal("1.0"))
    mantissa_digits = max(len(digits.digits), 2)
    scale = mantissa_digits - 1 - exact.adjusted()
    return exact.quantize(Decimal(1).scaleb(-scale)) if scale > 0 else Decimal(int(exact))


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _key_order(key: str) -> tuple[int, bytes]:
    encoded = key.encode()
    return len(encoded), encoded
