"""The macros over lists and maps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from instant_admin.local.cel.ast import MacroName
from instant_admin.local.cel.logic import ABSORBED, Evaluate, not_boolean
from instant_admin.local.cel.values import elements

Loop = Callable[[object, dict[str, Any]], Any]


def loop(macro: MacroName, variable: str, condition: Evaluate | None, body: Evaluate) -> Loop:
    """What runs a macro over a range."""
    match macro:
        case "all":
            return _settled_by(False, variable, body)
        case "exists":
            return _settled_by(True, variable, body)
        case "exists_one":
            return _exists_one(variable, body)
        case "filter":
            return _filter(variable, body)
        case "map":
            return _map(variable, condition, body)


def _settled_by(settling: bool, variable: str, body: Evaluate) -> Loop:
    """`exists` and `all`: one element settles the result, and absorbs the errors of those before it."""

    def run(range: object, scope: dict[str, Any]) -> bool:
        failure: Exception | None = None
        inner = dict(scope)
        for inner[variable] in elements(range):
            try:
                verdict = _boolean(body(inner))
            except ABSORBED as error:
                failure = failure or error
                continue
            if verdict is settling:
                return settling
        if failure is not None:
            raise failure
        return not settling

    return run


def _exists_one(variable: str, body: Evaluate) -> Loop:
    def run(range: object, scope: dict[str, Any]) -> bool:
        inner = dict(scope)
        count = 0
        for inner[variable] in elements(range):
            count += _boolean(body(inner))
        return count == 1

    return run


def _filter(variable: str, body: Evaluate) -> Loop:
    def run(range: object, scope: dict[str, Any]) -> tuple[object, ...]:
        inner = dict(scope)
        found: list[object] = []
        for element in elements(range):
            inner[variable] = element
            if _boolean(body(inner)):
                found.append(element)
        return tuple(found)

    return run


def _map(variable: str, condition: Evaluate | None, body: Evaluate) -> Loop:
    def run(range: object, scope: dict[str, Any]) -> tuple[object, ...]:
        inner = dict(scope)
        found: list[object] = []
        for inner[variable] in elements(range):
            if condition is None or _boolean(condition(inner)):
                found.append(body(inner))
        return tuple(found)

    return run


def _boolean(value: object) -> bool:
    if value is True or value is False:
        return value
    raise not_boolean(value)
