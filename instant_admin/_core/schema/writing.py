"""A schema in the form that the server's schema push takes (server contract, schema 1.3)."""

from __future__ import annotations

from typing import Any

from instant_admin._core.schema.values import Attribute, Entity, LinkEnd, Room, Schema


def schema_to_json(schema: Schema) -> dict[str, Any]:
    """The schema as JSON values."""
    content: dict[str, Any] = {
        "entities": {name: entity_to_json(entity) for name, entity in schema.entities.items()},
        "links": {
            name: {"forward": link_end_to_json(link.forward), "reverse": link_end_to_json(link.reverse)}
            for name, link in schema.links.items()
        },
    }
    if schema.rooms:
        content["rooms"] = {name: _room(room) for name, room in schema.rooms.items()}
    return content


def entity_to_json(entity: Entity) -> dict[str, Any]:
    """A namespace as JSON values."""
    return {"attrs": {label: attribute_to_json(attribute) for label, attribute in entity.attributes.items()}}


def attribute_to_json(attribute: Attribute) -> dict[str, Any]:
    """An attribute as JSON values."""
    return {
        "valueType": attribute.value_type,
        "required": attribute.is_required,
        "config": {"unique": attribute.is_unique, "indexed": attribute.is_indexed},
    }


def link_end_to_json(end: LinkEnd) -> dict[str, Any]:
    """One side of a link as JSON values."""
    content: dict[str, Any] = {"on": end.on, "label": end.label, "has": end.has}
    if end.required:
        content["required"] = True
    if end.on_delete is not None:
        content["onDelete"] = end.on_delete
    return content


def _room(room: Room) -> dict[str, Any]:
    content: dict[str, Any] = {"presence": entity_to_json(room.presence)}
    if room.topics:
        content["topics"] = {name: entity_to_json(topic) for name, topic in room.topics.items()}
    return content
