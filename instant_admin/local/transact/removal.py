"""The two groups of operations that remove: single values or links, and whole entities with all that hangs on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from instant_admin.local.attributes import CASCADE, AttributeSet
from instant_admin.local.store.entities import release_values, sources_of, targets_of
from instant_admin.local.store.equality import equality_key
from instant_admin.local.store.units import WriteUnit
from instant_admin.local.transact.lookups import Lookup, find_for_checks
from instant_admin.local.transact.operations import DeleteOperation, ValueOperation
from instant_admin.local.transact.resolution import Resolution
from instant_admin.local.transact.state import EntityKey, WorkingSet


def remove_values(working: WorkingSet, operations: Sequence[ValueOperation]) -> None:
    """Remove links, and plain values where they equal what is given. What is not there is passed over."""
    unit = working.unit
    resolution = Resolution(working, operations)
    links: list[tuple[int, str, str]] = []
    held: list[tuple[int, str]] = []
    for operation in operations:
        attribute = operation.attribute
        id = resolution.entity(operation.entity)
        value = resolution.entity(operation.value) if isinstance(operation.value, Lookup) else operation.value
        if id is None or value is None:
            continue
        working.touch(attribute.etype, [id])
        if attribute.is_link:
            if isinstance(value, str):  # nothing else leads anywhere
                links.append((attribute.key, id, value))
            continue
        doc = working.get(attribute.etype, id).doc
        if attribute.slot in doc and equality_key(doc[attribute.slot]) == equality_key(value):
            del working.change(attribute.etype, id).doc[attribute.slot]
            if attribute.unique:
                held.append((attribute.key, equality_key(value)))
    unit.remove_links(links)
    release_values(unit.db, unit.app.key, held)
    working.save()


def find_deleted(unit: WriteUnit, operations: Sequence[DeleteOperation]) -> list[EntityKey]:
    """The entities that delete operations name, as they are before the call; unmatched lookups name none."""
    lookups = {operation.entity for operation in operations if isinstance(operation.entity, Lookup)}
    found = find_for_checks(unit, lookups) if lookups else {}
    keys: dict[EntityKey, None] = {}
    for operation in operations:
        id = operation.entity if isinstance(operation.entity, str) else found.get(operation.entity)
        if id is not None:
            keys[operation.etype, id] = None
    return list(keys)


def cascade(unit: WriteUnit, roots: Iterable[EntityKey]) -> list[EntityKey]:
    """The entities that are deleted with some others: roots first, each once, whatever cycles there are.

    Entities are reached over links that are stored now; one need not exist itself to pass a deletion on (recording
    tx_cascade_lookup).
    """
    reached: dict[EntityKey, None] = dict.fromkeys(roots)
    frontier = list(reached)
    while frontier:
        by_etype: dict[str, list[str]] = {}
        for etype, id in frontier:
            by_etype.setdefault(etype, []).append(id)
        next_keys = [key for etype, ids in by_etype.items() for key in _one_step(unit, etype, ids)]
        frontier = [key for key in dict.fromkeys(next_keys) if key not in reached]
        reached.update(dict.fromkeys(frontier))
    return list(reached)


def _one_step(unit: WriteUnit, etype: str, ids: Sequence[str]) -> Iterable[EntityKey]:
    for attribute in unit.attributes.links_of(etype):
        assert attribute.reverse is not None, "a link has two ends"
        if attribute.on_delete == CASCADE and attribute.reverse.etype == etype:
            yield from ((attribute.etype, source) for source, _ in sources_of(unit.db, attribute, ids))
        if attribute.on_delete_reverse == CASCADE and attribute.etype == etype:
            yield from ((attribute.reverse.etype, target) for _, target in targets_of(unit.db, attribute, ids))


def delete_entities(working: WorkingSet, keys: Iterable[EntityKey]) -> None:
    """Remove entities with their values and the links at both ends."""
    by_etype: dict[str, list[str]] = {}
    for etype, id in keys:
        by_etype.setdefault(etype, []).append(id)
    for etype, ids in by_etype.items():
        _release(working, etype, ids)
        for id in ids:
            working.clear(etype, id)
        _remove_links(working, etype, ids)
    working.save()


def _release(working: WorkingSet, etype: str, ids: Sequence[str]) -> None:
    unit = working.unit
    working.load(etype, ids)
    unique = _unique_slots(unit.attributes, etype)
    held = [
        (key, equality_key(value))
        for id in ids
        for slot, key in unique
        if (value := working.get(etype, id).doc.get(slot)) is not None
    ]
    release_values(unit.db, unit.app.key, held)


def _unique_slots(attributes: AttributeSet, etype: str) -> list[tuple[str, int]]:
    return [(a.slot, a.key) for a in attributes.of(etype) if a.unique and not a.is_link and not a.is_id]


def _remove_links(working: WorkingSet, etype: str, ids: Sequence[str]) -> None:
    unit, db = working.unit, working.unit.db
    for attribute in unit.attributes.links_of(etype):
        assert attribute.reverse is not None, "a link has two ends"
        gone: list[tuple[Any, ...]] = []
        if attribute.etype == etype:
            gone += targets_of(db, attribute, ids)
        if attribute.reverse.etype == etype:
            losing = sources_of(db, attribute, ids)
            # Whoever loses a link has to do without: recording tx_required_link.
            working.touch(attribute.etype, [source for source, _ in losing])
            gone += losing
        unit.remove_links((attribute.key, source, target) for source, target in gone)
