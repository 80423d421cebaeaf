"""A schema, compiled once into tables for quick lookup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from instant_admin._core.schema.system import SYSTEM
from instant_admin._core.schema.values import Attribute, LinkLabel, Schema
from instant_admin._core.validation.values import WIRE_TYPES


@dataclass(frozen=True, slots=True, eq=False)
class Namespace:
    """What is known of a namespace."""

    name: str
    attributes: Mapping[str, Attribute]
    links: Mapping[str, LinkLabel]
    plain_types: Mapping[str, frozenset[type]]
    """By attribute the types of values that it can be compared with; those that take any value are missing."""

    @property
    def labels(self) -> list[str]:
        """Every name that a condition may have here."""
        return ["id", *self.attributes, *self.links]


Tables = dict[str, Namespace]
"""The namespaces by name."""


@lru_cache(maxsize=64)
def compile_schema(schema: Schema, *, with_system: bool) -> Tables:
    """The tables of a schema.

    Args:
        schema: It.
        with_system: Whether what every app has is known as well; the JS SDK knows only what the schema says.
    """
    parts = (SYSTEM, schema) if with_system else (schema,)
    names = dict.fromkeys(name for part in parts for name in part.entities)
    return {name: _namespace(name, parts) for name in names}


def _namespace(name: str, parts: tuple[Schema, ...]) -> Namespace:
    attributes: dict[str, Attribute] = {}
    links: dict[str, LinkLabel] = {}
    for part in parts:
        entity = part.entities.get(name)
        attributes |= entity.attributes if entity is not None else {}
        links |= part.link_labels.get(name, {})
    plain_types = {
        label: WIRE_TYPES[attribute.value_type] - {type(None)}
        for label, attribute in attributes.items()
        if attribute.value_type != "json"
    }
    return Namespace(name, attributes, links, plain_types)
