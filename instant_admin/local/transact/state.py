"""The entities a transaction works on: read once, changed in memory, written at the end of each group."""

from __future__ import annotations

import json
from collections.abc import Iterable

from instant_admin.local.attributes import Attribute
from instant_admin.local.store.entities import NEVER_MS, Entity, load_entities
from instant_admin.local.store.units import WriteUnit
from instant_admin.local.transact.lookups import Lookup

EntityKey = tuple[str, str]
"""Namespace and id."""


class WorkingSet:
    """The plain values of entities, before and after the changes of a transaction. Links are in the database only."""

    def __init__(self, unit: WriteUnit) -> None:
        self.unit = unit
        self.touched: dict[str, set[str]] = {}
        """Entities whose required attributes have to be checked in the end: ids by namespace."""
        self.made: dict[Lookup, str] = {}
        """Lookups that matched nothing, and the ids of the entities made for them."""
        self._now: dict[EntityKey, Entity] = {}
        self._before: dict[EntityKey, Entity] = {}
        self._changed: dict[EntityKey, Entity] = {}

    def unread(self, etype: str, ids: Iterable[str]) -> list[str]:
        """Those of some ids that have not been read yet: they are as they are stored."""
        return [id for id in ids if (etype, id) not in self._now]

    def load(self, etype: str, ids: Iterable[str]) -> None:
        """Read entities that have not been read yet."""
        new = self.unread(etype, ids)
        if not new:
            return
        stored = load_entities(self.unit.db, self.unit.app.key, etype, new)
        for id in new:
            entity = stored.get(id)
            if entity is None:
                self._now[etype, id] = Entity(etype, id)
            else:
                self._now[etype, id] = entity
                self._before[etype, id] = Entity(etype, id, entity.created_ms, entity.listed, dict(entity.doc))

    def get(self, etype: str, id: str) -> Entity:
        """An entity as it is now; to change it, see `change`."""
        entity = self._now.get((etype, id))
        if entity is None:
            self.load(etype, [id])
            entity = self._now[etype, id]
        return entity

    def before(self, etype: str, id: str) -> Entity:
        """An entity as it was before the transaction."""
        self.get(etype, id)
        return self._before.get((etype, id)) or Entity(etype, id)

    def touch(self, etype: str, ids: Iterable[str]) -> None:
        """Note that required attributes of some entities have to be checked in the end."""
        self.touched.setdefault(etype, set()).update(ids)

    def change(self, etype: str, id: str) -> Entity:
        """An entity as it is now; it will be saved."""
        entity = self._changed[etype, id] = self.get(etype, id)
        return entity

    def clear(self, etype: str, id: str) -> None:
        """Remove all plain values of an entity."""
        entity = self.change(etype, id)
        entity.doc = {}
        entity.listed = False
        entity.created_ms = NEVER_MS

    def save(self) -> None:
        """Write what has been changed."""
        self.unit.save_entities(self._changed.values())
        self._changed.clear()

    def exists(self, etype: str, ids: Iterable[str]) -> set[str]:
        """Those of some ids that have a plain value or a link of their own in a namespace."""
        wanted = list(ids)
        self.load(etype, wanted)
        slots = {attribute.slot for attribute in self.unit.attributes.of(etype)}
        entities = [self._now[etype, id] for id in wanted]
        # Values of soft-deleted attributes are kept, but nobody sees them.
        found = {entity.id for entity in entities if entity.listed or not slots.isdisjoint(entity.doc)}
        rest = [id for id in wanted if id not in found]
        if rest:
            found.update(linking(self.unit, etype, rest))
        return found


def linking(unit: WriteUnit, etype: str, ids: Iterable[str]) -> set[str]:
    """Those of some ids that have a link stored on their side."""
    links: list[Attribute] = [attribute for attribute in unit.attributes.of(etype) if attribute.is_link]
    if not links:
        return set()
    rows = unit.db.execute(
        "SELECT DISTINCT src FROM link WHERE attr IN (SELECT value FROM json_each(?))"
        " AND src IN (SELECT value FROM json_each(?))",
        (json.dumps([attribute.key for attribute in links]), json.dumps(list(ids))),
    )
    return {row[0] for row in rows}
