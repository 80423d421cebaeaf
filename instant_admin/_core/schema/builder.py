"""`i`: what schemas are made with, under the names of the JS SDK's builder."""

from __future__ import annotations

from collections.abc import Mapping
from types import MethodType
from typing import Any, Final, Literal, NotRequired, TypedDict

from instant_admin._core.nearest import nearest_name
from instant_admin._core.schema.frozen import FrozenMap
from instant_admin._core.schema.links import read_link
from instant_admin._core.schema.problems import Problems
from instant_admin._core.schema.values import Attribute, Cardinality, Entity, Link, LinkEnd, Room, Schema


class LinkEndDict(TypedDict):
    """One side of a link; see `LinkEnd`."""

    on: str
    label: str
    has: Cardinality
    required: NotRequired[bool]
    on_delete: NotRequired[Literal["cascade"]]


class LinkDict(TypedDict):
    """A link; see `Link`."""

    forward: LinkEndDict | LinkEnd
    reverse: LinkEndDict | LinkEnd


class RoomDict(TypedDict):
    """A kind of room; see `Room`."""

    presence: NotRequired[Entity]
    topics: NotRequired[Mapping[str, Entity]]


class SchemaBuilder:
    """Makes attributes, entities and schemas. There is one, `i`."""

    def string(self) -> Attribute:
        """An attribute that holds text."""
        return Attribute("string")

    def number(self) -> Attribute:
        """An attribute that holds a number."""
        return Attribute("number")

    def boolean(self) -> Attribute:
        """An attribute that holds True or False."""
        return Attribute("boolean")

    def date(self) -> Attribute:
        """An attribute that holds an instant: text or epoch milliseconds on the wire, see `parse_date`."""
        return Attribute("date")

    def json(self) -> Attribute:
        """An attribute that holds any JSON value. It cannot be compared or ordered by."""
        return Attribute("json")

    def any(self) -> Attribute:
        """An attribute that holds any JSON value: the same as `json`, as in the JS SDK."""
        return Attribute("json")

    def entity(self, attributes: Mapping[str, Attribute]) -> Entity:
        """A namespace with these attributes by label. Every entity has an `id`; it is not listed.

        Raises:
            SchemaError: Something is no attribute; names every one.
        """
        problems = Problems()
        for label, attribute in _named(attributes, "i.entity", problems).items():
            if not isinstance(attribute, Attribute):
                problems.add(f"i.entity: {label}", _no_attribute(attribute))
        problems.check()
        return Entity(FrozenMap(attributes))

    def schema(
        self,
        *,
        entities: Mapping[str, Entity],
        links: Mapping[str, LinkDict | Link] | None = None,
        rooms: Mapping[str, RoomDict | Room] | None = None,
    ) -> Schema:
        """A schema.

        Args:
            entities: Namespaces by name. Those of every app (`$users`, `$files`, `$streams`) are known without being
                listed; list them to add attributes.
            links: Links by any name, such as `{"postsAuthor": {"forward": {"on": "posts", "label": "author", "has":
                "one"}, "reverse": {"on": "$users", "label": "posts", "has": "many"}}}`. The forward side may be
                `required`; a side that has one may have `on_delete`, to be deleted with what it is linked to.
            rooms: Kinds of rooms by name, such as `{"chat": {"presence": i.entity({...}), "topics": {...}}}`.

        Raises:
            SchemaError: Something is malformed, or conflicts; names every place and what to write instead.
        """
        problems = Problems()
        read = {name: read_link(link, f"links.{name}", problems) for name, link in _items(links, "links", problems)}
        schema = Schema(
            FrozenMap({k: _entity(v, f"entities.{k}", problems) for k, v in _items(entities, "entities", problems)}),
            FrozenMap({name: link for name, link in read.items() if link is not None}),
            FrozenMap({k: _room(v, f"rooms.{k}", problems) for k, v in _items(rooms, "rooms", problems)}),
        )
        problems.extend(schema.conflicts())
        problems.check()
        return schema

    def __repr__(self) -> str:
        return "i"


i: Final = SchemaBuilder()
"""Makes schemas: `i.schema(entities={"goals": i.entity({"title": i.string()})})`."""


def _entity(value: object, place: str, problems: Problems) -> Entity:
    if isinstance(value, Entity):
        return value
    problems.add(place, f"must be i.entity({{...}}), got {value!r:.80}.")
    return Entity()


def _room(value: object, place: str, problems: Problems) -> Room:
    if isinstance(value, Room):
        return value
    given = _named(value, place, problems)
    for key in given:
        if key not in ("presence", "topics"):
            near = nearest_name(key, ("presence", "topics"))
            problems.add(f"{place}.{key}", f"is unknown{f'; write {near!r}' if near else ''}. Keys: presence, topics.")
    topics = _items(given.get("topics"), f"{place}.topics", problems)
    return Room(
        _entity(given.get("presence", Entity()), f"{place}.presence", problems),
        FrozenMap({name: _entity(topic, f"{place}.topics.{name}", problems) for name, topic in topics}),
    )


def _items(value: object, place: str, problems: Problems) -> list[tuple[str, Any]]:
    return [] if value is None else list(_named(value, place, problems).items())


def _named(value: object, place: str, problems: Problems) -> Mapping[str, Any]:
    if isinstance(value, Mapping) and all(isinstance(name, str) for name in value):
        return value
    problems.add(place, f"must be a dict with names as keys, got {value!r:.80}.")
    return {}


def _no_attribute(value: object) -> str:
    if isinstance(value, MethodType) and isinstance(value.__self__, SchemaBuilder | Attribute):
        return f"is a method; call it: {value.__name__}()."
    return f"must be i.string(), i.number() or another attribute, got {value!r:.80}."
