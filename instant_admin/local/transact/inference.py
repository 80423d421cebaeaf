"""Attributes made on the fly: which ones steps need and the app does not have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from uuid import uuid4

from instant_admin.local.attributes import ID_LABEL, Attribute, AttributeSet, Identity
from instant_admin.local.errors import validation_failed
from instant_admin.local.transact.lookups import is_lookup_form, link_label, read_form
from instant_admin.local.transact.shape import LINK_ACTIONS, OBJECT_ACTIONS, CheckedSteps

_NAMING_ACTIONS = OBJECT_ACTIONS | LINK_ACTIONS | {"delete"}


def missing_attributes(attributes: AttributeSet, steps: CheckedSteps) -> list[Attribute]:
    """The attributes that steps use and the app lacks, in the order of their creation.

    Those of all lookups come first; then, step by step, the `id` of the namespace and the labels.
    """
    needs = _Needs(attributes)
    for step in () if steps.are_plain else steps.listed:
        action = step[0]
        if action in _NAMING_ACTIONS:
            needs.of_entity(step[1], step[2])
            if action == "link":
                needs.of_link_lookups(step[1], step[3])
    for step in steps.listed:
        action = step[0]
        if action in OBJECT_ACTIONS:
            needs.of_labels(step[1], step[3], links=False)
        elif action in LINK_ACTIONS:
            needs.of_labels(step[1], step[3], links=True)
    return needs.made


def refuse_missing(steps: CheckedSteps, missing: Sequence[Attribute]) -> None:
    """Refuse to make attributes on the fly.

    Raises:
        Refusal: There are some to make.
    """
    if missing:
        names = [f"{attribute.etype}.{attribute.label}" for attribute in missing]
        entry = {"message": "Attributes are missing in your schema", "hint": {"attributes": names}}
        raise validation_failed("steps", steps.listed, [entry])


class _Needs:
    """The attributes to make, as far as they are known."""

    def __init__(self, attributes: AttributeSet) -> None:
        self._attributes = attributes
        self.made: list[Attribute] = []
        self._forward: dict[tuple[str, str], Attribute] = {}
        self._reverse: dict[tuple[str, str], Attribute] = {}
        self._seen: set[tuple[str, bool, tuple[str, ...]]] = set()
        """Forms of steps that have been looked at: large calls repeat a few."""

    def of_entity(self, etype: str, reference: object) -> None:
        """The attribute of a lookup: unique and indexed; through a link, that link."""
        if not is_lookup_form(reference):
            return
        name, _ = read_form(reference)
        if self._find(etype, name) is not None:
            return
        label = link_label(name)
        if label is not None:
            if self._find(etype, label) is None:
                self._make_unique_link(etype, label)
        elif "." not in name:
            self._make(etype, name, unique=True, indexed=True)

    def of_link_lookups(self, etype: str, links: dict[str, Any]) -> None:
        """What a link by lookups needs: the link itself, and the attributes at its other end."""
        for label, value in links.items():
            if label == ID_LABEL or (isinstance(value, str) and not is_lookup_form(value)):
                continue
            lookups = [item for item in link_targets(value) if is_lookup_form(item)]
            if not lookups:
                continue
            # Surprise: a link made so is has-one at both ends (recording tx_link_lookup_list_makes_link).
            link = self._find(etype, label) or self._make_unique_link(etype, label)
            target = other_etype(link, etype, label)
            if target is not None:
                for lookup in lookups:
                    self.of_entity(target, lookup)

    def of_labels(self, etype: str, labelled: dict[str, Any], *, links: bool) -> None:
        """The `id` of a namespace, and plain values or links."""
        form = etype, links, tuple(labelled)
        if form in self._seen:
            return
        self._seen.add(form)
        if self._find_forward(etype, ID_LABEL) is None:
            self._make(etype, ID_LABEL, unique=True)
        for label in labelled:
            if links:
                if self._find(etype, label) is None:
                    self._make_link(etype, label, cardinality="many")
            elif self._find_forward(etype, label) is None:
                self._make(etype, label)

    def _find(self, etype: str, label: str) -> Attribute | None:
        return (
            self._find_forward(etype, label)
            or self._attributes.reverse(etype, label)
            or self._reverse.get((etype, label))
        )

    def _find_forward(self, etype: str, label: str) -> Attribute | None:
        return self._attributes.forward(etype, label) or self._forward.get((etype, label))

    def _make_unique_link(self, etype: str, label: str) -> Attribute:
        return self._make_link(etype, label, cardinality="one", unique=True, indexed=True)

    def _make_link(self, etype: str, label: str, **flags: Any) -> Attribute:
        return self._make(etype, label, value_type="ref", reverse=Identity(str(uuid4()), label, etype), **flags)

    def _make(self, etype: str, label: str, **flags: Any) -> Attribute:
        made = Attribute(str(uuid4()), Identity(str(uuid4()), etype, label), **flags)
        self.made.append(made)
        self._forward[etype, label] = made
        if made.reverse is not None:
            self._reverse[made.reverse.etype, made.reverse.label] = made
        return made


def link_targets(value: object) -> list[Any]:
    """The targets that a link value lists; an object is read pair by pair."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return [list(pair) for pair in cast("dict[str, Any]", value).items()]
    return [value]


def other_etype(link: Attribute, etype: str, label: str) -> str | None:
    """The namespace at the other end of a link that is known by a label of `etype`; None for a plain value."""
    if link.reverse is None:
        return None
    return link.reverse.etype if (link.etype, link.label) == (etype, label) else link.etype
