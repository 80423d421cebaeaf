"""The functions of `math`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from instant_admin.local.cel.errors import EvaluationError
from instant_admin.local.cel.functions import Library, Overload, overload
from instant_admin.local.cel.numbers import INT_MAX, INT_MIN, UINT_MAX, UInt, as_int
from instant_admin.local.cel.types import BOOL, DOUBLE, DYN, INT, UINT, Type, list_of
from instant_admin.local.cel.values import elements, stored_list_failure

_KINDS = (DOUBLE, INT, UINT)
_BITS = 64


def _choose(is_better: Callable[[Any, Any], bool]) -> tuple[Overload, ...]:
    """Overloads of `math.greatest` or `math.least`, which take one number, two of any kinds, or a list."""

    def of_two(a: object, b: object) -> object:
        return b if is_better(b, a) else a

    def of_list(items: object) -> object:
        if isinstance(items, list):
            raise stored_list_failure()
        best: object = None
        for item in elements(items):
            if type(item) not in (int, UInt, float):
                raise EvaluationError("INTERNAL_ERROR", "Only numbers can be compared.")
            best = item if best is None else of_two(best, item)
        if best is None:
            raise EvaluationError("INTERNAL_ERROR", "The list is empty.")
        return best

    singles = tuple(overload((kind,), kind, _itself) for kind in _KINDS)
    pairs = tuple(overload((a, b), a if a is b else DYN, of_two) for a in _KINDS for b in _KINDS)
    lists = tuple(overload((list_of(kind),), kind, of_list) for kind in (*_KINDS, DYN))
    return (*singles, *pairs, *lists)


def _itself(value: object) -> object:
    return value


def _is_greater(a: float, b: float) -> bool:
    return a > b


def _is_less(a: float, b: float) -> bool:
    return a < b


def _on_doubles(function: Callable[[float], object], result: Type = DOUBLE) -> tuple[Overload, ...]:
    return (overload((DOUBLE,), result, function),)


def _ceil(value: float) -> float:
    return _with_sign(math.ceil(value), value) if math.isfinite(value) else value


def _floor(value: float) -> float:
    return _with_sign(math.floor(value), value) if math.isfinite(value) else value


def _with_sign(rounded: int, value: float) -> float:
    """A zero keeps the sign of what was rounded to it."""
    return float(rounded) if rounded else math.copysign(0.0, value)


def _round(value: float) -> float:
    if not math.isfinite(value):
        return value
    whole = round(value)
    if not INT_MIN <= whole <= INT_MAX:
        raise EvaluationError("INTERNAL_ERROR", "The double is beyond the range of int.")
    return float(whole)


def _trunc(value: float) -> float:
    """The whole part, which goes through an int and ends where ints do."""
    return float(min(max(math.trunc(value), INT_MIN), INT_MAX)) if math.isfinite(value) else value


def _absolute(value: int) -> int:
    return as_int(abs(value))


def _sign(value: float) -> float:
    if math.isnan(value):
        return value
    return float((value > 0) - (value < 0))


def _sign_int(value: int) -> int:
    return (value > 0) - (value < 0)


def _sign_uint(value: int) -> UInt:
    return UInt(value > 0)


def _bits(combine: Callable[[int, int], int]) -> tuple[Overload, ...]:
    def unsigned(a: int, b: int) -> UInt:
        return UInt(combine(int(a), int(b)))

    return overload((INT, INT), INT, combine), overload((UINT, UINT), UINT, unsigned)


def _and(a: int, b: int) -> int:
    return a & b


def _or(a: int, b: int) -> int:
    return a | b


def _xor(a: int, b: int) -> int:
    return a ^ b


def _not(value: int) -> int:
    return ~value


def _not_unsigned(value: int) -> UInt:
    return UInt(UINT_MAX - value)


def _shifted(shift: Callable[[int, int], int]) -> tuple[Overload, ...]:
    def by(value: int, count: int) -> int:
        if count < 0:
            raise EvaluationError("INTERNAL_ERROR", "Bits cannot be shifted by a negative number.")
        return shift(int(value) & UINT_MAX, min(count, _BITS)) & UINT_MAX

    def signed(value: int, count: int) -> int:
        shifted = by(value, count)
        return shifted - 2**_BITS if shifted > INT_MAX else shifted

    def unsigned(value: int, count: int) -> UInt:
        return UInt(by(value, count))

    return overload((INT, INT), INT, signed), overload((UINT, INT), UINT, unsigned)


def _left(value: int, count: int) -> int:
    return value << count


def _right(value: int, count: int) -> int:
    return value >> count


def _root(value: float) -> float:
    return math.sqrt(value) if value >= 0 else math.nan


MATHEMATICS: Library = {
    "math.greatest": _choose(_is_greater),
    "math.least": _choose(_is_less),
    "math.ceil": _on_doubles(_ceil),
    "math.floor": _on_doubles(_floor),
    "math.round": _on_doubles(_round),
    "math.trunc": _on_doubles(_trunc),
    "math.isNaN": _on_doubles(math.isnan, BOOL),
    "math.isInf": _on_doubles(math.isinf, BOOL),
    "math.isFinite": _on_doubles(math.isfinite, BOOL),
    "math.abs": (
        overload((DOUBLE,), DOUBLE, abs),
        overload((INT,), INT, _absolute),
        overload((UINT,), UINT, _itself),
    ),
    "math.sign": (
        overload((DOUBLE,), DOUBLE, _sign),
        overload((INT,), INT, _sign_int),
        overload((UINT,), UINT, _sign_uint),
    ),
    "math.sqrt": tuple(overload((kind,), DOUBLE, _root) for kind in _KINDS),
    "math.bitAnd": _bits(_and),
    "math.bitOr": _bits(_or),
    "math.bitXor": _bits(_xor),
    "math.bitNot": (overload((INT,), INT, _not), overload((UINT,), UINT, _not_unsigned)),
    "math.bitShiftLeft": _shifted(_left),
    "math.bitShiftRight": _shifted(_right),
}
