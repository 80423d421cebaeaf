"""Refusals of queries, with the server's entries (server contract, errors: `validation-failed`).

Most name the failed predicate as `expected`; those about the type of a value or about indexes as `expected?`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from instant_admin.local.errors import Refusal, validation_failed

Path = tuple[str | int, ...]
"""Where in a query a fault is."""


class ValueFault(NamedTuple):
    """A value of an impossible kind."""

    depth: int
    """How deep in the server's description of queries, alternatives counted, the failed predicate is."""
    at: Path
    """Speaks of the parsed form."""
    predicate: object


def query_fault(query: object, predicate: str, at: Sequence[str | int], message: str | None = None) -> Refusal:
    """An option, an operand or an order that a query may not have."""
    return query_faults(query, predicate, at, [message])


def query_faults(query: object, predicate: str, at: Sequence[str | int], messages: Sequence[str | None]) -> Refusal:
    """The same with several reasons."""
    return validation_failed("query", query, [_entry("expected", predicate, at, message) for message in messages])


def operand_fault(query: object, predicate: str, at: Sequence[str | int | list[Any]], message: str) -> Refusal:
    """An operand that does not fit the type or the index of its attribute."""
    return validation_failed("query", query, [_entry("expected?", predicate, at, message)])


def value_fault(query: object, faults: Iterable[ValueFault]) -> Refusal:
    """Values of impossible kinds, of which one is told: the deepest, of several the one whose place sorts last."""
    told = sorted(faults, key=_specificity)[-1]
    return validation_failed("coerced-query", query, [{"expected": told.predicate, "in": list(told.at)}])


def link_fault(query: object, etype: str, label: str) -> Refusal:
    """A plain attribute where a link must be."""
    message = f"The attribute `{etype}.{label}` needs to be a link."
    return validation_failed("attr", query, [{"message": message}])


def _specificity(fault: ValueFault) -> tuple[int, int, bool, str | int]:
    last = fault.at[-1]
    return fault.depth, len(fault.at), isinstance(last, str), last


def _entry(key: str, predicate: str, at: Sequence[Any], message: str | None) -> dict[str, Any]:
    entry: dict[str, Any] = {key: predicate, "in": list(at)}
    if message is not None:
        entry["message"] = message
    return entry
