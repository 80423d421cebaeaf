"""What schema changes do to the data: null-filling, sort keys, who holds unique values, moves to new names."""

from __future__ import annotations

from collections.abc import Iterable

from instant_admin.local.attributes import Attribute
from instant_admin.local.catalog import OPEN_ETYPES
from instant_admin.local.store.entities import (
    NEVER_MS,
    Entity,
    hold_values,
    load_all,
    load_entities,
    save_entities,
)
from instant_admin.local.store.equality import equality_key
from instant_admin.local.store.units import ReadUnit, WriteUnit


def has_entities(unit: WriteUnit, etype: str) -> bool:
    """Whether queries list any entity of a namespace."""
    row = unit.db.execute(
        "SELECT 1 FROM entity WHERE app = ? AND etype = ? AND listed = 1 LIMIT 1", (unit.app.key, etype)
    ).fetchone()
    return row is not None


def fill_with_null(unit: WriteUnit, attribute: Attribute) -> None:
    """Give entities that lack a value of an attribute an explicit null; users and files stay as they are.

    Evidence: recordings sch_job_index, tx_users_custom.
    """
    if attribute.etype in OPEN_ETYPES:
        return
    path = f'$."{attribute.slot}"'
    sort = ", sort = json_set(sort, ?1, json('null'))" if attribute.has_sort_key else ""
    unit.db.execute(
        f"UPDATE entity SET doc = json_set(doc, ?1, json('null')){sort}"  # noqa: S608  one of two constants
        " WHERE app = ?2 AND etype = ?3 AND listed = 1 AND json_type(doc, ?1) IS NULL",
        (path, unit.app.key, attribute.etype),
    )


def refresh_sort_keys(unit: WriteUnit, etype: str) -> None:
    """Store the sort keys of a namespace anew, after its indexes or types have changed."""
    save_entities(unit.db, unit.app.key, unit.attributes, load_all(unit.db, unit.app.key, etype))


def refresh_unique_values(unit: WriteUnit, attribute: Attribute) -> None:
    """Note who holds the values of an attribute, if it is unique, after that has changed."""
    unit.db.execute("DELETE FROM unique_value WHERE app = ? AND attr = ?", (unit.app.key, attribute.key))
    if attribute.unique and not attribute.is_link and not attribute.is_id:
        held = {
            (attribute.key, equality_key(value)): entity.id
            for entity in load_all(unit.db, unit.app.key, attribute.etype)
            if (value := entity.doc.get(attribute.slot)) is not None
        }
        hold_values(unit.db, unit.app.key, held)


def hide(unit: WriteUnit, attribute: Attribute) -> None:
    """Take an attribute that is about to be soft-deleted out of sight: without an `id` entities are not listed."""
    if attribute.is_id:
        entities = [entity for entity in load_all(unit.db, unit.app.key, attribute.etype) if entity.listed]
        for entity in entities:
            entity.listed = False
            entity.doc[attribute.slot] = entity.id
        save_entities(unit.db, unit.app.key, unit.attributes, entities)


def show(unit: WriteUnit, attribute: Attribute) -> None:
    """Bring the data of a restored attribute back."""
    if attribute.is_id:
        entities = [e for e in load_all(unit.db, unit.app.key, attribute.etype) if attribute.slot in e.doc]
        for entity in entities:
            entity.listed = True
            del entity.doc[attribute.slot]
        save_entities(unit.db, unit.app.key, unit.attributes, entities)
    refresh_unique_values(unit, attribute)
    refresh_sort_keys(unit, attribute.etype)


def move(unit: WriteUnit, attribute: Attribute, old_etype: str) -> None:
    """Move the values of an attribute that has been renamed into another namespace.

    Args:
        unit: The transaction.
        attribute: With its new names.
        old_etype: The namespace that it was of.
    """
    app_key = unit.app.key
    sources = [e for e in load_all(unit.db, app_key, old_etype) if _holds(e, attribute)]
    targets = load_entities(unit.db, app_key, attribute.etype, [entity.id for entity in sources])
    moved: list[Entity] = []
    for source in sources:
        target = targets.get(source.id) or Entity(attribute.etype, source.id)
        _move_one(attribute, source, target)
        moved += [source, target]
    save_entities(unit.db, app_key, unit.attributes, moved)


def _holds(entity: Entity, attribute: Attribute) -> bool:
    return entity.listed if attribute.is_id else attribute.slot in entity.doc


def _move_one(attribute: Attribute, source: Entity, target: Entity) -> None:
    if not attribute.is_id:
        target.doc[attribute.slot] = source.doc.pop(attribute.slot)
        return
    target.listed, target.created_ms = True, source.created_ms
    source.listed, source.created_ms = False, NEVER_MS


def values_of(unit: ReadUnit, attribute: Attribute) -> Iterable[tuple[str, object]]:
    """Ids and values of all entities that have a value of an attribute, null included, by id."""
    for entity in load_all(unit.db, unit.app.key, attribute.etype):
        if attribute.slot in entity.doc:
            yield entity.id, entity.doc[attribute.slot]
