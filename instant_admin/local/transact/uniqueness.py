"""Unique values: who holds which, row by row.

The server writes rows in the order of entity ids and checks each as it comes, so a value can be handed on within a call
only from a lower id to a higher one (recording tx_unique_swap).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from instant_admin.local.attributes import Attribute
from instant_admin.local.schema.refusals import value_taken
from instant_admin.local.store.entities import hold_values, holders, release_values
from instant_admin.local.store.equality import equality_key
from instant_admin.local.store.units import WriteUnit

_Held = tuple[int, str]
"""Attribute key, and the equality key of a value or the id of a link's target."""


class Holders:
    """Who holds the unique values that a group of rows is about, kept up to date from row to row."""

    def __init__(self, unit: WriteUnit, rows: Iterable[tuple[Attribute, Any]]) -> None:
        """Load the holders.

        Args:
            unit: The transaction.
            rows: Unique attributes other than `id`, and the values to be written.
        """
        self._unit = unit
        self._before: dict[_Held, str] = {}
        wanted: dict[str, tuple[Attribute, set[str]]] = {}
        for attribute, value in rows:
            if value is not None:
                wanted.setdefault(attribute.id, (attribute, set()))[1].add(_key(attribute, value))
        for attribute, keys in wanted.values():
            self._load(attribute, keys)
        self._now: dict[_Held, str | None] = dict(self._before)
        self._links = {attribute.key for attribute, _ in wanted.values() if attribute.is_link}

    def take(self, attribute: Attribute, entity_id: str, value: Any, old: Any) -> None:
        """Give an entity a value in place of its old one; None stands for no value.

        Raises:
            Refusal: Another entity holds it.
        """
        if attribute.is_id:
            return
        if value is not None:
            held = attribute.key, _key(attribute, value)
            if self._now.get(held) not in (None, entity_id):
                raise value_taken(attribute, value)
            self._release(attribute, entity_id, old)
            self._now[held] = entity_id
        else:
            self._release(attribute, entity_id, old)

    def save(self) -> None:
        """Store who holds which plain values now; links speak for themselves."""
        changed = [
            held for held, id in self._now.items() if self._before.get(held) != id and held[0] not in self._links
        ]
        release_values(self._unit.db, self._unit.app.key, [held for held in changed if held in self._before])
        hold_values(
            self._unit.db, self._unit.app.key, {held: id for held in changed if (id := self._now[held]) is not None}
        )

    def _release(self, attribute: Attribute, entity_id: str, old: Any) -> None:
        if old is None:
            return
        held = attribute.key, _key(attribute, old)
        if held not in self._now:
            self._before[held] = self._now[held] = entity_id
        if self._now[held] == entity_id:
            self._now[held] = None

    def _load(self, attribute: Attribute, keys: set[str]) -> None:
        if attribute.is_link:
            rows = self._unit.db.execute(
                "SELECT dst, src FROM link WHERE attr = ? AND dst IN (SELECT value FROM json_each(?))",
                (attribute.key, json.dumps(list(keys))),
            ).fetchall()
        else:
            rows = list(holders(self._unit.db, self._unit.app.key, attribute, keys).items())
        self._before.update({(attribute.key, key): id for key, id in rows})


def _key(attribute: Attribute, value: Any) -> str:
    return str(value) if attribute.is_link else equality_key(value)
