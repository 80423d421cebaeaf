"""What a transaction changes, and the events that it makes, stored together with it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from typing import Any

import msgspec

from instant_admin.local.attributes import AttributeSet
from instant_admin.local.store.entities import Entity, encode, load_entities
from instant_admin.local.store.units import WriteUnit
from instant_admin.local.webhooks.events import PENDING, Event, save_event
from instant_admin.local.webhooks.hooks import Hook, active_hooks

Values = dict[str, Any]
"""Plain values of an entity by attribute slot, its id among them: attributes may get other names."""
_Key = tuple[str, str]
"""Namespace and id."""


class Change(msgspec.Struct, frozen=True):
    """What became of one entity."""

    etype: str
    action: str
    id: str
    before: Values | None
    after: Values | None


_compared = msgspec.json.Encoder(order="sorted").encode
_changes = msgspec.json.Decoder(tuple[Change, ...])


class Noticing:
    """One transaction of an app that has active webhooks."""

    def __init__(self, unit: WriteUnit, hooks: list[Hook], now_ms: int, when_stored: Callable[[], None]) -> None:
        """Begin.

        Args:
            unit: The transaction.
            hooks: The active webhooks.
            now_ms: The time.
            when_stored: Called when a transaction that makes events has been stored.
        """
        self._unit = unit
        self._hooks = hooks
        self._now_ms = now_ms
        self._when_stored = when_stored
        self._before: dict[_Key, Entity | None] = {}
        self._has_events = False

    def before_saving(self, entities: Iterable[Entity]) -> None:
        """Keep what is stored of some entities, which will be others in a moment."""
        new = {(entity.etype, entity.id) for entity in entities} - self._before.keys()
        self._before.update(self._stored(new))

    def before_commit(self) -> None:
        """Store what has changed, and an event for each webhook that wants to know of some of it."""
        changes = tuple(self._changes())
        if not changes:
            return
        unit = self._unit
        told = [hook for hook in self._hooks if wanted(hook, unit.attributes, changes)]
        if not told:
            return
        cursor = unit.db.execute(
            "INSERT INTO webhook_change (app, changes) VALUES (?, ?)", (unit.app.key, encode(changes))
        )
        assert cursor.lastrowid is not None
        for hook in told:
            event = Event(
                unit.app.key, hook.id, cursor.lastrowid, PENDING, (), self._now_ms, self._now_ms, self._now_ms
            )
            save_event(unit.db, event)
        self._has_events = True

    def after_commit(self) -> None:
        """See that what was made is delivered."""
        if self._has_events:
            self._when_stored()

    def _changes(self) -> Iterable[Change]:
        now = self._stored(self._before)
        for (etype, id), old in self._before.items():
            before, after = self._values(old), self._values(now[etype, id])
            # Compared as JSON: to Python, True is 1. The order of keys is none of a value.
            if _compared(before) != _compared(after):
                action = "create" if before is None else "delete" if after is None else "update"
                yield Change(etype, action, id, before, after)

    def _stored(self, keys: Iterable[_Key]) -> Mapping[_Key, Entity | None]:
        found: dict[_Key, Entity | None] = {}
        for etype, group in groupby(sorted(keys), key=lambda key: key[0]):
            ids = [id for _, id in group]
            entities = load_entities(self._unit.db, self._unit.app.key, etype, ids)
            found.update({(etype, id): entities.get(id) for id in ids})
        return found

    def _values(self, entity: Entity | None) -> Values | None:
        if entity is None:
            return None
        # By the order of attributes, which does not depend on the order of writing.
        values = {a.slot: entity.doc[a.slot] for a in self._unit.attributes.of(entity.etype) if a.slot in entity.doc}
        id_attribute = self._unit.attributes.id_of(entity.etype)
        if entity.listed and id_attribute is not None:
            values[id_attribute.slot] = entity.id
        return values or None


def notice(unit: WriteUnit, now_ms: Callable[[], int], when_stored: Callable[[], None]) -> Noticing | None:
    """Begin to notice what a transaction changes; None for an app without active webhooks."""
    hooks = active_hooks(unit.db, unit.app.key)
    return Noticing(unit, hooks, now_ms(), when_stored) if hooks else None


def wanted(hook: Hook, attributes: AttributeSet, changes: Iterable[Change]) -> list[Change]:
    """Those of some changes that a webhook is told of."""
    etypes = set(hook.etypes(attributes))
    return [change for change in changes if change.etype in etypes and change.action in hook.actions]


def load_changes(db: sqlite3.Connection, app_key: int, number: int) -> tuple[Change, ...] | None:
    """What a transaction of an app has changed; None where that is not known."""
    row = db.execute("SELECT changes FROM webhook_change WHERE app = ? AND isn = ?", (app_key, number)).fetchone()
    return None if row is None else _changes.decode(row[0])
