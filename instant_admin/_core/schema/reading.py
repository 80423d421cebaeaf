"""Schemas read from the form that the server's schema push takes, and from what JavaScript prints of a schema.

What the server reads as nothing is read as nothing here: absent and null parts, keys that it does not know (server
contract, schema 1.3). What it would misread without a word is refused, and so is a misspelt part, which would leave an
empty schema.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeGuard, get_args

from instant_admin._core.nearest import did_you_mean, nearest_name
from instant_admin._core.schema.frozen import FrozenMap
from instant_admin._core.schema.links import read_link
from instant_admin._core.schema.problems import Problems
from instant_admin._core.schema.values import Attribute, Entity, Link, Room, Schema, ValueType

_VALUE_TYPES: tuple[ValueType, ...] = get_args(ValueType)
_PARTS = ("entities", "links", "rooms")


def read_schema(content: Mapping[str, Any] | str | bytes) -> Schema:
    """The schema.

    Raises:
        SchemaError: It has another shape; names every place.
    """
    problems = Problems()
    if isinstance(content, str | bytes):
        content = _decode(content, problems)
    parts = _object(content, "schema", problems)
    for name in parts:
        if name not in _PARTS:
            problems.add(name, f"a schema has no such part. {did_you_mean(name, _PARTS)}")
    schema = Schema(
        FrozenMap({k: _entity(v, f"entities.{k}", problems) for k, v in _named(parts, "entities", problems)}),
        FrozenMap(_links(parts, problems)),
        FrozenMap({k: _room(v, f"rooms.{k}", problems) for k, v in _named(parts, "rooms", problems)}),
    )
    problems.check()
    return schema


def _decode(text: str | bytes, problems: Problems) -> Any:
    try:
        return json.loads(text)
    except ValueError as cause:
        problems.add("schema", f"is no JSON: {cause}.")
        problems.check()


def _entity(value: object, place: str, problems: Problems) -> Entity:
    attributes = _named(_object(value, place, problems), "attrs", problems, place)
    return Entity(FrozenMap({label: _attribute(v, f"{place}.attrs.{label}", problems) for label, v in attributes}))


def _attribute(value: object, place: str, problems: Problems) -> Attribute:
    given = _object(value, place, problems)
    config = _object(given.get("config"), f"{place}.config", problems)
    return Attribute(
        _value_type(given.get("valueType"), f"{place}.valueType", problems),
        is_required=_flag(given, "required", place, problems),
        is_unique=_flag(config, "unique", f"{place}.config", problems),
        is_indexed=_flag(config, "indexed", f"{place}.config", problems),
    )


def _value_type(value: object, place: str, problems: Problems) -> ValueType:
    if value is None or value == "any":  # the JS builder, too, makes "json" of any()
        return "json"
    for known in _VALUE_TYPES:
        if value == known:
            return known
    near = nearest_name(value, [*_VALUE_TYPES, "any"])
    hint = f"; did you mean {near!r}" if near else ""
    problems.add(place, f"{value!r:.80} is no type{hint}? Types: {', '.join(_VALUE_TYPES)}, any.")
    return "json"


def _flag(given: Mapping[str, Any], name: str, place: str, problems: Problems) -> bool:
    value = given.get(name)
    if value is not None and not isinstance(value, bool):
        problems.add(f"{place}.{name}", f"must be true or false, got {value!r:.80}.")
    return value is True


def _links(parts: Mapping[str, Any], problems: Problems) -> dict[str, Link]:
    links = {}
    for name, value in _named(parts, "links", problems):
        link = read_link(value, f"links.{name}", problems)
        if link is not None:
            links[name] = link
    return links


def _room(value: object, place: str, problems: Problems) -> Room:
    given = _object(value, place, problems)
    topics = _named(given, "topics", problems, place)
    return Room(
        _entity(given.get("presence"), f"{place}.presence", problems),
        FrozenMap({name: _entity(topic, f"{place}.topics.{name}", problems) for name, topic in topics}),
    )


def _named(given: Mapping[str, Any], part: str, problems: Problems, place: str = "") -> list[tuple[str, Any]]:
    where = f"{place}.{part}" if place else part
    return list(_object(given.get(part), where, problems).items())


def _object(value: object, place: str, problems: Problems) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not _has_names(value):
        problems.add(place, f"must be an object with names as keys, got {value!r:.80}.")
        return {}
    return value


def _has_names(value: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping) and all(isinstance(name, str) for name in value)
