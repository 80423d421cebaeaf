"""The conditions of a `where`: from JSON to a tree, as simple as the server makes it.

How simple it is decides which keys speak of the same target (server contract, data 2.1): a list of one condition is as
if its key stood outside, and values of one key in an `or` are one `$in` (recording query_and_or_collapse). What `$not`
and `$isNull` find besides values, missing steps of their path, are alternatives like those of an `or`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from instant_admin.local.query.faults import Path, ValueFault
from instant_admin.local.query.names import name_of, path_of

EQUALS, IN, NOT, IS_NULL = "=", "$in", "$not", "$isNull"
RANGES = ("$gt", "$gte", "$lt", "$lte")
LIKE, ILIKE = "$like", "$ilike"
COMBINATORS = ("and", "or")
_NOT_EQUAL = "$ne"
_ALIASES = {"in": IN, _NOT_EQUAL: NOT}
_COMPARISONS = (*RANGES, LIKE, ILIKE)
_NO_OPERATOR = "$entityId"
"""Passes as an operator and is none: the value is one of no type, like `{}`."""
_OPERATORS = frozenset({IN, NOT, IS_NULL, *_COMPARISONS, _NO_OPERATOR, *_ALIASES})
_ONLY_NULL: Mapping[str, Any] = {IS_NULL: True}

_LIST_DEPTH, _VALUE_DEPTH, _OPERATOR_DEPTH, _COMPARISON_DEPTH = 2, 3, 4, 5
"""How much deeper lists and faults are in the server's description of a `where`."""

Labels = tuple[str, ...]
"""The labels of a path."""


@dataclass(frozen=True, slots=True)
class NoValue:
    """What `{}` is as a value: of no type, equal to nothing."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One key of a `where`."""

    path: Labels
    value: Any
    """As sent: a plain value, or operators of which the first one counts."""

    @property
    def operator(self) -> str:
        """What is done with the operand."""
        return self._first()[0]

    @property
    def operand(self) -> Any:
        """What the attribute is compared with."""
        return self._first()[1]

    def _first(self) -> tuple[str, Any]:
        if not isinstance(self.value, Mapping):
            return EQUALS, self.value
        for name, operand in cast("Mapping[str, Any]", self.value).items():
            if name != _NO_OPERATOR:
                return _ALIASES.get(name, name), operand
            break
        return EQUALS, NoValue()


