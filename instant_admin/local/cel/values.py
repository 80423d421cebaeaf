"""Values while a rule is evaluated, and reading what is inside them.

Lists and maps that a rule makes are `tuple` and `CelMap`. What is stored in a record stays a Python `list` or `dict`:
the server hands these over in a form that can do less (vectors, field-access and macro). A map inside a stored list
is handed over as it is, a `RawMap`, and so is a list inside one, a `RawList`: these are honest about missing keys, but
their small whole numbers are of a kind that does not order or add until a macro walks over them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from instant_admin.local.cel.errors import EvaluationError, InternalFailure
from instant_admin.local.cel.numbers import INT_MAX, INT_MIN, UINT_MAX, HugeInt, RawInt, UInt
from instant_admin.local.cel.records import Record, Request
from instant_admin.local.cel.times import Timestamp

_SMALL = 2**31


@dataclass(frozen=True, slots=True)
class TypeValue:
    """A type as a value."""

    name: str


class CelMap:
    """A map that a rule makes. Keys of different types differ, even where they are equal."""

    __slots__ = ("_entries",)

    def __init__(self, entries: list[tuple[object, object]]) -> None:
        self._entries: dict[object, tuple[object, object]] = {}
        for entry in entries:
            self._entries[identity(entry[0])] = entry
        if len(self._entries) != len(entries):
            raise EvaluationError("DUPLICATE_ATTRIBUTE", "A key of the map is there twice.")

    def __len__(self) -> int:
        return len(self._entries)

    def items(self) -> Iterator[tuple[object, object]]:
        """Keys with their values."""
        return iter(self._entries.values())

    def get(self, identity: object) -> tuple[object, object] | None:
        """The entry whose key has this identity."""
        return self._entries.get(identity)


@dataclass(frozen=True, slots=True, eq=False)
class RawMap:
    """A map inside a stored list."""

    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class RawList:
    """A list inside a stored list, or inside a map in one."""

    items: list[Any]


@dataclass(frozen=True, slots=True, eq=False)
class RateLimits:
    """The rate limits by name."""

    by_name: Mapping[str, Any]


LISTS = (tuple, list, RawList)
MAPS = (CelMap, dict, Record, RawMap, RateLimits)


def stored_list_failure() -> InternalFailure:
    """What most functions end in that meet a list of a record."""
    return InternalFailure("A list of a record cannot be sized, indexed, joined or added to.")


def stored_map_failure() -> InternalFailure:
    """What sizing, comparing or iterating a map of a record ends in."""
    return InternalFailure("A map of a record cannot be sized, compared or iterated.")


def missing(label: object) -> EvaluationError:
    """A key is not there."""
    return EvaluationError("ATTRIBUTE_NOT_FOUND", f"There is no key {label!r}.")


def from_record(value: object) -> object:
    """A value of a record as the language has it."""
    if type(value) is int and not INT_MIN <= value <= INT_MAX:
        return HugeInt(value)
    return value


def _from_raw(value: object) -> object:
    """A value inside a raw map or list."""
    match value:
        case None:
            raise EvaluationError("INTERNAL_ERROR", "A null inside a stored list cannot be read.")
        case bool():
            return value
        case int():
            return RawInt(value) if -_SMALL <= value < _SMALL else from_record(value)
        case dict():
            return RawMap(value)
        case list():
            return RawList(value)
        case _:
            return value


def select(operand: object, label: str) -> object:
    """`operand.label`."""
    match operand:
        case Record():
            return from_record((operand.fields or {}).get(label))
        case dict():
            return from_record(operand.get(label))
        case CelMap():
            return in_map(operand, label)
        case RawMap() if label in operand.fields:
            return _from_raw(operand.fields[label])
        case Request():
            return _of_request(operand, label)
        case RateLimits() if label in operand.by_name:
            return operand.by_name[label]
        case _:
            raise missing(label)


def has(operand: object, label: str) -> bool:
    """`has(operand.label)`."""
    match operand:
        case Record() | dict():
            return True
        case CelMap():
            return operand.get(identity(label)) is not None
        case RawMap():
            return label in operand.fields
        case Request():
            return label == "time" or bool(_of_request(operand, label))
        case RateLimits():
            return label in operand.by_name
        case _:
            raise missing(label)


def _of_request(request: Request, label: str) -> object:
    match label:
        case "modifiedFields":
            return tuple(request.modified_fields)
        case "ip":
            return request.ip
        case "origin":
            return request.origin
        case _:
            return Timestamp.from_seconds(request.now())


def in_map(map: CelMap, key: object) -> object:
    """The value of a key in a map that a rule made."""
    entry = find(map, key)
    if entry is None:
        raise missing(key)
    return entry[1]


def find(map: CelMap, key: object) -> tuple[object, object] | None:
    """The entry of a key; a double finds the whole number that it equals, an int the uint and the reverse."""
    entry = map.get(identity(key))
    if entry is not None:
        return entry
    if isinstance(key, float) and key.is_integer():
        whole = int(key)
        found = map.get(identity(whole)) if INT_MIN <= whole <= INT_MAX else None
        return found or (map.get(identity(UInt(whole))) if 0 <= whole <= UINT_MAX else None)
    if type(key) is UInt and key <= INT_MAX:
        return map.get(identity(int(key)))
    if type(key) is int and key >= 0:
        return map.get(identity(UInt(key)))
    return None


def elements(range: object) -> Iterator[object]:
    """What a macro walks over."""
    match range:
        case tuple():
            return (int(item) if type(item) is RawInt else item for item in range)
        case list():
            return (_element(item) for item in range)
        case RawList():
            return (_element(item) for item in range.items)
        case CelMap():
            return (key for key, _ in range.items())
        case RawMap():
            return iter(range.fields)
        case Record() | dict():
            raise stored_map_failure()
        case RateLimits():
            return iter(range.by_name)
        case _:
            raise EvaluationError("INVALID_ARGUMENT", "Only lists and maps can be iterated.")


def _element(item: object) -> object:
    """An element of a stored list, which is read as a whole number of the language when it is one."""
    kind = type(item)
    if kind is str:
        return item
    return from_record(item) if kind is int else _from_raw(item)


def raw_element(list: RawList, index: int) -> object:
    """An element of a raw list by its index."""
    return _from_raw(list.items[index])


def identity(value: object) -> object:
    """What makes a value equal to another one as a key of a map, hashable."""
    match value:
        case tuple():
            return (tuple, tuple(identity(item) for item in value))
        case CelMap():
            return (CelMap, frozenset((identity(key), identity(item)) for key, item in value.items()))
        case float():
            return (float, value.hex())
        case int() | str() | bytes() | None | Timestamp():
            return (type(value), value)
        case TypeValue():
            return value
        case _:
            return (type(value), id(value))
