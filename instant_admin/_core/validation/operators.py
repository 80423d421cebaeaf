"""Operator objects in conditions, such as `{"$gt": 5}`, and plain values to compare with."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from instant_admin._core.nearest import did_you_mean
from instant_admin._core.schema.values import ValueType
from instant_admin._core.validation.faults import fault, mistyped
from instant_admin._core.validation.values import TYPE_NAMES, fits, is_entity_id

_MEMBERSHIP: Final = frozenset({"$in", "in"})
_INEQUALITY: Final = frozenset({"$not", "$ne"})
_ORDER: Final = frozenset({"$gt", "$gte", "$lt", "$lte"})
_PATTERNS: Final = frozenset({"$like", "$ilike"})
_OPERATORS: Final = ("$in", "in", "$not", "$ne", "$gt", "$gte", "$lt", "$lte", "$like", "$ilike", "$isNull")


class Subject(NamedTuple):
    """What a condition is about: an attribute, a link or an id at the end of a path."""

    name: str
    """As in error texts: "goals.rank"."""
    value_type: ValueType | None
    """None where it is not known: there is no schema."""
    is_indexed: bool
    is_reference: bool = False
    """Whether its values are ids of entities: it is a link, or the id of one."""
    is_id: bool = False
    """Whether it is an id, which has no index for comparisons."""


def check_value(path: str, value: Any, subject: Subject, *, upstream: bool) -> None:
    """Check what a subject is compared with.

    Raises:
        InvalidArgumentError: It does not fit.
    """
    if isinstance(value, dict) and not (upstream and subject.value_type == "json"):
        if subject.value_type is not None or any(_is_operator(name) for name in value):
            _check_operators(path, value, subject, upstream=upstream)
        return
    _check_plain(path, value, subject, upstream=upstream)
    is_checked = subject.is_reference or (subject.is_id and not upstream)
    if is_checked and isinstance(value, str) and not is_entity_id(value, upstream=upstream):
        raise mistyped(path, "the id of an entity (a UUID)", value)


def _is_operator(name: str) -> bool:
    """Whether an object with this key is meant as operators: without a schema others are left to the server."""
    return name.startswith("$") or name in _OPERATORS


def _check_plain(path: str, value: Any, subject: Subject, *, upstream: bool) -> None:
    """Check a value without an operator, or the operand of a comparison, where its type is known."""
    value_type = subject.value_type
    if value_type is None:
        return
    if not upstream:
        if value is None:
            raise fault(path, "a comparison with null (None) matches nothing; write {'$isNull': True} or False.")
        if isinstance(value, dict):
            raise mistyped(path, "a value", value, "Objects cannot be compared.")
        if isinstance(value, list):
            raise mistyped(path, "a value", value, "To match any of several, write {'$in': [...]}.")
    if value is not None and not fits(value, value_type):
        raise mistyped(path, f"{TYPE_NAMES[value_type]} for {subject.name}", value)


def _check_operators(path: str, given: dict[str, Any], subject: Subject, *, upstream: bool) -> None:
    if not upstream and not given:
        raise fault(path, f"expected an operator, got {{}}. Operators: {', '.join(_OPERATORS)}.")
    for operator, operand in given.items():
        _check_operator(f"{path}.{operator}", operator, operand, subject, upstream=upstream)
    if not upstream and len(given) > 1:
        # The server checks all operators and then takes the first (server contract, data 2.1).
        label = path.rpartition(".where.")[2]
        parts = ", ".join(f"{{{label!r}: {{{name!r}: {operand!r:.40}}}}}" for name, operand in given.items())
        raise fault(path, f"expected one operator, got {len(given)}, of which the server drops all but the first. "
                    f"Write {{'and': [{parts}]}}.")  # fmt: skip


def _check_operator(path: str, operator: str, operand: Any, subject: Subject, *, upstream: bool) -> None:
    if operator in _MEMBERSHIP:
        _check_members(path, operand, subject, upstream=upstream)
    elif operator in _INEQUALITY or operator in _ORDER:
        _check_plain(path, operand, subject, upstream=upstream)
        if not upstream and operator in _ORDER:
            _check_comparable(path, operator, subject)
        if not upstream and operator in _INEQUALITY:
            _check_ids(path, [operand], subject)
    elif operator in _PATTERNS:
        if not isinstance(operand, str) and not (upstream and operand is None):
            raise mistyped(path, "a pattern (text)", operand)
        if upstream and operator == "$ilike" and not subject.is_indexed:
            raise fault(path, f"{subject.name} must be indexed for {operator}.")
        if not upstream:
            _check_pattern(path, operator, subject)
    elif operator == "$isNull":
        if not isinstance(operand, bool) and not (upstream and operand is None):
            raise mistyped(path, "True or False", operand)
    else:
        raise fault(path, f"there is no operator {operator!r}. {did_you_mean(operator, _OPERATORS)}")


def _check_members(path: str, operand: Any, subject: Subject, *, upstream: bool) -> None:
    if not isinstance(operand, list):
        raise mistyped(path, "a list", operand)
    value_type = subject.value_type
    for member in operand:
        if value_type is not None and not fits(member, value_type):
            raise mistyped(path, f"{TYPE_NAMES[value_type]} for {subject.name}", member)
        if not upstream and value_type is not None and isinstance(member, (dict, list)):
            raise mistyped(path, "values to compare with", member)
    if not upstream:
        if None in operand and (subject.is_id or (subject.value_type is not None and not subject.is_indexed)):
            raise fault(
                path, f"null (None) may be a member only where the attribute is indexed, and {subject.name} is not."
            )
        _check_ids(path, operand, subject)


def _check_ids(path: str, operands: list[Any], subject: Subject) -> None:
    if not subject.is_reference and not subject.is_id:
        return
    for operand in operands:
        if not isinstance(operand, str) or not is_entity_id(operand, upstream=False):
            raise mistyped(path, "the id of an entity (a UUID)", operand)


def _check_comparable(path: str, operator: str, subject: Subject) -> None:
    """The server compares only what is indexed and has a type (server contract, data 2.1)."""
    if subject.is_id or subject.is_reference:
        raise fault(path, f"ids have no order, so {operator} cannot be used with {subject.name}.")
    if subject.value_type is None:
        return
    if subject.value_type == "json":
        raise fault(path, f"{operator} needs an attribute with a type, and {subject.name} takes any value.")
    if not subject.is_indexed:
        raise fault(path, f"{operator} needs an index: add .indexed() to {subject.name} in the schema.")


def _check_pattern(path: str, operator: str, subject: Subject) -> None:
    if subject.is_id or subject.is_reference:
        raise fault(path, f"ids are no text to be searched, so {operator} cannot be used with {subject.name}.")
    if subject.value_type is None:
        return
    if subject.value_type != "string":
        raise fault(path, f"{operator} needs a string, and {subject.name} is a {subject.value_type}.")
    if not subject.is_indexed:
        raise fault(path, f"{operator} needs an index: add .indexed() to {subject.name} in the schema.")
