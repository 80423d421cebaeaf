"""The schema that a client pushes: entities and links by name, read (server contract, schema 1.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from instant_admin.local.attributes import ID_LABEL, Attribute
from instant_admin.local.catalog import OPEN_ETYPES
from instant_admin.local.coerce import is_given
from instant_admin.local.errors import bad_request
from instant_admin.local.schema.compiled import Compiled, LinkNames, bracketed, names_of
from instant_admin.local.schema.definitions import DATA_TYPES


class PushedValue(NamedTuple):
    """A plain attribute as it should be."""

    etype: str
    label: str
    unique: bool
    indexed: bool
    required: bool
    data_type: str | None

    def shown(self) -> dict[str, Any]:
        """It in the `new-schema` of a plan."""
        return {
            "id": None,
            "forward-identity": [None, self.etype, self.label],
            "value-type": "blob",
            "cardinality": "one",
            "unique?": self.unique,
            "index?": self.indexed,
            "required?": self.required,
            "checked-data-type": self.data_type,
            # Custom attributes of system namespaces too: recording sch_system_custom.
            "catalog": "system" if self.etype in OPEN_ETYPES else "user",
        }


class PushedLink(NamedTuple):
    """A link as it should be. Nothing but its four names is checked here, not even that they are all there."""

    names: LinkNames
    cardinality: Any
    unique: bool
    required: bool
    on_delete: Any
    on_delete_reverse: Any

    def shown(self) -> dict[str, Any]:
        """It in the `new-schema` of a plan; with ids also in `add-attr` and `update-attr`."""
        return {
            "id": None,
            "forward-identity": [None, *self.names[:2]],
            "reverse-identity": [None, *self.names[2:]],
            "value-type": "ref",
            "cardinality": self.cardinality,
            "unique?": self.unique,
            "index?": False,
            "required?": self.required,
            "on-delete": self.on_delete,
            "on-delete-reverse": self.on_delete_reverse,
        }


@dataclass(frozen=True)
class Pushed:
    """A pushed schema without what it says about the system's own attributes."""

    values: Mapping[str, Mapping[str, PushedValue]]
    """By namespace and label, `id` included where it was written."""
    links: tuple[PushedLink, ...]

    def shown(self) -> Compiled:
        """The `new-schema` of a plan."""
        blobs = {
            etype: {label: value.shown() for label, value in labelled.items()}
            for etype, labelled in self.values.items()
        }
        return Compiled(refs={bracketed(link.names): link.shown() for link in self.links}, blobs=blobs)

    def plain(self) -> Iterator[PushedValue]:
        """The plain attributes but the ids, in the order given."""
        for labelled in self.values.values():
            yield from (value for value in labelled.values() if value.label != ID_LABEL)


def read_pushed(schema: object, system: Iterable[Attribute]) -> Pushed:
    """Read a pushed schema.

    Args:
        schema: As sent; absent parts are empty ones.
        system: The system's attributes: what is said about them is passed over.

    Raises:
        Refusal: It is no object, or some part of it is none.
    """
    parts = _part(schema, "schema") if is_given(schema) else {}
    links = _links(_part(parts.get("links"), "links", or_empty_list=True))
    names = {(attribute.etype, attribute.label) for attribute in system}
    system_links = [_as_pushed(attribute) for attribute in system if attribute.is_link]
    values: dict[str, dict[str, PushedValue]] = {}
    for key, entity in _part(parts.get("entities"), "entities", or_empty_list=True).items():
        etype = _without_prefix(key)
        kept = {
            value.label: value
            for value in _values(etype, entity)
            if (etype, value.label) not in names and (etype in OPEN_ETYPES or not etype.startswith("$"))
        }
        if kept:
            values[etype] = kept
    return Pushed(values, tuple(link for link in links if link not in system_links))


def _values(etype: str, entity: object) -> Iterator[PushedValue]:
    attributes = _part(_part(entity, f"entities.{etype}").get("attrs"), f"{etype}.attrs", or_empty_list=True)
    for key, given in attributes.items():
        described = _part(given, f"{etype}.{key}")
        config = _part(described.get("config"), f"{etype}.{key}.config")
        data_type = described.get("valueType")
        yield PushedValue(
            etype,
            _without_prefix(key),
            unique=is_given(config.get("unique")),
            indexed=is_given(config.get("indexed")),
            required=described.get("required") is True,
            data_type=data_type if data_type in DATA_TYPES else None,
        )


def _links(links: Mapping[str, Any]) -> Iterable[PushedLink]:
    """The links; of two with the same names the last."""
    known: dict[LinkNames, PushedLink] = {}
    for name, given in links.items():
        link = _part(given, f"links.{name}")
        forward = _part(link.get("forward"), f"links.{name}.forward")
        reverse = _part(link.get("reverse"), f"links.{name}.reverse")
        names = tuple(_as_name(part) for end in (forward, reverse) for part in (end.get("on"), end.get("label")))
        known[names] = PushedLink(
            names,
            cardinality=forward.get("has"),
            unique=reverse.get("has") == "one",
            required=forward.get("required") is True,
            on_delete=forward.get("onDelete"),
            on_delete_reverse=reverse.get("onDelete"),
        )
    return known.values()


def _as_pushed(link: Attribute) -> PushedLink:
    """How somebody writes a system link who leaves its rules of deletion out: so it is passed over."""
    return PushedLink(
        names_of(link), link.cardinality, link.unique, required=False, on_delete=None, on_delete_reverse=None
    )


def _part(value: object, place: str, *, or_empty_list: bool = False) -> Mapping[str, Any]:
    if value is None or (or_empty_list and value == []):
        return {}
    if not isinstance(value, dict):
        raise bad_request(f"`{place}` of a schema must be an object.")
    return cast("dict[str, Any]", value)


def _as_name(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise bad_request("The names of a link must be texts.")
    return value


def _without_prefix(key: str) -> str:
    """A name as the server's keywords have it: without all up to its first slash."""
    prefix, slash, rest = key.partition("/")
    return rest if slash and (prefix or rest) else key
