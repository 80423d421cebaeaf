"""What in an app's data stands against a change of an attribute. Everything is found in the order of entity ids."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from instant_admin.local.attributes import Attribute
from instant_admin.local.schema.checks import fits_index, is_of_type
from instant_admin.local.schema.contents import values_of
from instant_admin.local.store.equality import equality_key
from instant_admin.local.store.units import ReadUnit


class Held(NamedTuple):
    """A value that an entity holds; of a link the id of its target."""

    entity_id: str
    value: Any


def too_large(unit: ReadUnit, attribute: Attribute) -> list[Held]:
    """The values that are too large for an index."""
    return [held for held in _held(unit, attribute) if not fits_index(held.value)]


def misfits(unit: ReadUnit, attribute: Attribute, data_type: str) -> list[Held]:
    """The values that are not of a type. Null always fits."""
    return [held for held in _held(unit, attribute) if not is_of_type(data_type, held.value)]


def repeated(unit: ReadUnit, attribute: Attribute) -> list[Held]:
    """All who hold the first value that several entities hold. Null counts as no value."""
    sharing: dict[str, list[Held]] = {}
    for held in _held(unit, attribute):
        sharing.setdefault(equality_key(held.value), []).append(held)
    return next((holders for holders in sharing.values() if len(holders) > 1), [])


def lacking(unit: ReadUnit, attribute: Attribute) -> list[str]:
    """The ids of the listed entities of a namespace that have no value, or null."""
    having = {held.entity_id for held in _held(unit, attribute)}
    rows = unit.db.execute(
        "SELECT id FROM entity WHERE app = ? AND etype = ? AND listed = 1 ORDER BY id", (unit.app.key, attribute.etype)
    )
    return [id for (id,) in rows if id not in having]


def holds_several(unit: ReadUnit, attribute: Attribute) -> bool:
    """Whether some entity has more than one link of this kind."""
    row = unit.db.execute(
        "SELECT 1 FROM link WHERE attr = ? GROUP BY src HAVING count(*) > 1 LIMIT 1", (attribute.key,)
    ).fetchone()
    return row is not None


def _held(unit: ReadUnit, attribute: Attribute) -> Iterable[Held]:
    if attribute.is_link:
        rows = unit.db.execute("SELECT src, dst FROM link WHERE attr = ? ORDER BY src, dst", (attribute.key,))
        return (Held(source, target) for source, target in rows)
    return (Held(id, value) for id, value in values_of(unit, attribute) if value is not None)
