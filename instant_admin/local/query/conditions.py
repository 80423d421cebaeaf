"""The conditions of a `where`: from JSON to a tree, and that tree made as simple as the server makes it.

How simple it is decides which keys speak of the same target (server contract, data 2.1): a list of one condition is as
if its key stood outside, and an `or` of plain values for one key is one `$in` (recording query_and_or_collapse).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from instant_admin.local.query.faults import Path, value_fault
from instant_admin.local.query.names import path_of
from instant_admin.local.query.shape import COMBINATORS

EQUALS, IN, NOT, IS_NULL = "=", "$in", "$not", "$isNull"
RANGES = ("$gt", "$gte", "$lt", "$lte")
LIKE, ILIKE = "$like", "$ilike"
_ALIASES = {"in": IN, "$ne": NOT}
_COMPARISONS = (*RANGES, LIKE, ILIKE)
_NO_OPERATOR = "$entityId"
"""Passes as an operator and is none: the value is one of no type, like `{}`."""
_OPERATORS = frozenset({IN, NOT, IS_NULL, *_COMPARISONS, _NO_OPERATOR, *_ALIASES})


@dataclass(frozen=True, slots=True)
class NoValue:
    """What `{}` is as a value: of no type, equal to nothing."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One key of a `where`."""

    path: tuple[str, ...]
    operator: str
    operand: Any


@dataclass(frozen=True, slots=True)
class AllOf:
    """Conditions that must all hold, each with a target of its own."""

    parts: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Conditions of which one must hold."""

    parts: tuple[Where, ...]


Where = Condition | AllOf | AnyOf


def read_where(query: object, where: Mapping[str, Any], at: Path) -> tuple[Where, ...]:
    """The conditions of one object, in key order.

    Args:
        query: For the refusal.
        where: As sent; its shape is right.
        at: The place of its conditions in the parsed form.

    Raises:
        Refusal: A value is none that can be compared with.
    """
    read: list[Where] = []
    for number, (key, value) in enumerate(where.items()):
        if key in COMBINATORS and isinstance(value, list):
            read.append(_read_list(query, key, cast("list[Mapping[str, Any]]", value), (*at, number, key)))
        else:
            read.append(_read_condition(query, key, value, (*at, number, 1)))
    return tuple(read)


def simplified(where: Sequence[Where], has_null: Callable[[tuple[str, ...]], bool]) -> tuple[Where, ...]:
    """The same conditions without lists of one, and with `$in` for an `or` of values.

    Args:
        where: The conditions of one object.
        has_null: Whether an entity without a value at a path has a null there.
    """
    return tuple(_simple(part, has_null) for part in where)


def _simple(where: Where, has_null: Callable[[tuple[str, ...]], bool]) -> Where:
    if isinstance(where, Condition):
        return where
    parts = simplified(where.parts, has_null)
    if len(parts) == 1:
        return parts[0]
    if isinstance(where, AnyOf):
        return _as_membership(parts, has_null) or AnyOf(parts)
    return AllOf(parts)


def _as_membership(parts: Sequence[Where], has_null: Callable[[tuple[str, ...]], bool]) -> Condition | None:
    """One `$in` for values of one key; None where there is more to it."""
    members: list[Any] = []
    path: tuple[str, ...] | None = None
    for part in parts:
        if not isinstance(part, Condition) or path not in (None, part.path):
            return None
        path = part.path
        if part.operator == EQUALS:
            members.append(part.operand)
        elif part.operator == IS_NULL and part.operand is True and has_null(path):
            members.append(None)
        else:
            return None
    return None if path is None else Condition(path, IN, tuple(members))


def _read_list(query: object, key: str, members: list[Mapping[str, Any]], at: Path) -> Where:
    read = [read_where(query, member, (*at, number)) for number, member in enumerate(members) if member]
    if key == "and":
        return AllOf(tuple(part for parts in read for part in parts))
    return AnyOf(tuple(parts[0] if len(parts) == 1 else AllOf(parts) for parts in read))


def _read_condition(query: object, key: str, value: object, at: Path) -> Condition:
    path = path_of(key)
    if isinstance(value, dict):
        return _read_operators(query, path, cast("Mapping[str, Any]", value), at)
    if not _is_scalar(value):
        raise value_fault(query, "map?", at)
    return Condition(path, EQUALS, value)


def _read_operators(query: object, path: tuple[str, ...], operators: Mapping[str, Any], at: Path) -> Condition:
    """The first operator; the others are only looked at (recording query_several_operators)."""
    if not operators.keys() <= _OPERATORS:
        raise value_fault(query, "instant.db.instaql/where-value-valid-keys?", at)
    for name, operand in operators.items():
        _check_operand(query, name, operand, at)
    for name, operand in operators.items():
        if name == _NO_OPERATOR:
            break
        kept = tuple(operand) if isinstance(operand, list) else operand
        return Condition(path, _ALIASES.get(name, name), kept)
    return Condition(path, EQUALS, NoValue())


def _check_operand(query: object, name: str, operand: object, at: Path) -> None:
    operator = _ALIASES.get(name, name)
    if operator == IN:
        if not isinstance(operand, list):
            raise value_fault(query, "vector?", (*at, name))
        for number, member in enumerate(cast("list[object]", operand)):
            if member is not None and not _is_scalar(member):
                raise value_fault(query, "in-value-valid?", (*at, name, number))
    elif operator == NOT:
        if not _is_scalar(operand):
            raise value_fault(query, "instant.db.instaql/where-value-valid?", (*at, NOT))
    elif operator == IS_NULL:
        if not isinstance(operand, bool):
            raise value_fault(query, "boolean?", (*at, name))
    elif operator in _COMPARISONS and not _is_scalar(operand):
        raise value_fault(query, "boolean?", (*at, name))


def _is_scalar(value: object) -> bool:
    return isinstance(value, str | int | float)
