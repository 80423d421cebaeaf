"""The operators: arithmetic, comparison, membership, indexing."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from instant_admin.local.cel import numbers
from instant_admin.local.cel.equality import contains, equal, has_key, text_order_key
from instant_admin.local.cel.errors import EvaluationError
from instant_admin.local.cel.functions import Library, Overload, overload
from instant_admin.local.cel.numbers import UInt
from instant_admin.local.cel.times import Duration, Timestamp, duration_of, timestamp_of
from instant_admin.local.cel.types import (
    BOOL,
    BYTES,
    DOUBLE,
    DURATION,
    INT,
    STRING,
    TIMESTAMP,
    UINT,
    A,
    B,
    Type,
    list_of,
    map_of,
)
from instant_admin.local.cel.values import (
    LISTS,
    MAPS,
    CelMap,
    RateLimits,
    RawList,
    RawMap,
    elements,
    in_map,
    missing,
    raw_element,
    select,
    stored_list_failure,
)


def _alike(type: Type, implementation: Callable[[Any, Any], object]) -> Overload:
    """Both operands and the result are of one type."""
    return overload((type, type), type, implementation)


def _add_lists(a: object, b: object) -> object:
    if isinstance(a, list) or isinstance(b, list):
        raise stored_list_failure()
    return _as_tuple(a) + _as_tuple(b)


def _as_tuple(items: object) -> tuple[object, ...]:
    return items if isinstance(items, tuple) else tuple(elements(items))


def _is_not(a: object, b: object) -> bool:
    return not equal(a, b)


def _negated_int(value: int) -> int:
    return numbers.as_int(-value)


def _ordered(compare: Callable[[Any, Any], bool]) -> tuple[Overload, ...]:
    def texts(a: str, b: str) -> bool:
        if a.isascii() or b.isascii():
            return compare(a, b)
        return compare(text_order_key(a), text_order_key(b))

    def times(a: Timestamp | Duration, b: Timestamp | Duration) -> bool:
        return compare(a.total, b.total)

    plain = tuple(overload((type, type), BOOL, compare) for type in (BOOL, INT, UINT, DOUBLE, BYTES))
    timed = tuple(overload((type, type), BOOL, times) for type in (TIMESTAMP, DURATION))
    return (*plain, overload((STRING, STRING), BOOL, texts), *timed)


def _at_index(items: object, index: float) -> object:
    if isinstance(items, list):
        raise stored_list_failure()
    position = int(index) if float(index).is_integer() else -1
    within = items.items if isinstance(items, RawList) else items
    if not isinstance(within, tuple | list) or not 0 <= position < len(within):
        raise EvaluationError("INDEX_OUT_OF_BOUNDS", f"The list has no element {index}.")
    return raw_element(items, position) if isinstance(items, RawList) else within[position]


def _at_key(map: object, key: object) -> object:
    match map:
        case CelMap():
            return in_map(map, key)
        case RawMap() | RateLimits() if not isinstance(key, str):
            raise missing(key)
        case _ if isinstance(key, str):
            return select(map, key)
        case _:
            return None


def _seconds_sum(a: Duration, b: Duration) -> Duration:
    return duration_of(a.total + b.total)


def _later(at: Timestamp, by: Duration) -> Timestamp:
    return timestamp_of(at.total + by.total)


def _later_turned(by: Duration, at: Timestamp) -> Timestamp:
    return _later(at, by)


def _earlier(at: Timestamp, by: Duration) -> Timestamp:
    return timestamp_of(at.total - by.total)


def _between(a: Timestamp, b: Timestamp) -> Duration:
    return duration_of(a.total - b.total)


def _difference(a: Duration, b: Duration) -> Duration:
    return duration_of(a.total - b.total)


def _chosen(condition: bool, yes: object, no: object) -> object:
    return yes if condition else no


_INDEX = (int, UInt, float)

OPERATORS: Library = {
    "!_": (overload((BOOL,), BOOL, operator.not_),),
    "-_": (overload((INT,), INT, _negated_int), overload((DOUBLE,), DOUBLE, operator.neg)),
    "_+_": (
        _alike(INT, numbers.add_ints),
        _alike(UINT, numbers.add_uints),
        _alike(DOUBLE, operator.add),
        _alike(STRING, operator.add),
        _alike(BYTES, operator.add),
        _alike(list_of(A), _add_lists),
        overload((TIMESTAMP, DURATION), TIMESTAMP, _later),
        overload((DURATION, TIMESTAMP), TIMESTAMP, _later_turned),
        _alike(DURATION, _seconds_sum),
    ),
    "_-_": (
        _alike(INT, numbers.subtract_ints),
        _alike(UINT, numbers.subtract_uints),
        _alike(DOUBLE, operator.sub),
        overload((TIMESTAMP, TIMESTAMP), DURATION, _between),
        overload((TIMESTAMP, DURATION), TIMESTAMP, _earlier),
        _alike(DURATION, _difference),
    ),
    "_*_": (
        _alike(INT, numbers.multiply_ints),
        _alike(UINT, numbers.multiply_uints),
        _alike(DOUBLE, operator.mul),
    ),
    "_/_": (
        _alike(INT, numbers.divide_ints),
        _alike(UINT, numbers.divide_uints),
        _alike(DOUBLE, numbers.divide_doubles),
    ),
    "_%_": (_alike(INT, numbers.remainder_ints), _alike(UINT, numbers.remainder_uints)),
    "_==_": (overload((A, A), BOOL, equal),),
    "_!=_": (overload((A, A), BOOL, _is_not),),
    "_<_": _ordered(operator.lt),
    "_<=_": _ordered(operator.le),
    "_>_": _ordered(operator.gt),
    "_>=_": _ordered(operator.ge),
    "_in_": (
        overload((A, list_of(A)), BOOL, contains, takes=(None, LISTS)),
        overload((A, map_of(A, B)), BOOL, has_key, takes=(None, MAPS)),
    ),
    "_[_]": (
        overload((list_of(A), INT), A, _at_index, takes=(LISTS, _INDEX)),
        overload((map_of(A, B), A), B, _at_key, takes=(MAPS, None)),
    ),
    "_&&_": (overload((BOOL, BOOL), BOOL, operator.and_),),
    "_||_": (overload((BOOL, BOOL), BOOL, operator.or_),),
    "_?_:_": (overload((BOOL, A, A), A, _chosen),),
}
"""By the name that the tree has for them. The last three are evaluated elsewhere and stand here for their types."""
