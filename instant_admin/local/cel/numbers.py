"""Numbers: 64 bits with and without sign, and doubles, none of which mix in arithmetic."""

from __future__ import annotations

import math

from instant_admin.local.cel.errors import EvaluationError

INT_MIN, INT_MAX = -(2**63), 2**63 - 1
UINT_MAX = 2**64 - 1


class UInt(int):
    """An unsigned number of 64 bits."""

    __slots__ = ()


class RawInt(int):
    """A small whole number inside a list of a record, which compares for equality but does not order or add."""

    __slots__ = ()


class HugeInt(int):
    """A whole number of a record beyond 64 bits: no type of the language holds it."""

    __slots__ = ()


NUMBERS = (int, UInt, RawInt, HugeInt, float)


def _overflow() -> EvaluationError:
    return EvaluationError("NUMERIC_OVERFLOW", "The result is beyond 64 bits.")


def _zero() -> EvaluationError:
    return EvaluationError("DIVIDE_BY_ZERO", "Division by zero.")


def as_int(value: int) -> int:
    """The number as an int, refused beyond its range."""
    if INT_MIN <= value <= INT_MAX:
        return int(value)
    raise _overflow()


def as_uint(value: int) -> UInt:
    """The number as a uint, refused beyond its range."""
    if 0 <= value <= UINT_MAX:
        return UInt(value)
    raise _overflow()


def add_ints(a: int, b: int) -> int:
    return as_int(a + b)


def subtract_ints(a: int, b: int) -> int:
    return as_int(a - b)


def multiply_ints(a: int, b: int) -> int:
    return as_int(a * b)


def divide_ints(a: int, b: int) -> int:
    """Division towards zero."""
    if b == 0:
        raise _zero()
    quotient = abs(a) // abs(b)
    return as_int(quotient if (a < 0) == (b < 0) else -quotient)


def remainder_ints(a: int, b: int) -> int:
    """What division towards zero leaves; it has the sign of the dividend."""
    if b == 0:
        raise _zero()
    rest = abs(a) % abs(b)
    return -rest if a < 0 else rest


def add_uints(a: int, b: int) -> UInt:
    return as_uint(int(a) + int(b))


def subtract_uints(a: int, b: int) -> UInt:
    return as_uint(int(a) - int(b))


def multiply_uints(a: int, b: int) -> UInt:
    return as_uint(int(a) * int(b))


def divide_uints(a: int, b: int) -> UInt:
    if b == 0:
        raise _zero()
    return UInt(int(a) // int(b))


def remainder_uints(a: int, b: int) -> UInt:
    if b == 0:
        raise _zero()
    return UInt(int(a) % int(b))


def divide_doubles(a: float, b: float) -> float:
    """Division as IEEE 754 has it: by zero it is infinite, or no number."""
    if b != 0.0:
        return a / b
    if a == 0.0 or math.isnan(a):
        return math.nan
    return math.copysign(math.inf, a) * math.copysign(1.0, b)


def equal_numbers(a: float, b: float) -> bool:
    """Whether two numbers of any kinds are the same; a negative zero is no whole zero (vectors, compare)."""
    if a != b:
        return False
    if isinstance(a, float) is isinstance(b, float):
        return True
    double = a if isinstance(a, float) else b
    return double != 0.0 or math.copysign(1.0, double) > 0
