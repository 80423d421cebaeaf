"""What a caller wants to be told of a live query, beside what it takes from it."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from instant_admin.errors import InstantError, InvalidArgumentError
from instant_admin.types import LiveStatus, QueryUpdate

_log = logging.getLogger("instant_admin")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listeners:
    """Functions to call, each of them optional.

    Raises:
        InvalidArgumentError: One cannot be called, or would have to be awaited.
    """

    on_update: Callable[[QueryUpdate[Any]], object] | None = None
    on_status: Callable[[LiveStatus], object] | None = None
    on_error: Callable[[InstantError], object] | None = None

    def __post_init__(self) -> None:
        for name in self.__slots__:
            listener: Any = getattr(self, name)
            if listener is None:
                continue
            if not callable(listener) or inspect.iscoroutinefunction(listener):
                raise InvalidArgumentError(f"{name} must be a plain function: it is called, not awaited.")

    def tell_update(self, update: QueryUpdate) -> None:
        """There is a new result."""
        _call("on_update", self.on_update, update)

    def tell_status(self, status: LiveStatus) -> None:
        """The status is another."""
        _call("on_status", self.on_status, status)

    def tell_error(self, error: InstantError) -> None:
        """The query has ended by an error."""
        _call("on_error", self.on_error, error)


def _call(name: str, listener: Callable[[T], object] | None, value: T) -> None:
    if listener is None:
        return
    try:
        listener(value)
    except Exception:  # noqa: BLE001  the query itself is fine
        _log.exception("%s of a live query failed", name)
