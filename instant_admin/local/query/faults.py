"""Refusals of queries, with the server's entries (server contract, errors: `validation-failed`).

Most name the failed predicate as `expected`; those about the type of a value or about indexes as `expected?`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from instant_admin.local.errors import Refusal, validation_failed

Path = tuple[str | int, ...]
"""Where in a query a fault is."""


def query_fault(query: object, predicate: str, at: Sequence[str | int], message: str | None = None) -> Refusal:
    """An option, an operand or an order that a query may not have."""
    return query_faults(query, predicate, at, [message])


def query_faults(query: object, predicate: str, at: Sequence[str | int], messages: Sequence[str | None]) -> Refusal:
    """The same with several reasons."""
    return validation_failed("query", query, [_entry("expected", predicate, at, message) for message in messages])


def operand_fault(query: object, predicate: str, at: Sequence[str | int | list[Any]], message: str) -> Refusal:
    """An operand that does not fit the type or the index of its attribute."""
    return validation_failed("query", query, [_entry("expected?", predicate, at, message)])


def value_fault(query: object, predicate: object, at: Path) -> Refusal:
    """A value of an impossible kind; `at` speaks of the parsed form."""
    return validation_failed("coerced-query", query, [{"expected": predicate, "in": list(at)}])


def link_fault(query: object, etype: str, label: str) -> Refusal:
    """A plain attribute where a link must be."""
    message = f"The attribute `{etype}.{label}` needs to be a link."
    return validation_failed("attr", query, [{"message": message}])


def _entry(key: str, predicate: str, at: Sequence[Any], message: str | None) -> dict[str, Any]:
    entry: dict[str, Any] = {key: predicate, "in": list(at)}
    if message is not None:
        entry["message"] = message
    return entry
