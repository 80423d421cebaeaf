"""The two groups of operations that write values: plain writes with links, and merges.

Rows are checked in the order of entity ids: type, size, then whether a unique value is free.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from instant_admin.local.attributes import KINDS, Attribute
from instant_admin.local.coerce import are_canonical_uuids
from instant_admin.local.errors import null_byte, too_many_parameters
from instant_admin.local.schema.checks import check_value
from instant_admin.local.schema.refusals import database_raised
from instant_admin.local.store.entities import Entity, targets_of
from instant_admin.local.store.stored_value import holds_nul, kind_of
from instant_admin.local.store.units import WriteUnit
from instant_admin.local.transact.lookups import Lookup
from instant_admin.local.transact.operations import ValueOperation
from instant_admin.local.transact.resolution import Resolution
from instant_admin.local.transact.state import WorkingSet
from instant_admin.local.transact.uniqueness import Holders
from instant_admin.local.values import merge

_Targets = Mapping[tuple[int, str], str]
"""Where has-one links lead, by attribute key and source."""
_CONTAINERS = (list, dict)
_MOST_VALUES = 65_535 // 5
"""In one call: PostgreSQL's parameters of a statement, of which a value takes about five (server contract, data 4)."""


class _Row(msgspec.Struct, gc=False):
    """A value to be written, its references known."""

    attribute: Attribute
    id: str
    """The entity that is to hold it."""
    value: Any


_id = attrgetter("id")


def write_values(working: WorkingSet, operations: Sequence[ValueOperation]) -> None:
    """Write plain values and links; of several for one entity and attribute the last, unless it holds many.

    Raises:
        Refusal: A value is not of its type, too large or taken, a lookup matches nothing where it must, or there are
            too many values.
    """
    _refuse_too_many(operations)
    _refuse_nul(operations)
    resolution = Resolution(working, operations)
    resolution.make_missing(operations)
    rows = _rows(working.unit, operations, resolution)
    links = [row for row in rows if row.attribute.is_link]
    _touch(working, rows)
    old_targets = _old_targets(working.unit, links)
    _write_rows(working, rows, old_targets)
    _save_links(working.unit, links, old_targets)
    working.save()
    _note_kinds(working.unit, operations)


def merge_values(working: WorkingSet, operations: Sequence[ValueOperation]) -> None:
    """Merge values into what is stored, one operation after the other.

    Raises:
        Refusal: One is about a link, or a merged value is not of its type, too large or taken; or there are too many.
    """
    _refuse_too_many(operations)
    _refuse_nul(operations)
    if any(operation.attribute.is_link for operation in operations):
        raise database_raised("merge operation is not supported for links")
    resolution = Resolution(working, operations)
    merged: dict[tuple[str, str], _Row] = {}
    for operation in operations:
        attribute, patch = operation.attribute, operation.value
        id = resolution.entity(operation.entity)
        assert id is not None, "the writes before have made its entity"
        known = merged.get((id, attribute.id))
        doc = working.get(attribute.etype, id).doc
        if known is not None:
            patch = merge(known.value, patch)
        elif attribute.slot in doc:
            patch = merge(doc[attribute.slot], patch)
        merged[id, attribute.id] = _Row(attribute, id, patch)
    _write_rows(working, sorted(merged.values(), key=_id), {})
    working.save()
    _note_kinds(working.unit, operations)


def _refuse_too_many(operations: Sequence[ValueOperation]) -> None:
    if len(operations) > _MOST_VALUES:
        raise too_many_parameters()


def _refuse_nul(operations: Iterable[ValueOperation]) -> None:
    for operation in operations:
        value = operation.value
        if ("\0" in value) if isinstance(value, str) else isinstance(value, _CONTAINERS) and holds_nul(value):
            raise null_byte()


def _rows(unit: WriteUnit, operations: Iterable[ValueOperation], resolution: Resolution) -> list[_Row]:
    """What is written, in the order it is: by entity id, single values before links to many."""
    single: dict[str, dict[str, _Row]] = {}
    many: list[_Row] = []
    for lookup, id in resolution.made.items():
        attribute = unit.attributes.by_id(lookup.attribute_id)
        if attribute is not None:
            single[id] = {attribute.id: _Row(attribute, id, lookup.value)}
    for operation in operations:
        attribute, entity, value = operation.attribute, operation.entity, operation.value
        holder = entity if isinstance(entity, str) else resolution.entity(entity)
        assert holder is not None, "a missing entity has been made"
        if isinstance(value, Lookup):
            value = resolution.target(value)
        row = _Row(attribute, holder, value)
        if not attribute.is_single:
            many.append(row)
        elif holder in single:
            single[holder][attribute.id] = row
        else:
            single[holder] = {attribute.id: row}
    return [*(row for id in sorted(single) for row in single[id].values()), *sorted(many, key=_id)]


