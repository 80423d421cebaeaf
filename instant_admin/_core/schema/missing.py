"""What an app has and a schema lacks: a push deletes it, for the server by itself only ever adds and changes.

The server plans as if nothing were deleted, so it refuses what is new under a name that a deletion sets free. Such
parts are left out of what it plans, and are added here. In one transaction a name can be deleted and then made anew
(recording tx_delete_attr_in_one).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from instant_admin._core.schema.attributes import (
    ID_LABEL,
    LinkNames,
    WireAttribute,
    names_of,
    new_attribute,
    new_link,
)
from instant_admin._core.schema.steps import Step
from instant_admin._core.schema.values import Schema


@dataclass(frozen=True, slots=True)
class Replacement:
    """How an app comes to have just what a schema says."""

    deletions: list[Step]
    to_plan: dict[str, Any]
    """What the server is to plan, in the form that it takes."""
    additions: list[Step]
    """What it cannot plan."""


def replace_with(schema: Schema, attributes: Sequence[WireAttribute]) -> Replacement:
    """What to delete, what to plan and what to add so that an app with these attributes has the schema."""
    links = {names_of(link) for link in schema.links.values()}
    deleted = [attribute for attribute in attributes if not _is_wanted(attribute, schema, links)]
    freed = set(_labels(deleted))
    content = schema.to_json()
    additions: list[Step] = []
    for namespace, entity in schema.entities.items():
        for label, attribute in entity.attributes.items():
            if (namespace, label) in freed:
                additions.append(["add-attr", new_attribute(namespace, label, attribute)])
                del content["entities"][namespace]["attrs"][label]
                # An empty namespace would be none; of this attribute the server takes only that there is one.
                content["entities"][namespace]["attrs"][ID_LABEL] = {}
    present = {attribute.link_names for attribute in attributes}
    for name, link in schema.links.items():
        names = names_of(link)
        if names not in present and not freed.isdisjoint((names[:2], names[2:])):
            additions.append(["add-attr", new_link(link)])
            del content["links"][name]
    return Replacement([["delete-attr", attribute.id] for attribute in deleted], content, additions)


def _is_wanted(attribute: WireAttribute, schema: Schema, links: set[LinkNames]) -> bool:
    if attribute.link_names is not None:
        return attribute.link_names in links
    entity = schema.entities.get(attribute.etype)
    return entity is not None and (attribute.label == ID_LABEL or attribute.label in entity.attributes)


def _labels(attributes: Iterable[WireAttribute]) -> Iterable[tuple[str, str]]:
    for attribute in attributes:
        yield attribute.etype, attribute.label
        if attribute.reverse is not None:
            yield attribute.reverse[1:]
