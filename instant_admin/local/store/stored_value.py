"""What of a value is stored: the little that the way through Java and PostgreSQL changes."""

from __future__ import annotations

from math import isinf
from typing import Any, cast

from instant_admin.local.coerce import UUID_LENGTH, canonical_uuid
from instant_admin.local.errors import infinity_as_text
from instant_admin.local.store.stored_text import java_decimal

_EXPONENT_FROM = 1e7
"""From here on Java writes a double with an exponent, and PostgreSQL reads a whole one as an integer."""


def as_stored(value: Any, *, keeps_case: bool = False) -> Any:
    """A JSON value as it will be read back.

    Doubles beyond their range become texts, large whole ones integers, and zero has no sign; UUIDs in 36 characters are
    written in lower case, keys included (recordings tx_json_numbers, tx_json_infinity, tx_entity_id_forms).

    Args:
        value: As sent.
        keeps_case: Leave UUIDs as they are.
    """
    if isinstance(value, str):
        return value if len(value) != UUID_LENGTH or keeps_case else canonical_uuid(value) or value
    if isinstance(value, float):
        return _number(value)
    # One frame for each level: values may be 500 levels deep, and comprehensions would take two.
    if isinstance(value, list):
        stored = value.copy()
        for position, item in enumerate(stored):
            stored[position] = as_stored(item, keeps_case=keeps_case)
        return stored
    if isinstance(value, dict):
        renamed: dict[str, Any] = {}
        for key, item in cast("dict[str, Any]", value).items():
            renamed[as_stored(key, keeps_case=keeps_case)] = as_stored(item, keeps_case=keeps_case)
        return renamed
    return value


def is_uuid(value: object) -> bool:
    """Whether a value is a UUID in full form, in whatever case."""
    return isinstance(value, str) and len(value) == UUID_LENGTH and canonical_uuid(value) is not None


def holds_nul(value: Any) -> bool:
    """Whether the character NUL is anywhere in a value."""
    rest = [value]
    while rest:
        item = rest.pop()
        if isinstance(item, str):
            if "\0" in item:
                return True
        elif isinstance(item, list):
            rest += item
        elif isinstance(item, dict):
            rest += item
            rest += item.values()
    return False


def kind_of(value: object) -> str | None:
    """The kind that `inferred-types` notes for a value; none for null."""
    if value is None:
        return None
    if isinstance(value, str):
        return "string"
    if isinstance(value, bool):
        return "boolean"
    return "number" if isinstance(value, int | float) else "json"


def _number(number: float) -> object:
    if isinf(number):
        return infinity_as_text(number)
    if abs(number) < _EXPONENT_FROM:
        return number or 0.0
    exact = java_decimal(number)
    return int(exact) if exact == exact.to_integral_value() else number
