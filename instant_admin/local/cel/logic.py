"""`&&` and `||`, which absorb the error of one side where the other side settles the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from instant_admin.local.cel.errors import EvaluationError, UnboundError
from instant_admin.local.errors import Refusal

Evaluate = Callable[[dict[str, Any]], Any]

ABSORBED = (EvaluationError, Refusal)


def both(left: Evaluate, right: Evaluate) -> Evaluate:
    """`left && right`."""
    return _settled_by(False, left, right)


def either(left: Evaluate, right: Evaluate) -> Evaluate:
    """`left || right`."""
    return _settled_by(True, left, right)


def _settled_by(settling: bool, left: Evaluate, right: Evaluate) -> Evaluate:
    """One side of the settling value is enough; of a side that is no boolean the error is not absorbed here."""
    other = not settling

    def evaluate(scope: dict[str, Any]) -> object:
        try:
            first = left(scope)
        except ABSORBED as failure:
            return _after_failure(failure, scope)
        if first is settling:
            return settling
        if first is not other:
            raise not_boolean(first)
        second = right(scope)
        if second is settling or second is other:
            return second
        raise not_boolean(second)

    def _after_failure(failure: Exception, scope: dict[str, Any]) -> object:
        try:
            second = right(scope)
        except EvaluationError as later:
            raise (later if isinstance(later, UnboundError) else failure) from None
        if second is settling:
            return settling
        raise failure if second is other else not_boolean(second)

    return evaluate


def not_boolean(value: object) -> EvaluationError:
    """Something else stands where a boolean must."""
    return EvaluationError("INVALID_ARGUMENT", f"A boolean was expected, not {type(value).__name__}.")
