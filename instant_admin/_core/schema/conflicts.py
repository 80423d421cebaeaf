"""What cannot be in one schema together, and names that mean something else (server contract, schema 1.3 and 3.1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from instant_admin._core.nearest import did_you_mean
from instant_admin._core.schema.system import SYSTEM
from instant_admin._core.schema.values import Attribute, Link, LinkEnd, Schema


def find_conflicts(schema: Schema) -> Iterator[str]:
    """Each conflict: the place, what is wrong there, and what to write instead."""
    for name, entity in schema.entities.items():
        yield from _namespace_conflicts(name)
        for label, attribute in entity.attributes.items():
            yield from _label_conflicts(label, f"entities.{name}.attrs.{label}")
            yield from _system_conflicts(name, label, attribute)
    for name, link in schema.links.items():
        for side, end in (("forward", link.forward), ("reverse", link.reverse)):
            yield from _end_conflicts(schema, end, f"links.{name}.{side}")
        if link.reverse.required:
            yield (
                f"links.{name}.reverse.required: only the forward side can be required. Exchange the two sides, or "
                "leave it out."
            )
    yield from _duplicates(schema)


def _namespace_conflicts(name: str) -> Iterator[str]:
    if name.startswith("$") and name not in SYSTEM.entities:
        yield (
            f"entities.{name}: names that begin with '$' are the server's own, and it drops others without a word. "
            f"Write {name.lstrip('$')!r}. {did_you_mean(name, SYSTEM.entities)}"
        )
    yield from _name_conflicts(name, f"entities.{name}")


def _label_conflicts(label: str, place: str) -> Iterator[str]:
    if label == "id":
        yield f"{place}: every entity has an id; leave it out."
    elif label == "$":
        yield f"{place}: in queries '$' holds the options; use another label."
    yield from _name_conflicts(label, place)


def _name_conflicts(name: str, place: str) -> Iterator[str]:
    if not name.strip():
        yield f"{place}: a name must not be blank."
    if "/" in name:
        yield f"{place}: the server drops all up to the slash. Write {name.rpartition('/')[2] or name.strip('/')!r}."
    if "\0" in name:
        yield f"{place}: a name must not hold the character NUL."


def _system_conflicts(name: str, label: str, attribute: Attribute) -> Iterator[str]:
    builtin = SYSTEM.entities[name].attributes.get(label) if name in SYSTEM.entities else None
    if builtin is not None and builtin.value_type != attribute.value_type:
        yield (
            f"entities.{name}.attrs.{label}: it is built in and a {builtin.value_type}. "
            f"Write i.{builtin.value_type}(), or leave it out."
        )


def _end_conflicts(schema: Schema, end: LinkEnd, place: str) -> Iterator[str]:
    if end.on not in schema.entities and end.on not in SYSTEM.entities:
        yield (
            f"{place}.on: there is no entity {end.on!r} in the schema. Add it, or correct the name. "
            f"{did_you_mean(end.on, schema.entities)}"
        )
    yield from _label_conflicts(end.label, f"{place}.label")
    if end.on_delete == "cascade" and end.has != "one":
        yield f"{place}.on_delete: only a side that has one can cascade. Write 'has': 'one', or leave on_delete out."


def _duplicates(schema: Schema) -> Iterator[str]:
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, place in (*_builtin_labels(schema), *_own_labels(schema)):
        places[key].append(place)
    for (name, label), found in places.items():
        if len(found) > 1:
            yield (
                f"{found[-1]}: {name!r} has {label!r} already ({', '.join(found[:-1])}). Write another label, such as "
                f"{label + '2'!r}."
            )


def _own_labels(schema: Schema) -> Iterator[tuple[tuple[str, str], str]]:
    for name, entity in schema.entities.items():
        for label in entity.attributes:
            yield (name, label), f"entities.{name}.attrs.{label}"
    for name, link in schema.links.items():
        yield (link.forward.on, link.forward.label), f"links.{name}.forward.label"
        yield (link.reverse.on, link.reverse.label), f"links.{name}.reverse.label"


def _builtin_labels(schema: Schema) -> Iterator[tuple[tuple[str, str], str]]:
    """What the system has and the schema does not repeat."""
    for name, entity in SYSTEM.entities.items():
        repeated = schema.entities[name].attributes if name in schema.entities else {}
        for label in entity.attributes:
            if label not in repeated:
                yield (name, label), "built in"
    repeated_links = {_names(link) for link in schema.links.values()}
    for link in SYSTEM.links.values():
        if _names(link) not in repeated_links:
            yield (link.forward.on, link.forward.label), "built in"
            yield (link.reverse.on, link.reverse.label), "built in"


def _names(link: Link) -> tuple[str, str, str, str]:
    return link.forward.on, link.forward.label, link.reverse.on, link.reverse.label
