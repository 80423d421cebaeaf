"""How a transaction's steps name entities: by id or lookup, and as targets of links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from instant_admin._core.ids import Lookup, check_uuid, is_uuid, parse_lookup
from instant_admin.errors import InvalidArgumentError
from instant_admin.types import JsonValue

Reference: TypeAlias = str | list[JsonValue]


def entity_reference(entity: Any, namespace: str) -> Reference:
    """How a step names its entity.

    Raises:
        InvalidArgumentError: It is neither an id nor a lookup.
    """
    if type(entity) is str and is_uuid(entity):  # nearly all are
        return entity
    if isinstance(entity, Lookup):
        return entity.as_pair()
    if isinstance(entity, str):
        found = parse_lookup(entity)
        if found is not None:
            return found.as_pair()
    return check_uuid(entity, f"tx[{namespace!r}][...]: an entity id")


def link_references(links: Any, what: str) -> dict[str, JsonValue]:
    """The targets of links by label: a reference, or a list of them.

    Raises:
        InvalidArgumentError: It is no mapping, or one is neither an id nor a lookup.
    """
    if type(links) is not dict and not isinstance(links, Mapping):
        raise InvalidArgumentError(f"{what} takes a dict of link labels and entity ids, got {links!r:.80}.")
    return {
        label if type(label) is str else _label(label, what): (
            # Nearly all are one id.
            value if type(value) is str and is_uuid(value) else _link_value(value, f"{what}.{label}")
        )
        for label, value in links.items()
    }


def link_target(value: Any, what: str) -> JsonValue:
    """How a step names one target of a link.

    Raises:
        InvalidArgumentError: It is neither an id nor a lookup.
    """
    if isinstance(value, Lookup):
        return value.as_link_value()
    if isinstance(value, str) and parse_lookup(value) is not None:
        return str.__str__(value)
    return check_uuid(value, f"{what}: a linked entity's id")


def _label(label: Any, what: str) -> str:
    if not isinstance(label, str):
        raise InvalidArgumentError(f"{what}: link labels are text, got {label!r:.80}.")
    return str.__str__(label)


def _link_value(value: Any, what: str) -> JsonValue:
    if isinstance(value, (list, tuple, set, frozenset)):
        return [link_target(item, what) for item in value]
    return link_target(value, what)
