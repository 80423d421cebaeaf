"""The server's attributes (server contract, schema 1.1): as a schema, and how a schema's parts become some."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias, cast
from uuid import uuid4

import msgspec

from instant_admin._core.schema.frozen import FrozenMap
from instant_admin._core.schema.values import Attribute, Cardinality, Entity, Link, LinkEnd, Schema, ValueType

WireObject: TypeAlias = Mapping[str, Any]
LinkNames: TypeAlias = tuple[str, str, str, str]
"""Namespace and label, forward and reverse."""

ID_LABEL = "id"
_CHECKED: tuple[ValueType, ...] = ("string", "number", "boolean", "date")


class WireAttribute(msgspec.Struct, frozen=True):
    """What is read of an attribute. The server leaves out or sends as null what is not set."""

    id: str
    forward: tuple[str, str, str] = msgspec.field(name="forward-identity")
    value_type: Literal["blob", "ref"] = msgspec.field(name="value-type")
    reverse: tuple[str, str, str] | None = msgspec.field(name="reverse-identity", default=None)
    cardinality: str | None = None
    unique: bool | None = msgspec.field(name="unique?", default=None)
    indexed: bool | None = msgspec.field(name="index?", default=None)
    required: bool | None = msgspec.field(name="required?", default=None)
    data_type: str | None = msgspec.field(name="checked-data-type", default=None)
    on_delete: str | None = msgspec.field(name="on-delete", default=None)
    on_delete_reverse: str | None = msgspec.field(name="on-delete-reverse", default=None)
    catalog: str | None = None
    deletion_marked_at: Any = msgspec.field(name="deletion-marked-at", default=None)

    @property
    def is_own(self) -> bool:
        """Whether it is the app's, rather than the system's or already deleted."""
        return self.catalog != "system" and self.deletion_marked_at is None

    @property
    def etype(self) -> str:
        """The namespace."""
        return self.forward[1]

    @property
    def label(self) -> str:
        """The label in it."""
        return self.forward[2]

    @property
    def link_names(self) -> LinkNames | None:
        """The four names of a link; None for a plain attribute."""
        return None if self.reverse is None else (*self.forward[1:], *self.reverse[1:])

    @property
    def name(self) -> str:
        """It as changes name it."""
        near = f"{self.etype}.{self.label}"
        return near if self.reverse is None else f"{near} <-> {self.reverse[1]}.{self.reverse[2]}"


def read_attributes(given: Iterable[WireObject]) -> list[WireAttribute]:
    """The app's own attributes.

    Raises:
        ValueError: One has another shape.
    """
    read = msgspec.convert(list(given), list[WireAttribute])
    return [attribute for attribute in read if attribute.is_own]


def schema_of(attributes: Sequence[WireAttribute]) -> Schema:
    """The schema that attributes come to, sorted by names, since the server has no order.

    A namespace that only links name is there without attributes, so that the schema has no conflict.
    """
    entities: dict[str, dict[str, Attribute]] = {}
    links: dict[str, Link] = {}
    for attribute in sorted(attributes, key=lambda one: (one.etype, one.label)):
        if attribute.reverse is None:
            labels = entities.setdefault(attribute.etype, {})
            if attribute.label != ID_LABEL:
                labels[attribute.label] = _as_value(attribute)
        else:
            links[_link_name(attribute, links)] = _as_link(attribute)
    for link in links.values():
        for end in (link.forward, link.reverse):
            if not end.on.startswith("$"):
                entities.setdefault(end.on, {})
    named = {name: Entity(FrozenMap(entities[name])) for name in sorted(entities)}
    return Schema(FrozenMap(named), FrozenMap(links))


def new_attribute(namespace: str, label: str, attribute: Attribute) -> dict[str, Any]:
    """What `add-attr` takes to make a plain attribute."""
    described: dict[str, Any] = {
        "id": str(uuid4()),
        "forward-identity": [str(uuid4()), namespace, label],
        "value-type": "blob",
        "cardinality": "one",
        "unique?": attribute.is_unique,
        "index?": attribute.is_indexed,
        "required?": attribute.is_required,
    }
    if attribute.value_type in _CHECKED:
        described["checked-data-type"] = attribute.value_type
    return described


def new_link(link: Link) -> dict[str, Any]:
    """What `add-attr` takes to make a link."""
    return {
        "id": str(uuid4()),
        "forward-identity": [str(uuid4()), link.forward.on, link.forward.label],
        "reverse-identity": [str(uuid4()), link.reverse.on, link.reverse.label],
        "value-type": "ref",
        "cardinality": link.forward.has,
        "unique?": link.reverse.has == "one",
        "index?": False,
        "required?": link.forward.required,
        "on-delete": link.forward.on_delete,
        "on-delete-reverse": link.reverse.on_delete,
    }


def names_of(link: Link) -> LinkNames:
    """The four names of a link."""
    return link.forward.on, link.forward.label, link.reverse.on, link.reverse.label


def _as_value(attribute: WireAttribute) -> Attribute:
    return Attribute(
        _value_type(attribute.data_type),
        is_required=attribute.required is True,
        is_unique=attribute.unique is True,
        is_indexed=attribute.indexed is True,
    )


def _value_type(data_type: str | None) -> ValueType:
    for known in _CHECKED:
        if data_type == known:
            return known
    return "json"


def _as_link(attribute: WireAttribute) -> Link:
    assert attribute.reverse is not None, "a link has two ends"
    forward = LinkEnd(
        attribute.etype,
        attribute.label,
        _has("many" if attribute.cardinality == "many" else "one"),
        required=attribute.required is True,
        on_delete="cascade" if attribute.on_delete == "cascade" else None,
    )
    reverse = LinkEnd(
        *attribute.reverse[1:],
        _has("one" if attribute.unique else "many"),
        on_delete="cascade" if attribute.on_delete_reverse == "cascade" else None,
    )
    return Link(forward, reverse)


def _has(value: str) -> Cardinality:
    return cast("Cardinality", value)


def _link_name(attribute: WireAttribute, taken: Mapping[str, Link]) -> str:
    """The server keeps no names of links: "postsAuthor" for the link "author" of posts, as the JS tools call it."""
    base = f"{attribute.etype}{attribute.label[:1].upper()}{attribute.label[1:]}"
    name, number = base, 2
    while name in taken:
        name, number = f"{base}{number}", number + 1
    return name
