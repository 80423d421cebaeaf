"""Functions by name, with the overloads that the checker chooses from and the evaluation dispatches to.

An overload stands for both: its static types decide whether a rule compiles, the Python types that belong to them
decide which implementation the values at hand get.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from instant_admin.local.cel.errors import EvaluationError
from instant_admin.local.cel.numbers import UInt
from instant_admin.local.cel.records import Request
from instant_admin.local.cel.times import Duration, Timestamp
from instant_admin.local.cel.types import (
    BOOL,
    BYTES,
    DOUBLE,
    DURATION,
    INT,
    NULL,
    RATE_LIMIT,
    REQUEST,
    STRING,
    TIMESTAMP,
    UINT,
    Type,
)
from instant_admin.local.cel.values import LISTS, MAPS, TypeValue

Implementation = Callable[..., object]

_CLASSES: dict[Type, tuple[type, ...]] = {
    BOOL: (bool,),
    INT: (int,),
    UINT: (UInt,),
    DOUBLE: (float,),
    STRING: (str,),
    BYTES: (bytes,),
    TIMESTAMP: (Timestamp,),
    DURATION: (Duration,),
    NULL: (type(None),),
    REQUEST: (Request,),
}
_NAMED_CLASSES: dict[str, tuple[type, ...]] = {"list": LISTS, "map": MAPS, "type": (TypeValue,)}


@dataclass(frozen=True, eq=False, slots=True)
class Overload:
    """One way to call a function."""

    parameters: tuple[Type, ...]
    result: Type
    implementation: Implementation
    is_method: bool = False
    classes: tuple[tuple[type, ...] | None, ...] = ()
    """The Python types that each parameter takes; None takes all."""

    def takes(self, kinds: tuple[type, ...]) -> bool:
        """Whether values of these Python types may be passed."""
        return len(kinds) == len(self.classes) and all(
            classes is None or kind in classes for kind, classes in zip(kinds, self.classes, strict=True)
        )


def overload(
    parameters: tuple[Type, ...],
    result: Type,
    implementation: Implementation,
    *,
    method: bool = False,
    takes: tuple[tuple[type, ...] | None, ...] | None = None,
) -> Overload:
    """Declare an overload; `takes` where the Python types are not those of the static types."""
    classes = tuple(_classes(each) for each in parameters) if takes is None else takes
    return Overload(parameters, result, implementation, method, classes)


def method(parameters: tuple[Type, ...], result: Type, implementation: Implementation) -> Overload:
    """Declare an overload that is called on its first parameter."""
    return overload(parameters, result, implementation, method=True)


def _classes(type: Type) -> tuple[type, ...] | None:
    if type == RATE_LIMIT:
        return None
    return _NAMED_CLASSES.get(type.name) or _CLASSES.get(type)


class Dispatch:
    """Chooses, among overloads, the one for the values at hand; remembers by their Python types."""

    def __init__(self, name: str, overloads: Iterable[Overload]) -> None:
        self.name = name
        self._overloads = tuple(overloads)
        self.known: dict[tuple[type, ...], Implementation] = {}

    def find(self, kinds: tuple[type, ...]) -> Implementation:
        """The implementation for values of these Python types.

        Raises:
            EvaluationError: There is none.
        """
        for each in self._overloads:
            if each.takes(kinds):
                self.known[kinds] = each.implementation
                return each.implementation
        shown = ", ".join(kind.__name__ for kind in kinds)
        raise EvaluationError("OVERLOAD_NOT_FOUND", f"`{self.name}` does not take ({shown}).")


Library = dict[str, tuple[Overload, ...]]
