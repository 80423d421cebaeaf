"""JSON as JavaScript reads and writes it, so that what the JS SDK and we store is the same to the byte."""

from __future__ import annotations

import json
import math
import re
from decimal import Decimal
from typing import Any, NoReturn

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")  # in text made of JSON every surrogate is a lone one
_ARRAY_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")
_MAX_ARRAY_INDEX = 2**32 - 2


def parse(body: bytes) -> Any:
    """The value of a request's body, with a byte order mark or without.

    Raises:
        ValueError: It is no JSON, or nested too deeply.
    """
    try:
        return json.loads(body.decode("utf-8-sig", errors="replace"), parse_constant=_refuse, parse_int=float)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def stringify(value: Any) -> str:
    """The text of a value made by `parse`.

    Raises:
        ValueError: It is nested too deeply.
    """
    try:
        return _write(value)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _write(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case float():
            return _number(value)
        case str():
            return _string(value)
        case list():
            return f"[{','.join(map(_write, value))}]"
        case _:
            return f"{{{','.join(f'{_string(key)}:{_write(value[key])}' for key in _ordered(value))}}}"


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _ordered(value: dict[str, Any]) -> list[str]:
    """Keys in the order of JavaScript's objects: array indices first, by number."""
    indices = dict.fromkeys(sorted(filter(_is_index, value), key=int))
    return list(indices | value)


def _is_index(key: str) -> bool:
    return _ARRAY_INDEX.fullmatch(key) is not None and int(key) <= _MAX_ARRAY_INDEX


def _string(value: str) -> str:
    return _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", json.dumps(value, ensure_ascii=False))


def _number(value: float) -> str:
    """Shortest digits that mean the number, with an exponent below 1e-6 and from 1e21 on."""
    if not math.isfinite(value):
        return "null"
    sign, digit_tuple, exponent = Decimal(repr(value)).normalize().as_tuple()
    digits = "".join(map(str, digit_tuple))
    point = len(digits) + int(exponent)  # digits before the decimal point
    if value == 0:
        return "0"
    if -6 < point <= 21:
        before = max(point, 0)
        whole = digits[:before].ljust(before, "0") or "0"
        fraction = "0" * -point + digits[before:]
        text = f"{whole}.{fraction}" if fraction else whole
    else:
        fraction = f".{digits[1:]}" if len(digits) > 1 else ""
        text = f"{digits[0]}{fraction}e{point - 1:+d}"
    return f"-{text}" if sign else text
