"""Entities, links and unique values, to and from rows. Everything here works on many at once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from instant_admin.local.attributes import Attribute, AttributeSet
from instant_admin.local.values import sort_value

NEVER_MS = 0
"""Creation time of an entity that has no `id` yet."""
_ENCODER = msgspec.json.Encoder()


class Entity(msgspec.Struct, gc=False):
    """The plain values of one entity."""

    etype: str
    id: str
    created_ms: int = NEVER_MS
    listed: bool = False
    """Whether it has an `id`, so that queries list it."""
    doc: dict[str, Any] = {}
    """Values by attribute slot; an absent one was never set."""

    @property
    def exists(self) -> bool:
        """Whether it has any plain value."""
        return self.listed or bool(self.doc)


def load_entities(db: sqlite3.Connection, app_key: int, etype: str, ids: Iterable[str]) -> dict[str, Entity]:
    """Those of some entities of a namespace that have plain values."""
    wanted = list(ids)
    if len(wanted) == 1:
        rows = db.execute(
            "SELECT id, created, listed, doc FROM entity WHERE app = ? AND etype = ? AND id = ?",
            (app_key, etype, wanted[0]),
        )
    else:
        rows = db.execute(
            "SELECT id, created, listed, doc FROM entity"
            " WHERE app = ? AND etype = ? AND id IN (SELECT value FROM json_each(?))",
            (app_key, etype, json.dumps(wanted)),
        )
    return {id: Entity(etype, id, created, listed == 1, msgspec.json.decode(doc)) for id, created, listed, doc in rows}


def find_complete(
    db: sqlite3.Connection, app_key: int, etype: str, ids: Iterable[str], slots: Iterable[str]
) -> set[str]:
    """Those of some entities that are listed and have a value other than null in every one of some slots."""
    paths = [f'$."{slot}"' for slot in slots]
    tests = " AND json_extract(doc, ?) IS NOT NULL" * len(paths)
    rows = db.execute(
        "SELECT id FROM entity"  # noqa: S608  own texts
        f" WHERE app = ? AND etype = ? AND listed = 1 AND id IN (SELECT value FROM json_each(?)){tests}",
        (app_key, etype, json.dumps(list(ids)), *paths),
    )
    return {row[0] for row in rows}


def load_all(db: sqlite3.Connection, app_key: int, etype: str) -> list[Entity]:
    """All entities of a namespace, by id."""
    rows = db.execute(
        "SELECT id, created, listed, doc FROM entity WHERE app = ? AND etype = ? ORDER BY id", (app_key, etype)
    )
    return [Entity(etype, id, created, listed == 1, msgspec.json.decode(doc)) for id, created, listed, doc in rows]


def save_entities(db: sqlite3.Connection, app_key: int, attributes: AttributeSet, entities: Iterable[Entity]) -> None:
    """Store the present state of entities; one without any value is removed."""
    sorts: dict[str, list[tuple[str, str]]] = {}
    rows: list[tuple[Any, ...]] = []
    gone: list[tuple[int, str, str]] = []
    for entity in entities:
        if not entity.exists:
            gone.append((app_key, entity.etype, entity.id))
            continue
        etype, doc = entity.etype, entity.doc
        if etype not in sorts:
            sorts[etype] = _sorted_slots(attributes, etype)
        kept = sorts[etype]
        sort = encode({slot: sort_value(kind, doc[slot]) for slot, kind in kept if slot in doc}) if kept else "{}"
        rows.append((app_key, etype, entity.id, entity.created_ms, entity.listed, encode(doc), sort))
    if rows:
        db.executemany(
            "INSERT INTO entity (app, etype, id, created, listed, doc, sort) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (app, etype, id) DO UPDATE SET"
            " created = excluded.created, listed = excluded.listed, doc = excluded.doc, sort = excluded.sort",
            rows,
        )
    if gone:
        db.executemany("DELETE FROM entity WHERE app = ? AND etype = ? AND id = ?", gone)


def encode(value: object) -> str:
    """A value as the JSON text that is stored."""
    return _ENCODER.encode(value).decode()


def holders(db: sqlite3.Connection, app_key: int, attribute: Attribute, keys: Iterable[str]) -> dict[str, str]:
    """Which entities hold some values of a unique attribute: ids by equality key."""
    wanted = list(keys)
    if len(wanted) == 1:
        rows = db.execute(
            "SELECT value, id FROM unique_value WHERE app = ? AND attr = ? AND value = ?",
            (app_key, attribute.key, wanted[0]),
        )
    else:
        rows = db.execute(
            "SELECT value, id FROM unique_value WHERE app = ? AND attr = ?"
            " AND value IN (SELECT value FROM json_each(?))",
            (app_key, attribute.key, json.dumps(wanted)),
        )
    return dict(rows.fetchall())


def release_values(db: sqlite3.Connection, app_key: int, held: Iterable[tuple[int, str]]) -> None:
    """Free values of unique attributes: pairs of attribute key and equality key."""
    db.executemany(
        "DELETE FROM unique_value WHERE app = ? AND attr = ? AND value = ?",
        [(app_key, key, value) for key, value in held],
    )


def hold_values(db: sqlite3.Connection, app_key: int, held: Mapping[tuple[int, str], str]) -> None:
    """Note who holds which values of unique attributes: ids by attribute key and equality key."""
    db.executemany(
        "INSERT INTO unique_value (app, attr, value, id) VALUES (?, ?, ?, ?)",
        [(app_key, key, value, id) for (key, value), id in held.items()],
    )


def add_links(db: sqlite3.Connection, rows: Iterable[tuple[int, str, str]]) -> None:
    """Store links: attribute key, source, target. Those that exist stay."""
    db.executemany("INSERT OR IGNORE INTO link (attr, src, dst) VALUES (?, ?, ?)", rows)


def remove_links(db: sqlite3.Connection, rows: Iterable[tuple[int, str, str]]) -> None:
    """Remove links: attribute key, source, target."""
    db.executemany("DELETE FROM link WHERE attr = ? AND src = ? AND dst = ?", rows)


def targets_of(db: sqlite3.Connection, attribute: Attribute, sources: Iterable[str]) -> list[tuple[str, str]]:
    """Links of one attribute that begin at some entities: pairs of source and target."""
    return db.execute(
        "SELECT src, dst FROM link WHERE attr = ? AND src IN (SELECT value FROM json_each(?)) ORDER BY src, dst",
        (attribute.key, json.dumps(list(sources))),
    ).fetchall()


def sources_of(db: sqlite3.Connection, attribute: Attribute, targets: Iterable[str]) -> list[tuple[str, str]]:
    """Links of one attribute that end at some entities: pairs of source and target."""
    return db.execute(
        "SELECT src, dst FROM link WHERE attr = ? AND dst IN (SELECT value FROM json_each(?)) ORDER BY dst, src",
        (attribute.key, json.dumps(list(targets))),
    ).fetchall()


def _sorted_slots(attributes: AttributeSet, etype: str) -> list[tuple[str, str]]:
    return [(a.slot, a.checked_data_type) for a in attributes.of(etype) if a.has_sort_key and a.checked_data_type]
