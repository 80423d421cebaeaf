"""Attributes, to and from rows of the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from instant_admin.local.attributes import Attribute, AttributeSet, Identity
from instant_admin.local.catalog import FIRST_USER_KEY, system_attributes

_PLAIN = (
    "value_type",
    "cardinality",
    "unique",
    "indexed",
    "required",
    "checked_data_type",
    "on_delete",
    "on_delete_reverse",
    "deletion_marked_at",
    "metadata",
)


def load_attributes(db: sqlite3.Connection, app_key: int) -> AttributeSet:
    """All live attributes of an app, the system's first."""
    rows = db.execute(
        "SELECT key, id, definition FROM attribute WHERE app = ? AND deleted = 0 ORDER BY key", (app_key,)
    )
    return AttributeSet((*system_attributes(app_key), *(_attribute(*row) for row in rows)))


def load_deleted(db: sqlite3.Connection, app_key: int) -> list[Attribute]:
    """The soft-deleted attributes of an app."""
    rows = db.execute(
        "SELECT key, id, definition FROM attribute WHERE app = ? AND deleted = 1 ORDER BY key", (app_key,)
    )
    return [_attribute(*row) for row in rows]


def owner_of(db: sqlite3.Connection, attribute_id: str) -> tuple[int, Attribute] | None:
    """The key of the app that an attribute id belongs to, and the attribute, soft-deleted or not."""
    row = db.execute("SELECT app, key, id, definition FROM attribute WHERE id = ?", (attribute_id,)).fetchone()
    return None if row is None else (row[0], _attribute(*row[1:]))


def identity_owner(db: sqlite3.Connection, identity_id: str) -> Attribute | None:
    """The attribute of any app that has an identity with this id."""
    row = db.execute(
        "SELECT key, id, definition FROM attribute WHERE forward_id = ?1 OR reverse_id = ?1", (identity_id,)
    ).fetchone()
    return None if row is None else _attribute(*row)


def insert_attributes(db: sqlite3.Connection, app_key: int, attributes: Iterable[Attribute]) -> list[Attribute]:
    """Store new attributes; the result has their keys."""
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'attribute'").fetchone()
    first = max(row[0] if row else 0, FIRST_USER_KEY) + 1
    stored = [attribute.changed(key=number) for number, attribute in enumerate(attributes, start=first)]
    db.executemany(
        "INSERT INTO attribute (key, app, id, forward_id, reverse_id, deleted, definition)"
        " VALUES (?, ?, ?, ?, ?, 0, ?)",
        [(a.key, app_key, a.id, *_identity_ids(a), _definition(a)) for a in stored],
    )
    return stored


def update_attributes(db: sqlite3.Connection, attributes: Iterable[Attribute]) -> None:
    """Store the present state of attributes; one with a deletion mark is soft-deleted from then on."""
    db.executemany(
        "UPDATE attribute SET forward_id = ?, reverse_id = ?, deleted = ?, definition = ? WHERE key = ?",
        [(*_identity_ids(a), a.deletion_marked_at is not None, _definition(a), a.key) for a in attributes],
    )


def _identity_ids(attribute: Attribute) -> tuple[str, str | None]:
    return attribute.forward.id, attribute.reverse.id if attribute.reverse else None


def _definition(attribute: Attribute) -> str:
    stored: dict[str, Any] = {name: getattr(attribute, name) for name in _PLAIN}
    stored["forward"] = attribute.forward
    stored["reverse"] = attribute.reverse
    stored["inferred_types"] = attribute.inferred_types
    return json.dumps(stored)


def _attribute(key: int, id: str, definition: str) -> Attribute:
    stored: dict[str, Any] = json.loads(definition)
    inferred = stored.pop("inferred_types")
    reverse = stored.pop("reverse")
    return Attribute(
        id=id,
        key=key,
        forward=Identity(*stored.pop("forward")),
        reverse=Identity(*reverse) if reverse else None,
        inferred_types=tuple(inferred) if inferred else None,
        **stored,
    )
