"""An app's content as JSON: attributes, rules, entities and links by name, for fixtures and for looking at.

{"format": 1,
 "rules": {"goals": {"allow": {"view": "true"}}},
 "attributes": [{"id": "...", "forward": ["...", "goals", "title"], "indexed": true, ...}, ...],
 "entities": [{"namespace": "goals", "id": "...", "created_ms": 1790000000000, "values": {"title": "..."}}, ...],
 "links": [{"namespace": "goals", "label": "owner", "source": "...", "target": "..."}, ...],
 "files": {"location id": "base64"}}

`files` is absent where there are none.
"""

from __future__ import annotations

import json
import sqlite3
from base64 import b64decode
from collections.abc import Mapping
from typing import Any, Literal
from uuid import uuid4

import msgspec

from instant_admin.errors import InvalidArgumentError
from instant_admin.local.attributes import Attribute, AttributeSet, Identity
from instant_admin.local.coerce import as_uuid
from instant_admin.local.schema.contents import refresh_unique_values
from instant_admin.local.store.attribute_rows import identity_owner, owner_of
from instant_admin.local.store.entities import Entity, add_links, save_entities
from instant_admin.local.store.units import ReadUnit, WriteUnit

_FORMAT = 1
_Cascade = Literal["cascade"] | None


class _Attribute(msgspec.Struct, forbid_unknown_fields=True):
    """An attribute; its ids are kept where no other app of the database has them."""

    id: str
    forward: tuple[str, str, str]
    reverse: tuple[str, str, str] | None = None
    value_type: Literal["blob", "ref"] = "blob"
    cardinality: Literal["one", "many"] = "one"
    unique: bool = False
    indexed: bool = False
    required: bool | None = None
    checked_data_type: Literal["string", "number", "boolean", "date"] | None = None
    on_delete: _Cascade = None
    on_delete_reverse: _Cascade = None
    inferred_types: tuple[str, ...] | None = None


class _Entity(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """The plain values of an entity."""

    namespace: str
    id: str
    created_ms: int
    values: dict[str, Any]
    listed: bool = True
    """False where the attribute `id` was never written, so that queries do not show it."""


class _Link(msgspec.Struct, forbid_unknown_fields=True):
    """One link, in the direction in which it is stored."""

    namespace: str
    label: str
    source: str
    target: str


class _Content(msgspec.Struct, forbid_unknown_fields=True):
    """All of an app."""

    format: int
    attributes: list[_Attribute]
    entities: list[_Entity]
    links: list[_Link]
    rules: dict[str, Any] | None = None
    files: dict[str, str] = {}
    """Bodies of files in base64, by location id; see `bodies`."""


def dump(unit: ReadUnit) -> dict[str, Any]:
    """An app's content as a JSON object. Soft-deleted attributes and their values are left out."""
    attributes = unit.attributes
    content = _Content(
        format=_FORMAT,
        rules=None if unit.app.rules is None else json.loads(unit.app.rules),
        attributes=[_described(attribute) for attribute in attributes if not attribute.is_system],
        entities=_entities(unit),
        links=[
            _Link(attribute.etype, attribute.label, source, target)
            for attribute in attributes
            if attribute.is_link
            for source, target in unit.db.execute(
                "SELECT src, dst FROM link WHERE attr = ? ORDER BY src, dst", (attribute.key,)
            )
        ],
    )
    written: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(content))
    del written["files"]  # they are not in the database
    return written


def bodies(content: Mapping[str, Any]) -> dict[str, bytes]:
    """The bodies of the files in a dump, by location id.

    Raises:
        InvalidArgumentError: They have another form.
    """
    try:
        encoded = msgspec.convert(content.get("files", {}), dict[str, str])
        return {_uuid(location_id): b64decode(text, validate=True) for location_id, text in encoded.items()}
    except ValueError as cause:
        raise InvalidArgumentError(f"This is no dump of a local Instant: files: {cause}") from cause


def load(unit: WriteUnit, content: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Put into an empty app what `dump` has written down, or somebody in its form.

    Returns:
        The rules, which are the caller's to put in force.

    Raises:
        InvalidArgumentError: It has another form, or values that the app cannot hold.
    """
    try:
        read = msgspec.convert(content, _Content)
    except msgspec.ValidationError as cause:
        raise InvalidArgumentError(f"This is no dump of a local Instant: {cause}") from cause
    if read.format != _FORMAT:
        raise InvalidArgumentError(f"The dump has format {read.format}; this version reads {_FORMAT}.")
    try:
        _fill(unit, read)
    except (sqlite3.IntegrityError, ValueError, TypeError) as cause:
        raise InvalidArgumentError(f"The dump contradicts itself: {cause}") from cause
    return read.rules


def _entities(unit: ReadUnit) -> list[_Entity]:
    rows: list[tuple[str, str, int, int, str]] = unit.db.execute(
        "SELECT etype, id, created, listed, doc FROM entity WHERE app = ? ORDER BY created, etype, id", (unit.app.key,)
    ).fetchall()
    labels = {etype: {a.slot: a.label for a in unit.attributes.of(etype)} for etype in {row[0] for row in rows}}
    return [
        _Entity(
            etype,
            id,
            created,
            {labels[etype][slot]: value for slot, value in json.loads(doc).items() if slot in labels[etype]},
            listed == 1,
        )
        for etype, id, created, listed, doc in rows
    ]


def _fill(unit: WriteUnit, content: _Content) -> None:
    unit.add_attributes([_attribute(unit, described) for described in content.attributes])
    attributes = unit.attributes
    save_entities(
        unit.db,
        unit.app.key,
        attributes,
        [
            Entity(
                entity.namespace,
                _uuid(entity.id),
                entity.created_ms,
                entity.listed,
                {_named(attributes, entity.namespace, label).slot: value for label, value in entity.values.items()},
            )
            for entity in content.entities
        ],
    )
    links = [
        (_named(attributes, link.namespace, link.label).key, _uuid(link.source), _uuid(link.target))
        for link in content.links
    ]
    add_links(unit.db, links)
    for attribute in attributes:
        if attribute.unique:
            refresh_unique_values(unit, attribute)


def _described(attribute: Attribute) -> _Attribute:
    shown = {name: getattr(attribute, name) for name in _Attribute.__struct_fields__}
    return _Attribute(**shown)


def _attribute(unit: WriteUnit, described: _Attribute) -> Attribute:
    named: dict[str, Any] = {
        "id": _free(described.id, owner_of(unit.db, described.id)),
        "forward": _identity(unit, described.forward),
        "reverse": _identity(unit, described.reverse) if described.reverse else None,
    }
    return Attribute(**{**msgspec.structs.asdict(described), **named})


def _identity(unit: WriteUnit, names: tuple[str, str, str]) -> Identity:
    id, etype, label = names
    return Identity(_free(id, identity_owner(unit.db, id)), etype, label)


def _free(id: str, owner: object) -> str:
    """The id, or where another app of the database has it a new one."""
    return str(uuid4()) if owner is not None else _uuid(id)


def _uuid(text: str) -> str:
    id = as_uuid(text)
    if id is None:
        raise ValueError(f"{text!r:.80} is no UUID")
    return id


def _named(attributes: AttributeSet, etype: str, label: str) -> Attribute:
    attribute = attributes.forward(etype, label)
    if attribute is None:
        raise ValueError(f"there are values of {etype}.{label}, but no such attribute")
    return attribute
