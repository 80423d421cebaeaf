"""Which values fit which type."""

from __future__ import annotations

import re
from typing import Any, Final

from instant_admin._core.ids import is_uuid
from instant_admin._core.schema.values import ValueType

_NULL: Final = type(None)
ANY_TYPE: Final[frozenset[type]] = frozenset({str, int, float, bool, list, dict, _NULL})
WIRE_TYPES: Final[dict[ValueType, frozenset[type]]] = {
    "string": frozenset({str, _NULL}),
    "number": frozenset({int, float, _NULL}),
    "boolean": frozenset({bool, _NULL}),
    "date": frozenset({str, int, float, _NULL}),
}
"""Python's types of JSON values that fit; null always does. "json" takes any and is missing."""

TYPE_NAMES: Final[dict[ValueType, str]] = {
    "string": "a text",
    "number": "a number",
    "boolean": "True or False",
    "date": "a date (a datetime, ISO text or epoch milliseconds)",
    "json": "a value",
}
"""As error texts say them."""

_UPSTREAM_UUID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|0{8}(-0{4}){3}-0{12}|f{8}(-f{4}){3}-f{12}",
    re.IGNORECASE | re.ASCII,
).fullmatch


def fits(value: Any, value_type: ValueType) -> bool:
    """Whether a JSON value fits a type."""
    return value_type == "json" or type(value) in WIRE_TYPES[value_type]


def is_entity_id(text: str, *, upstream: bool) -> bool:
    """Whether a text is an entity's id.

    Args:
        text: Any.
        upstream: Whether only the versions of UUIDs count that the JS SDK knows; the server takes all.
    """
    return (_UPSTREAM_UUID(text) if upstream else is_uuid(text)) is not None
