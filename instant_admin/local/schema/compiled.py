"""Attributes as replies show them, and the compiled schema that is made of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypedDict

from instant_admin.local.attributes import Attribute
from instant_admin.local.catalog import FILES_URL, HIDDEN_LABELS, OPEN_ETYPES

LinkNames = tuple[str | None, ...]
"""The four names of a link: namespace and label, forward and reverse."""


class Compiled(TypedDict):
    """A schema by name (server contract, schema 1.2)."""

    refs: dict[str, dict[str, Any]]
    blobs: dict[str, dict[str, dict[str, Any]]]


def compiled(attributes: Iterable[Attribute], link_key: Callable[[LinkNames], str]) -> Compiled:
    """The compiled schema of some attributes.

    Args:
        attributes: Live ones; of the system's those that nobody sees are left out.
        link_key: How the endpoint writes the key of a link.
    """
    schema = Compiled(refs={}, blobs={})
    for attribute in filter(is_visible, attributes):
        described = shown(attribute)
        if attribute.is_link:
            schema["refs"][link_key(names_of(attribute))] = described
        else:
            if (attribute.etype, attribute.label) == FILES_URL:
                described["required?"] = True
            schema["blobs"].setdefault(attribute.etype, {})[attribute.label] = described
    return schema


def is_visible(attribute: Attribute) -> bool:
    """Whether the compiled schema shows an attribute, and planning sees it."""
    name = attribute.etype, attribute.label
    return not attribute.is_system or (attribute.etype in OPEN_ETYPES and name not in HIDDEN_LABELS)


def shown(attribute: Attribute) -> dict[str, Any]:
    """An attribute as replies show it."""
    described: dict[str, Any] = {
        "id": attribute.id,
        "value-type": attribute.value_type,
        "cardinality": attribute.cardinality,
        "forward-identity": attribute.forward,
        "unique?": attribute.unique,
        "index?": attribute.indexed,
        "required?": bool(attribute.required),
        "inferred-types": attribute.inferred_types,
        "catalog": attribute.catalog,
    }
    optional: Mapping[str, object] = {
        "reverse-identity": attribute.reverse,
        "checked-data-type": attribute.checked_data_type,
        "on-delete": attribute.on_delete,
        "on-delete-reverse": attribute.on_delete_reverse,
        "deletion-marked-at": attribute.deletion_marked_at,
        "metadata": attribute.metadata,
    }
    return described | {key: value for key, value in optional.items() if value is not None}


def names_of(link: Attribute) -> LinkNames:
    """The four names of a link."""
    assert link.reverse is not None, "a link has two ends"
    return link.etype, link.label, link.reverse.etype, link.reverse.label


def hyphenated(names: LinkNames) -> str:
    """The key of a link as `/admin` writes it."""
    return "-".join(name or "" for name in names)


def bracketed(names: LinkNames) -> str:
    """The key of a link as `/dash` and `/superadmin` write it: a Clojure vector of strings."""
    return "[" + " ".join("nil" if name is None else json.dumps(name, ensure_ascii=False) for name in names) + "]"