@dataclass(frozen=True, slots=True)
class AllOf:
    """Conditions that must all hold, each with a target of its own."""

    parts: tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Conditions of which one must hold."""

    parts: tuple[Where, ...]


Where = Condition | AllOf | AnyOf


def read_where(where: Mapping[str, Any], is_indexed: Callable[[Labels], bool]) -> tuple[Where, ...]:
    """The conditions of one object, in key order; their values are not looked at.

    Args:
        where: As sent; its shape is right.
        is_indexed: Whether a path ends at an indexed attribute, where nothing is a stored null.
    """
    return tuple(_read(key, value, is_indexed) for key, value in where.items())


def value_faults(wheres: Sequence[Where], at: Path, depth: int) -> Iterator[ValueFault]:
    """The values that nothing can be compared with.

    Args:
        wheres: The conditions of one list.
        at: The place of the list in the parsed form.
        depth: How deep it is in the server's description of queries.
    """
    for number, where in enumerate(wheres):
        if isinstance(where, Condition):
            yield from _condition_faults(where.value, (*at, number, 1), depth)
        else:
            name = "and" if isinstance(where, AllOf) else "or"
            yield from value_faults(where.parts, (*at, number, name), depth + _LIST_DEPTH)


def _read(key: str, value: Any, is_indexed: Callable[[Labels], bool]) -> Where:
    name = name_of(key)
    if name in COMBINATORS and isinstance(value, list):
        members = cast("list[Mapping[str, Any]]", value)
        if name == "and":
            return _list_of(AllOf, [part for member in members for part in read_where(member, is_indexed)])
        combined = _combined(members, is_indexed)
        return _list_of(AnyOf, [_list_of(AllOf, read_where(member, is_indexed)) for member in combined])
    path = path_of(key)
    if isinstance(value, dict):
        operators = cast("Mapping[str, Any]", value)
        steps = [path[:length] for length in range(1, len(path) + 1)]
        if NOT in operators or _NOT_EQUAL in operators:
            # Where nothing is stored there is nothing to differ from, but a stored null does by itself.
            unset = steps[:-1] if is_indexed(path) else steps
            return _list_of(AnyOf, [Condition(path, _with_not(operators)), *map(_is_null, unset)])
        if operators.get(IS_NULL) is True:
            return _list_of(AnyOf, [_is_null(step) for step in steps])
    return Condition(path, value)


def _list_of(kind: type[AllOf | AnyOf], parts: Sequence[Where]) -> Where:
    """A list without lists of its kind in it; what it holds if that is one."""
    flat: list[Where] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else [part]
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def _is_null(path: Labels) -> Condition:
    return Condition(path, _ONLY_NULL)


def _with_not(operators: Mapping[str, Any]) -> Mapping[str, Any]:
    """Operators with `$not` for `$ne`: the server puts it behind the others, so that it is the first no more."""
    if _NOT_EQUAL not in operators:
        return operators
    others = {name: operand for name, operand in operators.items() if name != _NOT_EQUAL}
    return {**others, NOT: operators[_NOT_EQUAL]}


def _combined(
    members: Iterable[Mapping[str, Any]], is_indexed: Callable[[Labels], bool]
) -> Iterable[Mapping[str, Any]]:
    """The members of an `or`, the values of each key as one `$in`, behind all else; null too where it is stored."""
    others: list[Mapping[str, Any]] = []
    values: dict[str, list[Any]] = {}
    for member in members:
        (key, value), *more = member.items()
        is_null = value == _ONLY_NULL and value[IS_NULL] is True and is_indexed(path_of(key))
        is_value = _is_scalar(value) and not name_of(key).startswith("$")
        if more or not (is_null or is_value):
            others.append(member)
        else:
            values.setdefault(key, []).append(None if is_null else value)
    return [*others, *({key: {IN: found}} for key, found in values.items())]


def _condition_faults(value: object, at: Path, depth: int) -> Iterator[ValueFault]:
    if not isinstance(value, Mapping):
        if not _is_scalar(value):
            yield ValueFault(depth + _VALUE_DEPTH, at, "map?")
        return
    operators = cast("Mapping[str, Any]", value)
    faults = [fault for name in operators for fault in _operand_faults(name, operators[name], at, depth)]
    yield from faults
    if not faults and not operators.keys() <= _OPERATORS:
        yield ValueFault(depth + _VALUE_DEPTH, at, "instant.db.instaql/where-value-valid-keys?")


def _operand_faults(name: str, operand: object, at: Path, depth: int) -> Iterator[ValueFault]:
    place, operator = (*at, name), _ALIASES.get(name, name)
    if operator == IN:
        if not isinstance(operand, list):
            yield ValueFault(depth + _OPERATOR_DEPTH, place, "vector?")
            return
        for number, member in enumerate(cast("list[object]", operand)):
            if member is not None and not _is_scalar(member):
                yield ValueFault(depth + _OPERATOR_DEPTH, (*place, number), "in-value-valid?")
    elif operator == NOT:
        if not _is_scalar(operand):
            yield ValueFault(depth + _OPERATOR_DEPTH, place, "instant.db.instaql/where-value-valid?")
    elif operator == IS_NULL:
        if not isinstance(operand, bool):
            yield ValueFault(depth + _OPERATOR_DEPTH, place, "boolean?")
    elif operator in _COMPARISONS and not _is_scalar(operand):
        yield ValueFault(depth + _COMPARISON_DEPTH, place, "boolean?")


def _is_scalar(value: object) -> bool:
    return isinstance(value, str | int | float)
