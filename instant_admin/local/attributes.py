"""Attributes: what an app's entities can hold, and the snapshot of all of them that every query and write works with.

An attribute is a plain value (`blob`) or a link (`ref`). A link has a name at both ends: its forward identity says
where it is stored, its reverse identity how it is read from the other side. `has: one` forward is cardinality one,
`has: one` at the reverse end is uniqueness.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, NamedTuple

ValueType = Literal["blob", "ref"]
Catalog = Literal["user", "system"]

ID_LABEL = "id"
CASCADE = "cascade"
KINDS = ("number", "string", "boolean", "json")
"""The kinds of JSON values that `inferred-types` tells apart, in the order it lists them."""
_VALUE_TYPES: Mapping[str | None, frozenset[type]] = {
    None: frozenset({type(None), str, bool, int, float, list, dict}),
    "string": frozenset({type(None), str}),
    "number": frozenset({type(None), int, float}),
    "boolean": frozenset({type(None), bool}),
    "date": frozenset({type(None)}),
}
_SMALL_TYPES = frozenset({type(None), bool, float})
"""Those whose values all fit an index."""


class Identity(NamedTuple):
    """One name of an attribute."""

    id: str
    etype: str
    label: str


@dataclass(frozen=True)
class Attribute:
    """An attribute of an app."""

    id: str
    forward: Identity
    reverse: Identity | None = None
    value_type: ValueType = "blob"
    cardinality: str = "one"
    unique: bool = False
    indexed: bool = False
    required: bool | None = None
    """None where nobody said, which counts as no (recording sch_steps_delete_link)."""
    checked_data_type: str | None = None
    on_delete: str | None = None
    on_delete_reverse: str | None = None
    catalog: Catalog = "user"
    inferred_types: tuple[str, ...] | None = None
    deletion_marked_at: str | None = None
    metadata: Mapping[str, Any] | None = None
    key: int = 0
    """Short key, unique in the database; 0 for an attribute that is not stored yet."""

    @cached_property
    def etype(self) -> str:
        """The namespace whose entities hold it."""
        return self.forward.etype

    @cached_property
    def label(self) -> str:
        """Its name there."""
        return self.forward.label

    @cached_property
    def slot(self) -> str:
        """Its key in the JSON documents of entities."""
        return str(self.key)

    @cached_property
    def is_link(self) -> bool:
        """Whether its values are ids of other entities."""
        return self.value_type == "ref"

    @cached_property
    def is_single(self) -> bool:
        """Whether an entity holds at most one value of it."""
        return self.cardinality == "one"

    @cached_property
    def is_system(self) -> bool:
        """Whether every app has it."""
        return self.catalog == "system"

    @cached_property
    def is_id(self) -> bool:
        """Whether it is the `id` of its namespace."""
        return not self.is_link and self.label == ID_LABEL

    @cached_property
    def has_sort_key(self) -> bool:
        """Whether entities keep a sort key for its values: it can be ordered and compared by."""
        return self.indexed and self.checked_data_type is not None and not self.is_link

    @cached_property
    def is_null_filled(self) -> bool:
        """Whether an entity without a value of it reads as null (semantics: absent and null)."""
        return self.indexed and self.is_single and not self.is_link and not self.is_system and not self.is_id

    @cached_property
    def unquestioned(self) -> frozenset[type]:
        """The types whose values may all be stored: `check_value` has nothing to ask of them."""
        if self.is_link:
            return frozenset()
        types = _VALUE_TYPES[self.checked_data_type]
        return types & _SMALL_TYPES if self.indexed or self.unique else types

    def changed(self, **changes: Any) -> Attribute:
        """A copy with some properties changed."""
        return replace(self, **changes)


_NOTHING: Mapping[str, Attribute] = {}


@dataclass(frozen=True, eq=False)
class AttributeSet:
    """The live attributes of an app at one moment. Soft-deleted ones are not among them."""

    attributes: tuple[Attribute, ...] = ()
    _by_id: dict[str, Attribute] = field(init=False, repr=False, compare=False)
    _forward: dict[str, dict[str, Attribute]] = field(init=False, repr=False, compare=False)
    _reverse: dict[tuple[str, str], Attribute] = field(init=False, repr=False, compare=False)
    _by_etype: dict[str, tuple[Attribute, ...]] = field(init=False, repr=False, compare=False)
    _links: dict[str, tuple[Attribute, ...]] = field(init=False, repr=False, compare=False)
    _null_filled: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_id: dict[str, Attribute] = {}
        forward: dict[str, dict[str, Attribute]] = {}
        reverse: dict[tuple[str, str], Attribute] = {}
        by_etype: dict[str, list[Attribute]] = {}
        links: dict[str, list[Attribute]] = {}
        for attribute in self.attributes:
            by_id[attribute.id] = attribute
            forward.setdefault(attribute.forward.etype, {})[attribute.forward.label] = attribute
            by_etype.setdefault(attribute.forward.etype, []).append(attribute)
            if attribute.reverse is not None:
                reverse[attribute.reverse.etype, attribute.reverse.label] = attribute
            if attribute.is_link:
                for etype in {attribute.forward.etype, *([attribute.reverse.etype] if attribute.reverse else [])}:
                    links.setdefault(etype, []).append(attribute)
        values: dict[str, Any] = {
            "_by_id": by_id,
            "_forward": forward,
            "_reverse": reverse,
            "_by_etype": {etype: tuple(found) for etype, found in by_etype.items()},
            "_links": {etype: tuple(found) for etype, found in links.items()},
            "_null_filled": {},
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __iter__(self) -> Iterator[Attribute]:
        return iter(self.attributes)

    def __len__(self) -> int:
        return len(self.attributes)

    def by_id(self, id: str) -> Attribute | None:
        """The attribute with an id."""
        return self._by_id.get(id)

    def forward(self, etype: str, label: str) -> Attribute | None:
        """The attribute that entities of a namespace hold under a label."""
        return self.labelled(etype).get(label)

    def labelled(self, etype: str) -> Mapping[str, Attribute]:
        """The attributes that entities of a namespace hold, by label."""
        return self._forward.get(etype, _NOTHING)

    def reverse(self, etype: str, label: str) -> Attribute | None:
        """The link that is read from a namespace under a label, stored at its other end."""
        return self._reverse.get((etype, label))

    def named(self, etype: str, label: str) -> Attribute | None:
        """What a label of a namespace means: its own attribute, or a link that ends there."""
        return self.forward(etype, label) or self.reverse(etype, label)

    def of(self, etype: str) -> tuple[Attribute, ...]:
        """All attributes that entities of a namespace hold, links included."""
        return self._by_etype.get(etype, ())

    def links_of(self, etype: str) -> tuple[Attribute, ...]:
        """All links that begin or end in a namespace."""
        return self._links.get(etype, ())

    def null_filled_slots(self, etype: str) -> tuple[str, ...]:
        """The slots that are null in a new entity of a namespace."""
        slots = self._null_filled.get(etype)
        if slots is None:
            slots = self._null_filled[etype] = tuple(a.slot for a in self.of(etype) if a.is_null_filled)
        return slots

    def id_of(self, etype: str) -> Attribute | None:
        """The `id` attribute of a namespace."""
        return self.forward(etype, ID_LABEL)

    @cached_property
    def etypes(self) -> frozenset[str]:
        """All namespaces that have an attribute."""
        return frozenset(self._by_etype)

    def added(self, attributes: Iterable[Attribute]) -> AttributeSet:
        """A set with more attributes."""
        return AttributeSet((*self.attributes, *attributes))

    def replaced(self, attributes: Iterable[Attribute]) -> AttributeSet:
        """A set with some attributes in another state."""
        new = {attribute.id: attribute for attribute in attributes}
        return AttributeSet(tuple(new.get(attribute.id, attribute) for attribute in self.attributes))

    def without(self, ids: Iterable[str]) -> AttributeSet:
        """A set without some attributes."""
        gone = set(ids)
        return AttributeSet(tuple(attribute for attribute in self.attributes if attribute.id not in gone))
