"""The values that a schema is made of. All are frozen, equal by content, and hashable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from instant_admin._core.schema.frozen import FrozenMap

if TYPE_CHECKING:
    from instant_admin._core.schema.difference import SchemaDifference

ValueType: TypeAlias = Literal["string", "number", "boolean", "date", "json"]
"""What an attribute holds. "json" is any value, unchecked."""

Cardinality: TypeAlias = Literal["one", "many"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """What is known of an attribute. Made by `i.string()` and its siblings; each method returns a changed copy."""

    value_type: ValueType
    is_required: bool = True
    is_unique: bool = False
    is_indexed: bool = False

    def optional(self) -> Attribute:
        """The same, but entities need not have it."""
        return replace(self, is_required=False)

    def unique(self) -> Attribute:
        """The same, but no two entities have equal values: `lookup` can find an entity by it."""
        return replace(self, is_unique=True)

    def indexed(self) -> Attribute:
        """The same, but indexed: `order` and comparisons such as `$gt` and `$like` work only then."""
        return replace(self, is_indexed=True)


@dataclass(frozen=True, slots=True)
class Entity:
    """A namespace: its attributes by label, without `id`, which every entity has."""

    attributes: FrozenMap[Attribute] = field(default_factory=FrozenMap[Attribute])


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """One side of a link."""

    on: str
    """The namespace whose entities have the label."""
    label: str
    has: Cardinality
    """How many entities of the other side one entity of this side is linked to."""
    required: bool = False
    """Whether an entity must have it. Only the forward side can be."""
    on_delete: Literal["cascade"] | None = None
    """"cascade" deletes the entities of this side when what they are linked to is deleted."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link, with a label at either side."""

    forward: LinkEnd
    reverse: LinkEnd


@dataclass(frozen=True, slots=True)
class Room:
    """A kind of room: what its visitors show of themselves, and the topics they publish to. Servers ignore it."""

    presence: Entity = Entity()
    topics: FrozenMap[Entity] = field(default_factory=FrozenMap[Entity])


class LinkLabel(NamedTuple):
    """A link as one namespace sees it."""

    target: str
    """Namespace that it leads to."""
    has: Cardinality
    required: bool
    is_forward: bool
    name: str
    """The link's own name in the schema."""


@dataclass(frozen=True)
class Schema:
    """The entities and links of an app, and its kinds of rooms.

    Made by `i.schema(...)`, which refuses conflicts, or read by `Schema.from_json`, which leaves them to the server.
    """

    entities: FrozenMap[Entity] = field(default_factory=FrozenMap[Entity])
    links: FrozenMap[Link] = field(default_factory=FrozenMap[Link])
    rooms: FrozenMap[Room] = field(default_factory=FrozenMap[Room])

    @classmethod
    def from_json(cls, content: Mapping[str, Any] | str | bytes) -> Schema:
        """Read a schema in the form that the server's schema push takes, as a mapping or as JSON text.

        Also read is what JavaScript prints of a schema, which says more. Conflicts are not looked for, so that what an
        app has can be read in any case; `conflicts()` finds them.

        Raises:
            SchemaError: It has another shape; names every place.
        """
        from instant_admin._core.schema.reading import read_schema

        return read_schema(content)

    def to_json(self) -> dict[str, Any]:
        """The schema in the form that the server's schema push takes.

        Rooms, which servers ignore, are there only where the schema has some.
        """
        from instant_admin._core.schema.writing import schema_to_json

        return schema_to_json(self)

    def diff(self, other: Schema) -> SchemaDifference:
        """The changes that turn this schema into the other one. `print` shows one a line."""
        from instant_admin._core.schema.difference import compare

        return compare(self, other)

    def conflicts(self) -> tuple[str, ...]:
        """Everything that cannot be in one schema together, as text that says what to write instead."""
        from instant_admin._core.schema.conflicts import find_conflicts

        return tuple(find_conflicts(self))

    @cached_property
    def link_labels(self) -> FrozenMap[FrozenMap[LinkLabel]]:
        """For each namespace that has links, its link labels, forward ones first.

        Of links that share a label the last counts, and a reverse label before a forward one, as in the JS SDK.
        """
        found: dict[str, dict[str, LinkLabel]] = {}
        for is_forward in (True, False):
            for name, link in self.links.items():
                near, far = (link.forward, link.reverse) if is_forward else (link.reverse, link.forward)
                label = LinkLabel(far.on, near.has, near.required, is_forward, name)
                found.setdefault(near.on, {})[near.label] = label
        return FrozenMap({namespace: FrozenMap(labels) for namespace, labels in found.items()})

    def __hash__(self) -> int:
        return hash((self.entities, self.links, self.rooms))

    def __reduce__(self) -> tuple[Any, ...]:
        return Schema, (self.entities, self.links, self.rooms)
