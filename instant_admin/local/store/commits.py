"""What the store tells those who want to know that something has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from instant_admin.local.store.entities import Entity


@dataclass(frozen=True, slots=True)
class Commit:
    """A change that is stored."""

    app_id: str
    touched: frozenset[str] | None
    """The namespaces whose entities or links may be others now; None for any, and for the rules."""
    made: frozenset[str] = frozenset()
    """Ids of new attributes."""


OnCommit = Callable[[Commit], None]
"""Called in the thread that writes, before the next one may: it must return at once."""
NOTHING: frozenset[str] = frozenset()


def ignore(_commit: Commit) -> None:
    """Want to know nothing."""


class Observer(Protocol):
    """Somebody who notices what one transaction changes, and may store something together with it."""

    def before_saving(self, entities: Iterable[Entity]) -> None:
        """Some entities are to be stored; what the database has of them is their earlier state."""
        ...

    def before_commit(self) -> None:
        """All is done, and nothing is committed yet."""
        ...

    def after_commit(self) -> None:
        """It is committed. Must return at once."""
        ...


def unobserved(_unit: object) -> Observer | None:
    """Notice nothing."""
    return None
