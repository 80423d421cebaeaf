"""From Python values to what travels as JSON: a checked deep copy, so that later edits reach nothing already built."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, NoReturn
from uuid import UUID

import msgspec

from instant_admin._core.ids import Lookup
from instant_admin.errors import InvalidArgumentError
from instant_admin.types import Converter, JsonValue

_AS_IS = frozenset({str, int, bool, type(None)})


class _RefusedError(Exception):
    """A value that cannot travel; `path` collects the way to it, innermost first."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.path: list[str | int] = []


def to_json_value(value: Any, what: str, convert: Converter | None = None) -> JsonValue:
    """A copy of the value made of JSON's own types.

    Aware datetimes become ISO text in UTC, dates and UUIDs text, enums their value; dataclasses, attrs classes, msgspec
    structs and objects with `model_dump` become objects.

    Args:
        value: Anything a caller passed.
        what: What the value is, for the error text, such as "goals.update".
        convert: Asked for values of unknown types.

    Raises:
        InvalidArgumentError: Something in it cannot travel; names the path.
    """
    try:
        copied: JsonValue = _copy(value, convert)
    except _RefusedError as refused:
        reason = str(refused)
        path = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in reversed(refused.path))
    except RecursionError:
        reason, path = "is nested too deeply, or contains itself.", ""
    else:
        return copied
    raise InvalidArgumentError(f"{what}{path} {reason}")


def to_json_object(value: Any, what: str, convert: Converter | None = None) -> dict[str, JsonValue]:
    """Like `to_json_value`, for a value that must be an object.

    Raises:
        InvalidArgumentError: It is none, or something in it cannot travel.
    """
    copied = to_json_value(value, what, convert)
    if not isinstance(copied, dict):
        raise InvalidArgumentError(f"{what} must be an object, such as a dict, got {_name(value)}.")
    return copied


def encode_json(value: Any) -> bytes:
    """The bytes of a value that `to_json_value` made.

    Raises:
        InvalidArgumentError: A text in it is not Unicode (a lone surrogate), and the path is named; or a number has
            more digits than Python writes.
    """
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        path = "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in _find_bad_text(value) or [])
    except ValueError:
        raise InvalidArgumentError("The request holds a whole number of too many digits.") from None
    except RecursionError:
        raise InvalidArgumentError("The request is nested too deeply.") from None
    raise InvalidArgumentError(f"request{path} holds a lone surrogate, which is not valid text.")


def copy_json(value: JsonValue) -> Any:
    """A deep copy of a value that is JSON already."""
    if isinstance(value, dict):
        return {k: copy_json(v) for k, v in value.items()}
    if isinstance(value, list):
        return [copy_json(v) for v in value]
    return value


def _copy(value: Any, convert: Converter | None) -> Any:
    cls = type(value)
    if cls in _AS_IS:
        return value
    if cls is dict:
        return _copy_items(value, convert)
    if cls is list:
        return _copy_list(value, convert)
    if isinstance(value, float):
        if value - value != 0.0:  # NaN and the infinities
            raise _RefusedError(f"is {float(value)!r}, which JSON has no form for; use None or leave it out.")
        return float(value)
    return _copy_other(value, convert)


def _copy_items(value: Mapping[Any, Any], convert: Converter | None) -> dict[str, Any]:
    out: dict[str, Any] = {}
    key: Any = None
    try:
        for key, item in value.items():
            out[key if type(key) is str else _key(key)] = item if type(item) in _AS_IS else _copy(item, convert)
    except _RefusedError as refused:
        refused.path.append(str(key))
        raise
    return out


def _copy_list(value: list[Any] | tuple[Any, ...], convert: Converter | None) -> list[Any]:
    index = 0
    out: list[Any] = list(value)
    try:
        for index, item in enumerate(out):
            if type(item) not in _AS_IS:
                out[index] = _copy(item, convert)
    except _RefusedError as refused:
        refused.path.append(index)
        raise
    return out


def _key(key: Any) -> str:
    if isinstance(key, Enum):
        return _key(key.value)
    if isinstance(key, str):
        return str.__str__(key)
    if isinstance(key, UUID):
        return str(key)
    raise _RefusedError(f"is a key of type {type(key).__name__}; keys are text.")


def _copy_other(value: Any, convert: Converter | None) -> Any:
    match value:
        case Enum():
            return _copy(value.value, convert)
        case str():
            return str.__str__(value)
        case int():
            return int(value)
        case datetime():
            return _datetime_text(value)
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case tuple():
            return _copy_list(value, convert)
        case list():
            return _copy_list(value, convert)
        case Mapping():
            return _copy_items(value, convert)
        case _:
            pass
    fields = _fields(value)
    if fields is not None:
        return _copy_items(fields, convert)
    return _convert(value, convert) if convert else _refuse(value)


def _datetime_text(value: datetime) -> str:
    if value.tzinfo is None or value.utcoffset() is None:
        raise _RefusedError(
            "is a naive datetime: without a zone the server would read it as UTC. Attach one, for example "
            "value.replace(tzinfo=timezone.utc) or value.astimezone() for local time."
        )
    timespec = "microseconds" if value.microsecond % 1000 else "milliseconds"
    try:
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=timespec) + "Z"
    except OverflowError:
        raise _RefusedError("is a datetime outside the years 1 to 9999 when given in UTC.") from None


def _fields(value: Any) -> Mapping[str, Any] | None:
    """The fields of an instance of a class that declares them, else None."""
    if isinstance(value, type):
        return None
    if dataclasses.is_dataclass(value):
        return {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
    if hasattr(value, "__attrs_attrs__"):
        return {f.name: getattr(value, f.name) for f in value.__attrs_attrs__}
    if isinstance(value, msgspec.Struct):
        names = zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True)
        return {wire_name: getattr(value, name) for name, wire_name in names}
    dump = getattr(value, "model_dump", None)
    if callable(dump):
        dumped = dump()
        if isinstance(dumped, Mapping):
            return dumped
    return None


def _convert(value: Any, convert: Converter) -> Any:
    try:
        converted = convert(value)
    except (TypeError, ValueError):
        _refuse(value)
    if type(converted) is type(value):
        _refuse(value)
    return _copy(converted, convert)


def _refuse(value: Any) -> NoReturn:
    raise _RefusedError(f"is {_name(value)}{_advice(value)}")


def _advice(value: Any) -> str:
    if isinstance(value, Decimal):
        return ": numbers travel as floats, which may round it. Make the client with converter=float or converter=str."
    if isinstance(value, (set, frozenset)):
        return ", which has no order; pass a list."
    if isinstance(value, (bytes, bytearray, memoryview)):
        return ", and JSON has no bytes; pass text, or store the bytes as a file."
    if isinstance(value, Lookup):
        return ", which stands for an entity, not for a value; use it as the entity's id or in link()."
    return ", which is no JSON value; pass a converter=... to the client to support it."


def _name(value: Any) -> str:
    name = "a lookup" if isinstance(value, Lookup) else type(value).__name__
    return "None" if value is None else name


def _find_bad_text(value: Any) -> list[str | int] | None:
    """The path to the first text that has no UTF-8 form."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return []
        return None
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        if isinstance(key, str) and _find_bad_text(key) is not None:
            return ["<key>"]
        path = _find_bad_text(item)
        if path is not None:
            return [key, *path]
    return None
