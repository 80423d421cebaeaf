"""How many bytes PostgreSQL takes to store a JSON value: what the limit of indexed values counts.

The layout of `jsonb`: a header, one entry of four bytes for each item, then the items, of which numbers and containers
begin at a multiple of four. A scalar is stored as an array of one item.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

_WORD = 4
_SHORT_HEADER, _LONG_HEADER = 1, 4
_LARGEST_SHORT = 126
"""Bytes behind which the header of a value takes four bytes instead of one."""
_DIGITS_PER_GROUP = 4
_COMPACT_WEIGHTS = range(-64, 64)
_COMPACT_SCALE = 63


def stored_size(value: object) -> int:
    """The bytes that a value takes in a column, uncompressed."""
    size = _end(value, 0) if isinstance(value, dict | list) else _end([value], 0)
    return size + (_SHORT_HEADER if size <= _LARGEST_SHORT else _LONG_HEADER)


def _end(value: object, start: int) -> int:
    """Where an item ends that may begin at `start`."""
    if isinstance(value, str):
        return start + len(value.encode("utf-8", "replace"))
    if value is None or isinstance(value, bool):
        return start
    if isinstance(value, int | float):
        return _aligned(start) + _number_size(Decimal(repr(value)))
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value)
        keys = sorted(items, key=lambda key: (len(key.encode("utf-8", "replace")), key))
        return _container_end([*keys, *(items[key] for key in keys)], start)
    return _container_end(cast("list[object]", value), start)


def _container_end(items: list[Any], start: int) -> int:
    end = _aligned(start) + _WORD + _WORD * len(items)
    for item in items:
        end = _end(item, end)
    return end


def _number_size(number: Decimal) -> int:
    """A number is a header and its decimal digits in groups of four, without empty groups at either end."""
    if not number:
        return _LONG_HEADER + 2
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int), "JSON has no infinities"
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    highest = number.adjusted() // _DIGITS_PER_GROUP
    lowest = (exponent + zeros) // _DIGITS_PER_GROUP
    groups = highest - lowest + 1
    is_compact = highest in _COMPACT_WEIGHTS and -exponent <= _COMPACT_SCALE
    return _LONG_HEADER + (2 if is_compact else 4) + 2 * groups


def _aligned(offset: int) -> int:
    return -(-offset // _WORD) * _WORD
