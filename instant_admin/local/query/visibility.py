"""What a caller who is not the admin may see: the seam between queries and permission rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple, Protocol


class EntityKey(NamedTuple):
    """What identifies an entity of an app."""

    etype: str
    id: str


Record = Mapping[str, Any]
"""All that a query without `fields` would show of an entity, by label: plain values with nulls where an indexed
attribute is unset, has-one links as ids. An entity that only links were made from may lack `id`."""


class Visibility(Protocol):
    """The answers of the view and field rules about the entities of one query."""

    def examine(self, entities: Mapping[EntityKey, Record], labels: Mapping[str, Collection[str]]) -> None:
        """Evaluate the rules about all entities that a query touches. Called once per query, before the others.

        Args:
            entities: Every entity of the tree, and every one that only a path of a `where` touches.
            labels: For each namespace the labels that the query returns or filters by.

        Raises:
            Refusal: A rule cannot be evaluated, or a rate limit is exhausted.
        """
        ...

    def shows(self, key: EntityKey) -> bool:
        """Whether the caller may see an examined entity."""
        ...

    def hidden_labels(self, key: EntityKey) -> Collection[str]:
        """The attributes of an examined entity that the caller may not see, given that it shows."""
        ...
