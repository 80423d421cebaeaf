"""Which values are equal, and which are inside others."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from instant_admin.local.cel.numbers import NUMBERS, equal_numbers
from instant_admin.local.cel.records import Record
from instant_admin.local.cel.values import (
    LISTS,
    MAPS,
    CelMap,
    RateLimits,
    RawList,
    RawMap,
    find,
    identity,
    select,
    stored_map_failure,
)

_SIMPLE = frozenset({str, bool, bytes, type(None), int})


def equal(a: object, b: object) -> bool:
    """`a == b`: numbers of all kinds compare, lists and maps that a rule made compare by what is in them.

    Raises:
        InternalFailure: Two maps are compared and one of them is stored in a record.
    """
    kind = type(a)
    if kind is type(b) and kind in _SIMPLE:
        return a == b
    if kind in NUMBERS:
        return type(b) in NUMBERS and equal_numbers(a, b)  # type: ignore[arg-type]  # both are in NUMBERS
    if isinstance(a, LISTS):
        return isinstance(b, LISTS) and _equal_lists(a, b)
    if isinstance(a, MAPS):
        return isinstance(b, MAPS) and _equal_maps(a, b)
    return kind is type(b) and a == b


def _equal_lists(a: object, b: object) -> bool:
    ours, theirs = _items_of_list(a), _items_of_list(b)
    return len(ours) == len(theirs) and all(map(equal, ours, theirs))


def _items_of_list(items: object) -> Sequence[object]:
    return items if isinstance(items, tuple) else [_inside(item) for item in _raw_items(items)]


def _inside(item: object) -> object:
    """A value inside a stored list, to be compared."""
    match item:
        case dict():
            return RawMap(item)
        case list():
            return RawList(item)
        case _:
            return item


def _equal_maps(a: object, b: object) -> bool:
    if isinstance(a, dict | Record) or isinstance(b, dict | Record):
        raise stored_map_failure()
    ours, theirs = _entries(a), _entries(b)
    if len(ours) != len(theirs):
        return False
    other = CelMap(theirs)
    for key, value in ours:
        entry = find(other, key)
        if entry is None or not equal(value, entry[1]):
            return False
    return True


def _entries(map: object) -> list[tuple[object, object]]:
    match map:
        case CelMap():
            return list(map.items())
        case RawMap():
            return [(key, select(map, key)) for key in map.fields]
        case RateLimits():
            return list(map.by_name.items())
        case _:
            return []


def contains(value: object, list: object) -> bool:
    """`value in list`. Only numbers are found among other kinds of themselves; what is stored is never found."""
    items = _raw_items(list)
    if type(value) is str:
        return value in items
    if type(value) in NUMBERS:
        return any(type(item) in NUMBERS and _same_number(item, value) for item in items)
    if isinstance(value, dict | Record | RawMap | RawList):
        return False
    wanted = identity(value)
    return any(identity(item) == wanted for item in items)


def _raw_items(items: object) -> Collection[object]:
    """Elements as they are: nulls inside stored lists are found although macros cannot read them."""
    match items:
        case RawList():
            return items.items
        case tuple() | list():
            return items
        case _:
            return ()


def _same_number(a: object, b: object) -> bool:
    return equal_numbers(a, b) or identity(a) == identity(b)  # type: ignore[arg-type]  # both are in NUMBERS


def has_key(key: object, map: object) -> bool:
    """`key in map`: true for every key of a map of a record."""
    match map:
        case Record() | dict():
            return True
        case CelMap():
            return find(map, key) is not None
        case RawMap():
            return isinstance(key, str) and key in map.fields
        case RateLimits():
            return isinstance(key, str) and key in map.by_name
        case _:
            return False


def text_order_key(text: str) -> bytes:
    """What texts order by: UTF-16 code units, as in Java (vectors, compare)."""
    return text.encode("utf-16-be", "surrogatepass")