def _touch(working: WorkingSet, rows: Iterable[_Row]) -> None:
    """Note whose required attributes have to be checked, and read those whose plain values change."""
    found: dict[str, dict[str, None]] = {}
    ids: dict[tuple[str, bool], dict[str, None]] = {}
    for row in rows:
        attribute = row.attribute
        if attribute.id not in found:
            found[attribute.id] = ids.setdefault((attribute.etype, attribute.is_link), {})
        found[attribute.id][row.id] = None
    for (etype, are_linked), touched in ids.items():
        if not are_linked:
            working.load(etype, touched)
        working.touch(etype, touched)


def _old_targets(unit: WriteUnit, links: Iterable[_Row]) -> _Targets:
    """Where has-one links that are about to be written lead now."""
    sources: dict[str, tuple[Attribute, list[str]]] = {}
    for link in links:
        if link.attribute.is_single:
            sources.setdefault(link.attribute.id, (link.attribute, []))[1].append(link.id)
    return {
        (attribute.key, source): target
        for attribute, ids in sources.values()
        for source, target in targets_of(unit.db, attribute, ids)
    }


def _write_rows(working: WorkingSet, rows: Sequence[_Row], old_targets: _Targets) -> None:
    """Check rows one by one, and put the plain values among them into the working set.

    Raises:
        Refusal: A value is not of its type, too large or taken.
    """
    unique = [row for row in rows if row.attribute.unique and not row.attribute.is_id]
    holders = Holders(working.unit, [(row.attribute, row.value) for row in unique])
    entity = Entity("", "")
    are_ids = are_canonical_uuids([row.value for row in rows if row.attribute.is_link])
    for row in rows:
        attribute, id, value = row.attribute, row.id, row.value
        is_sound = are_ids if attribute.is_link else type(value) in attribute.unquestioned
        if not is_sound and not (attribute.is_id and value == id):
            check_value(attribute, id, value)
        if attribute.is_link:
            if attribute.unique:
                holders.take(attribute, id, value, old_targets.get((attribute.key, id)))
            continue
        if entity.id != id or entity.etype != attribute.etype:
            entity = working.change(attribute.etype, id)
        if attribute.is_id:
            if not entity.listed:
                _begin(working.unit, entity)
            continue
        if attribute.unique:
            holders.take(attribute, id, value, entity.doc.get(attribute.slot))
        entity.doc[attribute.slot] = value
    holders.save()


def _begin(unit: WriteUnit, entity: Entity) -> None:
    """Make an entity that queries list. Its indexed attributes are null from the beginning."""
    entity.listed = True
    entity.created_ms = unit.now_ms
    for slot in unit.attributes.null_filled_slots(entity.etype):
        entity.doc.setdefault(slot, None)


def _save_links(unit: WriteUnit, links: Sequence[_Row], old_targets: _Targets) -> None:
    if not links:
        return
    if old_targets:
        new = {(link.attribute.key, link.id): link.value for link in links}
        replaced = [(*end, old) for end, old in old_targets.items() if new[end] != old]
        unit.remove_links(replaced)
    unit.add_links([(link.attribute.key, link.id, link.value) for link in links])


def _note_kinds(unit: WriteUnit, operations: Iterable[ValueOperation]) -> None:
    """Add the kinds of the values written to what attributes have seen."""
    seen: dict[str, dict[type, Any]] = {}
    for operation in operations:
        examples = seen.get(operation.attribute.id)
        if examples is None:
            examples = seen[operation.attribute.id] = {}
        examples[type(operation.value)] = operation.value
    changed: list[Attribute] = []
    for id, examples in seen.items():
        attribute = unit.attributes.by_id(id)
        kinds = {"json" if isinstance(value, Lookup) else kind_of(value) for value in examples.values()} - {None}
        if attribute is not None and not attribute.is_system and not kinds <= set(attribute.inferred_types or ()):
            known = kinds | set(attribute.inferred_types or ())
            changed.append(attribute.changed(inferred_types=tuple(kind for kind in KINDS if kind in known)))
    if changed:
        unit.note_inferred_types(changed)
