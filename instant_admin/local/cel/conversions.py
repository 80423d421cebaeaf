"""Functions that turn values of one type into another."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from instant_admin.local.cel.errors import EvaluationError, InternalFailure
from instant_admin.local.cel.functions import Library, Overload, overload
from instant_admin.local.cel.numbers import INT_MAX, INT_MIN, UINT_MAX, UInt, as_int, as_uint
from instant_admin.local.cel.times import Duration, Timestamp, parse_duration
from instant_admin.local.cel.types import (
    BOOL,
    BYTES,
    DOUBLE,
    DURATION,
    DYN,
    INT,
    STRING,
    TIMESTAMP,
    UINT,
    A,
    Type,
    type_of,
)
from instant_admin.local.cel.values import MAPS, RawList, TypeValue
from instant_admin.local.values import read_date_ns

_WHOLE = re.compile(r"[+-]?\d+")
_UNSIGNED = re.compile(r"\d+")
_DOUBLE = re.compile(
    r"""[+-]?(?:NaN|Infinity
    |(?:[0-9]+\.?[0-9]*(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)[fFdD]?
    |(?P<hexadecimal>0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)[pP][+-]?[0-9]+)[fFdD]?)""",
    re.VERBOSE,
)
_JAVA_BLANKS = "".join(map(chr, range(33)))
_TRUE = frozenset({"1", "t", "true", "TRUE", "True"})
_FALSE = frozenset({"0", "f", "false", "FALSE", "False"})


def _unreadable(text: str, type: Type) -> EvaluationError:
    return EvaluationError("BAD_FORMAT", f"{text!r} cannot be read as {type}.")


def _int_of_text(text: str) -> int:
    value = int(text) if len(text) < 100 and _WHOLE.fullmatch(text) else INT_MAX + 1
    if not INT_MIN <= value <= INT_MAX:
        raise _unreadable(text, INT)
    return value


def _uint_of_text(text: str) -> UInt:
    value = int(text) if len(text) < 100 and _UNSIGNED.fullmatch(text) else UINT_MAX + 1
    if value > UINT_MAX:
        raise _unreadable(text, UINT)
    return UInt(value)


def _int_of_double(value: float) -> int:
    if math.isnan(value) or not INT_MIN < value < INT_MAX:
        raise EvaluationError("NUMERIC_OVERFLOW", "The double is beyond the range of int.")
    return int(value)


def _uint_of_double(value: float) -> UInt:
    if math.isnan(value) or not 0 <= value < UINT_MAX:
        raise EvaluationError("NUMERIC_OVERFLOW", "The double is beyond the range of uint.")
    return UInt(value)


def _int_of_timestamp(value: Timestamp) -> int:
    return value.seconds


def _double_of_text(text: str) -> float:
    trimmed = text.strip(_JAVA_BLANKS)
    match = _DOUBLE.fullmatch(trimmed)
    if match is None:
        raise _unreadable(text, DOUBLE)
    if match["hexadecimal"]:
        sign = -1.0 if trimmed.startswith("-") else 1.0
        try:
            return sign * float.fromhex(match["hexadecimal"])
        except OverflowError:
            return sign * math.inf
    return float(trimmed if trimmed.endswith(("NaN", "Infinity")) else trimmed.rstrip("fFdD"))


def _bool_of_text(text: str) -> bool:
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise _unreadable(text, BOOL)


def _text_of_bytes(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise EvaluationError("BAD_FORMAT", "The bytes are no UTF-8.") from None


def _bytes_of_text(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _timestamp_of_text(text: str) -> Timestamp:
    nanos = read_date_ns(text)
    if nanos is None:
        raise InternalFailure("The text is no date.")
    return Timestamp(nanos // 1_000_000_000, nanos % 1_000_000_000)


def seconds_of_date(text: str) -> float:
    """The instant of a date, in seconds since 1970.

    Raises:
        InternalFailure: The text is no date.
    """
    found = _timestamp_of_text(text)
    return found.seconds + found.nanos / 1_000_000_000


def java_text(value: object) -> str:
    """A number, boolean, timestamp or duration as a text, as Java writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case float():
            return _java_double(value)
        case int():
            return str(int(value))
        case Timestamp() | Duration():
            _ = value.total
            return str(value)
        case _:
            raise EvaluationError("OVERLOAD_NOT_FOUND", "The value cannot be turned into a text.")


def _java_double(value: float) -> str:
    """Plain from a thousandth to below ten million, else with an exponent, and always with a point."""
    if not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return repr(value)
    sign, digits, exponent = Decimal(repr(value)).as_tuple()
    assert isinstance(exponent, int)
    shown = "".join(map(str, digits)).rstrip("0")
    return f"{'-' if sign else ''}{shown[0]}.{shown[1:] or '0'}E{exponent + len(digits) - 1}"


def type_value(value: object) -> TypeValue:
    """`type(value)`."""
    match value:
        case None:
            name = "null_type"
        case bool():
            name = "bool"
        case str():
            name = "string"
        case bytes():
            name = "bytes"
        case Timestamp():
            name = TIMESTAMP.name
        case Duration():
            name = DURATION.name
        case tuple() | RawList():
            name = "list"
        case _:
            name = _NAMES.get(type(value)) or ("map" if isinstance(value, MAPS) else "dyn")
    return TypeValue(name)


_NAMES: dict[type, str] = {int: "int", UInt: "uint", float: "double"}


def _itself(value: object) -> object:
    return value


def _to(result: Type, *sources: tuple[Type, Callable[[Any], object]]) -> tuple[Overload, ...]:
    return tuple(overload((source,), result, convert) for source, convert in sources)


CONVERSIONS: Library = {
    "type": (overload((A,), type_of(A), type_value),),
    "dyn": (overload((A,), DYN, _itself),),
    "int": _to(
        INT,
        (INT, _itself),
        (UINT, as_int),
        (DOUBLE, _int_of_double),
        (STRING, _int_of_text),
        (TIMESTAMP, _int_of_timestamp),
    ),
    "uint": _to(UINT, (UINT, _itself), (INT, as_uint), (DOUBLE, _uint_of_double), (STRING, _uint_of_text)),
    "double": _to(DOUBLE, (DOUBLE, _itself), (INT, float), (UINT, float), (STRING, _double_of_text)),
    "string": _to(
        STRING,
        (STRING, _itself),
        (BYTES, _text_of_bytes),
        *((source, java_text) for source in (INT, UINT, DOUBLE, BOOL, TIMESTAMP, DURATION)),
    ),
    "bytes": _to(BYTES, (BYTES, _itself), (STRING, _bytes_of_text)),
    "bool": _to(BOOL, (BOOL, _itself), (STRING, _bool_of_text)),
    "timestamp": _to(TIMESTAMP, (TIMESTAMP, _itself), (STRING, _timestamp_of_text), (INT, Timestamp.from_millis)),
    "duration": _to(DURATION, (DURATION, _itself), (STRING, parse_duration)),
}
