"""What a condition compares an attribute with, checked against its type and index.

Evidence: recordings query_eq_*, query_in_*, query_like_*, query_range_*, query_date_forms*.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from instant_admin.local.attributes import Attribute
from instant_admin.local.coerce import as_uuid
from instant_admin.local.errors import bad_request, null_byte
from instant_admin.local.query.conditions import EQUALS, ILIKE, IN, LIKE, NOT, RANGES, Condition, NoValue
from instant_admin.local.query.faults import operand_fault, query_fault
from instant_admin.local.store.stored_value import holds_nul
from instant_admin.local.values import read_query_date

_NAMES = {str: "string", bool: "boolean", int: "number", float: "number", NoValue: "object", type(None): "null"}


@dataclass(frozen=True, slots=True)
class Equal:
    """Some of these values, null among them or not."""

    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Different:
    """Any value but this one."""

    value: Any


@dataclass(frozen=True, slots=True)
class Compared:
    """Values on one side of another one."""

    operator: str
    value: Any


@dataclass(frozen=True, slots=True)
class Alike:
    """Texts that fit a pattern."""

    pattern: str
    ignore_case: bool


@dataclass(frozen=True, slots=True)
class StartsWith:
    """Ids with a prefix, in any case."""

    prefix: str


Comparison = Equal | Different | Compared | Alike | StartsWith


@dataclass(frozen=True, slots=True)
class Place:
    """Where a `where` stands: what its faults say."""

    query: object
    path: tuple[str, ...]
    """Names of the forms down to it."""

    def of(self, label: str, *operator: str) -> list[Any]:
        """Of a condition on a label."""
        return [*self.path, "$", "where", label, *operator]


def read_comparison(place: Place, attribute: Attribute, condition: Condition) -> Comparison:
    """What the values of a plain attribute are compared with.

    Raises:
        Refusal: The operand does not fit the attribute.
    """
    operator, operand = condition.operator, condition.operand
    if operator in (*RANGES, LIKE, ILIKE):
        return _ordered(place, attribute, operator, operand)
    members: Sequence[Any] = operand if operator == IN else (operand,)
    if None in members and not attribute.indexed:
        at: list[Any] = [*place.path, "$", "where", IN, list(members)]
        message = "Only indexed attributes can be compared with null in `$in`."
        raise operand_fault(place.query, "indexed?", at, message)
    for member in members:
        if member is not None:
            _check_type(place, attribute, member, place.of(attribute.label), words=False)
    _refuse_nul(members)
    if operator == NOT:
        return Different(operand)
    assert operator in (EQUALS, IN), f"{operator} has no comparison"
    return Equal(tuple(member for member in members if not isinstance(member, NoValue)))


def read_targets(place: Place, label: str, condition: Condition) -> tuple[str, ...]:
    """The entity ids that a link is compared with.

    Raises:
        Refusal: One is no UUID, or the operator is none for links.
    """
    members: Sequence[Any] = condition.operand if condition.operator == IN else (condition.operand,)
    ids: list[str] = []
    for member in members:
        id = as_uuid(member)
        if id is None or condition.operator in (*RANGES, LIKE, ILIKE):
            message = f"Expected {label} to be a uuid, got {_shown(member)}"
            raise query_fault(place.query, "uuid?", place.of(label), message)
        ids.append(id)
    return tuple(ids)


def read_prefix(condition: Condition) -> StartsWith:
    """The prefix that an id is compared with.

    Raises:
        Refusal: It is no text.
    """
    if condition.operator != EQUALS or not isinstance(condition.operand, str):
        raise bad_request("`$entityIdStartsWith` takes a text.")
    _refuse_nul((condition.operand,))
    return StartsWith(condition.operand.lower())


def _ordered(place: Place, attribute: Attribute, operator: str, operand: Any) -> Comparison:
    label = attribute.label
    name = f"`{attribute.etype}.{label}`"
    if not attribute.indexed:
        message = f"The {name} attribute must be indexed to use comparison operators."
        raise operand_fault(place.query, "indexed?", place.of(label), message)
    if attribute.checked_data_type is None:
        message = f"The {name} attribute must have an enforced type to use comparison operators."
        raise operand_fault(place.query, "checked-data-type?", place.of(label), message)
    if operator not in RANGES and not isinstance(operand, str):
        message = f"`{operator}` takes a text, but the query got the value `{_shown(operand)}` for {name}."
        raise operand_fault(place.query, "string?", place.of(label, operator), message)
    if attribute.checked_data_type == "date" and isinstance(operand, bool):
        raise bad_request("A date cannot be compared with a boolean.")
    _check_type(place, attribute, operand, place.of(label, operator), words=operator in RANGES)
    if operator in RANGES:
        _refuse_nul((operand,))
        return Compared(operator, operand)
    if attribute.checked_data_type != "string":
        raise bad_request(f"`{operator}` compares texts, and {name} holds none.")
    if holds_nul(operand):
        raise bad_request("A pattern cannot contain the character NUL.")
    return Alike(operand, ignore_case=operator == ILIKE)


def _check_type(place: Place, attribute: Attribute, operand: Any, at: list[Any], *, words: bool) -> None:
    data_type = attribute.checked_data_type
    if data_type is None:
        return
    predicate = _date_fault(operand, words=words) if data_type == "date" else _FAULTS[data_type](operand)
    if predicate is not None:
        message = (
            f"The data type of `{attribute.label}` is `{data_type}`, but the query got the value"
            f" `{_shown(operand)}` of type `{_NAMES[type(operand)]}`."
        )
        raise operand_fault(place.query, predicate, at, message)


def _date_fault(operand: Any, *, words: bool) -> str | None:
    if isinstance(operand, bool | NoValue):
        return "date?"
    if read_query_date(operand, words=words) is not None:
        return None
    return "date-string?" if isinstance(operand, str) else "timestamp?"


def _string_fault(operand: Any) -> str | None:
    return None if isinstance(operand, str) else "string?"


def _number_fault(operand: Any) -> str | None:
    return None if isinstance(operand, int | float) and not isinstance(operand, bool) else "number?"


def _boolean_fault(operand: Any) -> str | None:
    return None if isinstance(operand, bool) else "boolean?"


_FAULTS: dict[str, Callable[[Any], str | None]] = {
    "string": _string_fault,
    "number": _number_fault,
    "boolean": _boolean_fault,
}


def _refuse_nul(operands: Sequence[Any]) -> None:
    if any(holds_nul(operand) for operand in operands):
        raise null_byte()


def _shown(operand: Any) -> str:
    """An operand in a message."""
    return json.dumps({} if isinstance(operand, NoValue) else operand, ensure_ascii=False)
