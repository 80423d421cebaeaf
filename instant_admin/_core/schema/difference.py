"""What turns one schema into another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from instant_admin._core.schema.values import Attribute, Entity, Link, LinkEnd, Schema
from instant_admin._core.schema.writing import attribute_to_json, link_end_to_json

ChangeKind: TypeAlias = Literal["add", "remove", "change"]
ChangedPart: TypeAlias = Literal["entity", "attribute", "link", "room"]

_SIGNS: dict[ChangeKind, str] = {"add": "+", "remove": "-", "change": "~"}


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """One change."""

    kind: ChangeKind
    part: ChangedPart
    name: str
    """"goals", "goals.title", or "posts.author <-> $users.posts" for a link."""
    before: Any = None
    """The value before; None for what is added."""
    after: Any = None
    """The value after; None for what is removed."""

    @property
    def destroys_data(self) -> bool:
        """Whether values that are stored are gone after it."""
        return self.kind == "remove" and self.part != "room"

    def __str__(self) -> str:
        line = f"{_SIGNS[self.kind]} {self.part} {self.name}"
        said = _details(self.before, self.after)
        return f"{line}: {said}" if said else line


@dataclass(frozen=True, slots=True)
class SchemaDifference:
    """The changes that turn one schema into another, as `before.diff(after)` finds them. False if there are none."""

    changes: tuple[SchemaChange, ...] = ()

    @property
    def destroys_data(self) -> bool:
        """Whether values that are stored are gone after it."""
        return any(change.destroys_data for change in self.changes)

    def __bool__(self) -> bool:
        return bool(self.changes)

    def __len__(self) -> int:
        return len(self.changes)

    def __iter__(self) -> Iterator[SchemaChange]:
        return iter(self.changes)

    def __str__(self) -> str:
        return "\n".join(str(change) for change in self.changes) or "no changes"


def compare(before: Schema, after: Schema) -> SchemaDifference:
    """The changes in the order of the schemas. Links are the same if their four names are; their own names are not
    looked at, as on the server."""
    return SchemaDifference((*_entities(before, after), *_links(before, after), *_rooms(before, after)))


def _entities(before: Schema, after: Schema) -> Iterator[SchemaChange]:
    for name in _union(before.entities, after.entities):
        old, new = before.entities.get(name), after.entities.get(name)
        if old is None or new is None:
            yield SchemaChange("add" if old is None else "remove", "entity", name, old, new)
        yield from _parts("attribute", f"{name}.", (old or Entity()).attributes, (new or Entity()).attributes)


def _links(before: Schema, after: Schema) -> Iterator[SchemaChange]:
    yield from _parts("link", "", _by_names(before), _by_names(after))


def _rooms(before: Schema, after: Schema) -> Iterator[SchemaChange]:
    yield from _parts("room", "", before.rooms, after.rooms)


def _parts(
    part: ChangedPart, prefix: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[SchemaChange]:
    for name in _union(before, after):
        old, new = before.get(name), after.get(name)
        if old != new:
            kind: ChangeKind = "add" if old is None else "remove" if new is None else "change"
            yield SchemaChange(kind, part, f"{prefix}{name}", old, new)


def _union(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [*before, *(name for name in after if name not in before)]


def _by_names(schema: Schema) -> dict[str, Link]:
    return {
        f"{link.forward.on}.{link.forward.label} <-> {link.reverse.on}.{link.reverse.label}": link
        for link in schema.links.values()
    }


def _details(before: Any, after: Any) -> str:
    """What a line says after the name: the whole value, or what is different."""
    old, new = _properties(before), _properties(after)
    if not old or not new:
        return ", ".join(f"{name} {value}" if value is not True else name for name, value in (old or new).items())
    return ", ".join(
        f"{name} {_shown(old.get(name))} -> {_shown(new.get(name))}"
        for name in _union(old, new)
        if old.get(name) != new.get(name)
    )


def _properties(value: Any) -> dict[str, Any]:
    if isinstance(value, Attribute):
        content = attribute_to_json(value)
        flags = {"required": content["required"], **content["config"]}
        return {"type": content["valueType"], **{name: True for name, is_set in flags.items() if is_set}}
    if isinstance(value, Link):
        return {
            f"{side} {key}": item
            for side, end in (("forward", value.forward), ("reverse", value.reverse))
            for key, item in _end_properties(end).items()
        }
    return {}


def _end_properties(end: LinkEnd) -> dict[str, Any]:
    return {key: item for key, item in link_end_to_json(end).items() if key not in ("on", "label")}


def _shown(value: Any) -> str:
    return "no" if value is None else "yes" if value is True else str(value)
