"""Required attributes: checked in the end, on every entity that the call has touched and that is still there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from instant_admin.local.attributes import Attribute
from instant_admin.local.errors import value_refused
from instant_admin.local.store.entities import find_complete
from instant_admin.local.transact.state import WorkingSet


def check_required(working: WorkingSet) -> None:
    """Refuse to leave a touched entity without a value of a required attribute.

    Where a namespace has required attributes, the `id` is one too (recording tx_required_dangling).

    Raises:
        Refusal: Some are missing.
    """
    records: list[dict[str, Any]] = []
    for etype, ids in sorted(working.touched.items()):
        needed = [attribute for attribute in working.unit.attributes.of(etype) if attribute.required]
        if needed:
            records += _missing(working, etype, sorted(ids), needed)
    if records:
        names = ", ".join(f"`{record['etype']}/{record['label']}`: {record['entity_id']}" for record in records)
        raise value_refused(f"Missing required attribute {names}", {"records": records})


def _missing(working: WorkingSet, etype: str, ids: Sequence[str], needed: Sequence[Attribute]) -> list[dict[str, Any]]:
    unit = working.unit
    linked = {attribute.id: _linked(working, attribute, ids) for attribute in needed if attribute.is_link}
    # Of those that only links were written of, nearly all lack nothing, and need not be read to tell.
    slots = [attribute.slot for attribute in needed if not attribute.is_link]
    complete = find_complete(unit.db, unit.app.key, etype, working.unread(etype, ids), slots)
    complete.intersection_update(*linked.values())
    doubtful = [id for id in ids if id not in complete]
    alive = working.exists(etype, doubtful)
    id_attribute = unit.attributes.id_of(etype)
    records: list[dict[str, Any]] = []
    for id in doubtful:
        if id not in alive:
            continue
        entity = working.get(etype, id)
        if not entity.listed and id_attribute is not None:
            records.append(_record(id, id_attribute, None))
        for attribute in needed:
            has = id in linked[attribute.id] if attribute.is_link else entity.doc.get(attribute.slot) is not None
            if not has:
                records.append(_record(id, attribute, True))
    return records


def _linked(working: WorkingSet, attribute: Attribute, ids: Sequence[str]) -> set[str]:
    rows = working.unit.db.execute(
        "SELECT DISTINCT src FROM link WHERE attr = ? AND src IN (SELECT value FROM json_each(?))",
        (attribute.key, json.dumps(list(ids))),
    )
    return {row[0] for row in rows}


def _record(id: str, attribute: Attribute, is_required: bool | None) -> dict[str, Any]:
    return {
        "entity_id": id,
        "attr_id": attribute.id,
        "etype": attribute.etype,
        "label": attribute.label,
        "is_required": is_required,
    }
