"""Every function that rules may call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from instant_admin.local.cel.clock import CLOCK
from instant_admin.local.cel.conversions import CONVERSIONS
from instant_admin.local.cel.errors import EvaluationError
from instant_admin.local.cel.functions import Dispatch, Library, method, overload
from instant_admin.local.cel.mathematics import MATHEMATICS
from instant_admin.local.cel.operators import OPERATORS
from instant_admin.local.cel.records import Record
from instant_admin.local.cel.strings import STRINGS
from instant_admin.local.cel.types import BOOL, BYTES, DYN, INT, RATE_LIMIT, STRING, A, B, Type, list_of, map_of
from instant_admin.local.cel.values import CelMap, RateLimits, RawList, RawMap, stored_list_failure, stored_map_failure


def _list_size(items: object) -> int:
    match items:
        case tuple():
            return len(items)
        case RawList():
            return len(items.items)
        case _:
            raise stored_list_failure()


def _map_size(map: object) -> int:
    match map:
        case CelMap():
            return len(map)
        case RawMap():
            return len(map.fields)
        case RateLimits():
            return len(map.by_name)
        case _:
            raise stored_map_failure()


def _ref(record: Record, path: str) -> tuple[object, ...]:
    if record.ref is None:
        raise EvaluationError("OVERLOAD_NOT_FOUND", "`ref` cannot be called on this.")
    return tuple(record.ref(path))


def _limit(limit: Any, key: object, tokens: int = 1) -> bool:
    if not hasattr(limit, "limit"):
        raise EvaluationError("OVERLOAD_NOT_FOUND", "`limit` can only be called on a rate limit.")
    if tokens <= 0:
        raise EvaluationError("INTERNAL_ERROR", "`limit` takes one token or more.")
    return bool(limit.limit(key, tokens))


_SIZES: tuple[tuple[Type, Callable[[Any], int]], ...] = (
    (STRING, len),
    (BYTES, len),
    (list_of(A), _list_size),
    (map_of(A, B), _map_size),
)

_INSTANT: Library = {
    "size": tuple(declare((each,), INT, size) for declare in (overload, method) for each, size in _SIZES),
    "ref": (overload((map_of(STRING, DYN), STRING), list_of(DYN), _ref, method=True, takes=((Record,), (str,))),),
    "limit": (
        method((RATE_LIMIT, DYN), BOOL, _limit),
        method((RATE_LIMIT, DYN, INT), BOOL, _limit),
    ),
}

LIBRARY: Library = {**OPERATORS, **CONVERSIONS, **STRINGS, **MATHEMATICS, **CLOCK, **_INSTANT}

DISPATCH = {name: Dispatch(name, overloads) for name, overloads in LIBRARY.items()}
"""Among all overloads of each function, for calls of which the checker could exclude none."""
