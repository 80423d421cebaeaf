"""Entities of system namespaces by label: what users, codes and sessions are read from and written to.

Writes keep to the rules of every other write (types, sizes, unique values, cascades), but ask no permission rule and
may touch system columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from instant_admin.local.attributes import ID_LABEL, Attribute
from instant_admin.local.store.entities import holders, load_entities, sources_of, targets_of
from instant_admin.local.store.equality import equality_key
from instant_admin.local.store.stored_value import as_stored
from instant_admin.local.store.units import ReadUnit, WriteUnit
from instant_admin.local.transact.operations import ADD, Step, ValueOperation
from instant_admin.local.transact.removal import cascade
from instant_admin.local.transact.removal import delete_entities as remove_entities
from instant_admin.local.transact.required import check_required
from instant_admin.local.transact.state import WorkingSet
from instant_admin.local.transact.write import write_values

Reading = ReadUnit
Writing = WriteUnit


@dataclass(frozen=True, slots=True)
class Record:
    """One entity by label."""

    created_ms: int
    values: Mapping[str, Any]
    """Plain values and has-one links, `id` included; what was never set is absent."""


def read_entity(unit: Reading, etype: str, id: str) -> Record | None:
    """An entity that queries list."""
    entity = load_entities(unit.db, unit.app.key, etype, [id]).get(id)
    if entity is None or not entity.listed:
        return None
    values: dict[str, Any] = {ID_LABEL: id}
    for attribute in unit.attributes.of(etype):
        if not attribute.is_link:
            if attribute.slot in entity.doc:
                values[attribute.label] = entity.doc[attribute.slot]
        elif attribute.is_single:
            values.update((attribute.label, target) for _, target in targets_of(unit.db, attribute, [id]))
    return Record(entity.created_ms, values)


def ids_with(unit: Reading, etype: str, label: str, value: str) -> list[str]:
    """The ids of the entities that have a value, in order."""
    attribute = _named(unit, etype, label)
    if attribute.unique:
        return list(holders(unit.db, unit.app.key, attribute, [equality_key(value)]).values())
    rows = unit.db.execute(
        "SELECT id FROM entity WHERE app = ? AND etype = ? AND json_extract(doc, ?) = ? ORDER BY id",
        (unit.app.key, etype, f'$."{attribute.slot}"', value),
    )
    return [id for (id,) in rows]


def read_link(unit: Reading, etype: str, label: str, source: str) -> str | None:
    """Where a has-one link of an entity leads."""
    return next((target for _, target in targets_of(unit.db, _named(unit, etype, label), [source])), None)


def link_sources(unit: Reading, etype: str, label: str, target: str) -> list[str]:
    """The entities whose link leads to an entity."""
    return [source for source, _ in sources_of(unit.db, _named(unit, etype, label), [target])]


def read_links(unit: Reading, attribute: Attribute, id: str) -> tuple[list[str], list[str]]:
    """What an entity is linked to by one attribute: the sources that lead to it, and the targets it leads to."""
    sources = [source for source, _ in sources_of(unit.db, attribute, [id])]
    return sources, [target for _, target in targets_of(unit.db, attribute, [id])]


def put(unit: Writing, etype: str, id: str, values: Mapping[str, Any]) -> None:
    """Write values of an entity, which is made where it does not exist.

    UUIDs in plain values keep their case, unlike in a transaction (server contract, `extra-fields`).

    Raises:
        Refusal: A value is not of its type, too large or taken, or a required one is missing.
    """
    step = Step("update", etype, id)
    written: list[ValueOperation] = []
    for label, value in {ID_LABEL: id, **values}.items():
        attribute = _named(unit, etype, label)
        stored = as_stored(value, keeps_case=not attribute.is_link)
        written.append(ValueOperation(ADD, id, attribute, stored, step))
    working = WorkingSet(unit)
    write_values(working, written)
    check_required(working)


def delete_entities(unit: Writing, etype: str, ids: Sequence[str]) -> None:
    """Delete entities with what cascades reach.

    Raises:
        Refusal: Somebody who stays loses a required link.
    """
    working = WorkingSet(unit)
    remove_entities(working, cascade(unit, ((etype, id) for id in ids)))
    check_required(working)


def _named(unit: Reading, etype: str, label: str) -> Attribute:
    attribute = unit.attributes.forward(etype, label)
    assert attribute is not None, f"the app has {etype}.{label}"
    return attribute
