"""What a read or a write of one app works with. Both last as long as a database transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from functools import cached_property

from instant_admin.local.attributes import Attribute, AttributeSet
from instant_admin.local.store.apps import App
from instant_admin.local.store.attribute_rows import insert_attributes, load_attributes, update_attributes
from instant_admin.local.store.commits import Observer
from instant_admin.local.store.entities import Entity, add_links, remove_links, save_entities
from instant_admin.local.store.indexes import drop_indexes, sync_indexes


class ReadUnit:
    """An app's data at one moment."""

    def __init__(
        self, db: sqlite3.Connection, app: App, attributes: AttributeSet, file_url: Callable[[str], str]
    ) -> None:
        """Begin.

        Args:
            db: In a transaction.
            app: Whose data.
            attributes: Its live attributes.
            file_url: The address of a file, for a location id.
        """
        self.db = db
        self.app = app
        self.file_url = file_url
        self.read: set[str] = set()
        """The namespaces that queries and rules have read so far. While none of them and no attribute changes, they
        find the same again."""
        self._attributes = attributes

    @property
    def attributes(self) -> AttributeSet:
        """The live attributes."""
        return self._attributes

    def without_attributes(self, ids: Iterable[str]) -> ReadUnit:
        """The same data as it would be without some attributes."""
        return ReadUnit(self.db, self.app, self._attributes.without(ids), self.file_url)

    def last_transaction_id(self) -> int:
        """The number of the latest transaction of the whole database."""
        number: int = self.db.execute("SELECT value FROM setting WHERE name = 'transaction'").fetchone()[0]
        return number


class WriteUnit(ReadUnit):
    """An app's data while one transaction changes it."""

    def __init__(
        self,
        db: sqlite3.Connection,
        app: App,
        attributes: AttributeSet,
        file_url: Callable[[str], str],
        *,
        creation_ms: Callable[[], int],
    ) -> None:
        super().__init__(db, app, attributes, file_url)
        self._creation_ms = creation_ms
        self._saved: set[str] = set()
        self._relinked: set[int] = set()
        self._has_other_attributes = False
        self.made: set[str] = set()
        """Ids of the attributes that this transaction has made."""
        self.observer: Observer | None = None

    @cached_property
    def now_ms(self) -> int:
        """When this transaction happens: later than every one before that asked."""
        return self._creation_ms()

    def next_transaction_id(self) -> int:
        """The number of this transaction; grows over the whole database."""
        self.db.execute("UPDATE setting SET value = value + 1 WHERE name = 'transaction'")
        return self.last_transaction_id()

    @property
    def touched(self) -> frozenset[str] | None:
        """The namespaces whose entities or links this transaction has changed so far; None for any.

        A link counts for both of its ends.
        """
        if self._has_other_attributes:
            return None
        touched = set(self._saved)
        for attribute in self._attributes if self._relinked else ():
            if attribute.key in self._relinked:
                touched.update(end.etype for end in (attribute.forward, attribute.reverse) if end is not None)
        return frozenset(touched)

    def save_entities(self, entities: Iterable[Entity]) -> None:
        """Store the present state of entities; one without any value is removed."""
        changed = list(entities)
        self._saved.update(entity.etype for entity in changed)
        if self.observer is not None:
            self.observer.before_saving(changed)
        save_entities(self.db, self.app.key, self._attributes, changed)

    def add_links(self, rows: Iterable[tuple[int, str, str]]) -> None:
        """Store links: attribute key, source, target. Those that exist stay."""
        added = list(rows)
        self._relinked.update(key for key, _, _ in added)
        add_links(self.db, added)

    def remove_links(self, rows: Iterable[tuple[int, str, str]]) -> None:
        """Remove links: attribute key, source, target."""
        removed = list(rows)
        self._relinked.update(key for key, _, _ in removed)
        remove_links(self.db, removed)

    def add_attributes(self, attributes: Iterable[Attribute]) -> list[Attribute]:
        """Store new attributes; the result has their keys.

        Raises:
            sqlite3.IntegrityError: An id is taken, in whatever app.
        """
        stored = insert_attributes(self.db, self.app.key, attributes)
        self._has_other_attributes = True
        self.made.update(attribute.id for attribute in stored)
        self._attributes = self._attributes.added(stored)
        for attribute in stored:
            sync_indexes(self.db, self.app.key, attribute)
        return stored

    def change_attributes(self, attributes: Iterable[Attribute]) -> None:
        """Store another state of attributes that exist."""
        changed = list(attributes)
        self._has_other_attributes = True
        update_attributes(self.db, changed)
        self._attributes = self._attributes.replaced(changed)
        for attribute in changed:
            sync_indexes(self.db, self.app.key, attribute)

    def note_inferred_types(self, attributes: Iterable[Attribute]) -> None:
        """Store what kinds of values attributes have seen; nothing else of them may differ."""
        changed = list(attributes)
        update_attributes(self.db, changed)
        self._attributes = self._attributes.replaced(changed)

    def remove_attributes(self, marked: Iterable[Attribute]) -> None:
        """Soft-delete attributes, given with their deletion mark."""
        removed = list(marked)
        self._has_other_attributes = True
        update_attributes(self.db, removed)
        self._attributes = self._attributes.without(attribute.id for attribute in removed)
        for attribute in removed:
            drop_indexes(self.db, attribute)

    def reload_attributes(self) -> None:
        """Read the attributes again, after their rows were changed directly."""
        self._has_other_attributes = True
        self._attributes = load_attributes(self.db, self.app.key)

    def restore_attributes(self, restored: Iterable[Attribute]) -> None:
        """Bring soft-deleted attributes back, given without their deletion mark."""
        back = list(restored)
        self._has_other_attributes = True
        update_attributes(self.db, back)
        self._attributes = self._attributes.added(back)
        for attribute in back:
            sync_indexes(self.db, self.app.key, attribute)
