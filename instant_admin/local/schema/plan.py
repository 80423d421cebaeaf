"""Planning: the steps from the attributes that are there to a pushed schema. Nothing is ever deleted or renamed.

The order of steps is the server's: `id` attributes of new namespaces, plain attributes in the order given (of each:
index, unique, required, type), then links (recordings sch_plan_new, sch_plan_no_effect).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from instant_admin.local.attributes import CASCADE, ID_LABEL, Attribute, AttributeSet
from instant_admin.local.errors import validation_failed
from instant_admin.local.schema.compiled import LinkNames, bracketed, compiled, is_visible, names_of, shown
from instant_admin.local.schema.pushed import Pushed, PushedLink, PushedValue, read_pushed

Step = list[Any]
"""`[operation, parameters]`, as plans show it and `apply` does it."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a push wants beside its schema."""

    check_types: bool
    """Whether types are enforced; if not, they are neither set nor changed."""
    background: bool
    """Whether changed flags are jobs; if not, they are changed at once."""


def plan(attributes: AttributeSet, schema: object, options: Options) -> dict[str, Any]:
    """The plan as replies show it.

    Args:
        attributes: Those that are there.
        schema: The pushed schema, as sent.
        options: See there.

    Raises:
        Refusal: The schema cannot be read, or it conflicts with itself or with what is there.
    """
    pushed = read_pushed(schema, [attribute for attribute in attributes if attribute.is_system])
    return {
        "new-schema": pushed.shown(),
        "current-schema": compiled(attributes, bracketed),
        "current-attrs": [shown(attribute) for attribute in attributes],
        "steps": _Planner(attributes, options).steps(pushed),
    }


class _Planner:
    """The attributes as planning sees them: by name, without the hidden ones of the system."""

    def __init__(self, attributes: AttributeSet, options: Options) -> None:
        visible = [attribute for attribute in attributes if is_visible(attribute)]
        self._options = options
        self._values = {(a.etype, a.label): a for a in visible if not a.is_link}
        self._links: dict[LinkNames, Attribute] = {names_of(a): a for a in visible if a.is_link}
        self._ends = {end for names in self._links for end in (names[:2], names[2:])}
        """Namespace and label of each end of a link."""

    def steps(self, pushed: Pushed) -> list[Step]:
        """The steps to a pushed schema.

        Raises:
            Refusal: There is a conflict.
        """
        _refuse(_bad_cascade(link) for link in pushed.links)
        wanted: list[PushedValue | PushedLink] = [*pushed.plain(), *pushed.links]
        _refuse(map(self._duplicate, wanted))
        steps = [_add_id(etype) for etype in pushed.values if (etype, ID_LABEL) not in self._values]
        for value in pushed.plain():
            steps += self._value_steps(value)
        for link in pushed.links:
            steps += self._link_steps(link)
        return steps

    def _duplicate(self, wanted: PushedValue | PushedLink) -> str | None:
        """What is wrong with the names of something new: that a link ends at a plain attribute goes unseen."""
        if isinstance(wanted, PushedValue):
            name: LinkNames = (wanted.etype, wanted.label)
            is_taken = name in self._ends
        else:
            name = wanted.names[:2]
            is_taken = wanted.names not in self._links and (
                name in self._values or name in self._ends or wanted.names[2:] in self._ends
            )
        if not is_taken:
            return None
        return f"{name[0]}->{name[1]}: Duplicate entry found for attribute. Another one has this name already."

    def _value_steps(self, wanted: PushedValue) -> Iterator[Step]:
        there = self._values.get((wanted.etype, wanted.label))
        if there is None:
            yield ["add-attr", self._new_value(wanted)]
            return
        if self._options.background:
            yield from _flag_jobs(there, wanted)
        elif (there.indexed, there.unique, bool(there.required)) != (wanted.indexed, wanted.unique, wanted.required):
            yield ["update-attr", {"id": there.id, "forward-identity": there.forward, **_described(wanted)}]
        if self._options.check_types and there.checked_data_type != wanted.data_type:
            if wanted.data_type is None:
                yield _job("remove-data-type", there)
            else:
                yield _job("check-data-type", there, wanted.data_type)

    def _new_value(self, wanted: PushedValue) -> dict[str, Any]:
        definition = {"id": _new_id(), "forward-identity": [_new_id(), *wanted[:2]], **_described(wanted)}
        if self._options.check_types and wanted.data_type is not None:
            definition["checked-data-type"] = wanted.data_type
        return definition

    def _link_steps(self, wanted: PushedLink) -> Iterator[Step]:
        there = self._links.get(wanted.names)
        if there is None:
            forward, reverse = [_new_id(), *wanted.names[:2]], [_new_id(), *wanted.names[2:]]
            yield ["add-attr", _described_link(wanted, _new_id(), forward, reverse)]
            return
        is_required, background = bool(there.required), self._options.background
        present = (there.cardinality, there.unique, there.on_delete, there.on_delete_reverse)
        future = (wanted.cardinality, wanted.unique, wanted.on_delete, wanted.on_delete_reverse)
        if present != future or (not background and is_required != wanted.required):
            at_once = wanted._replace(required=is_required if background else wanted.required)
            yield ["update-attr", _described_link(at_once, there.id, there.forward, there.reverse)]
        if background and is_required != wanted.required:
            yield _job("required" if wanted.required else "remove-required", there)


def _refuse(messages: Iterable[str | None]) -> None:
    entries = [{"in": ["schema"], "message": message} for message in messages if message is not None]
    if entries:
        raise validation_failed("schema", "plan", entries)


def _bad_cascade(link: PushedLink) -> str | None:
    """What is wrong with the cascades of a link: each needs `has: one` on its own side."""
    ends = (("forward", link.on_delete, link.cardinality == "one"), ("reverse", link.on_delete_reverse, link.unique))
    for end, rule, has_one in ends:
        if rule == CASCADE and not has_one:
            return f"{bracketed(link.names)}: `onDelete: cascade` needs `has: one` on the {end} side."
    return None


def _flag_jobs(there: Attribute, wanted: PushedValue) -> Iterator[Step]:
    if there.indexed != wanted.indexed:
        yield _job("index" if wanted.indexed else "remove-index", there)
    if there.unique != wanted.unique:
        yield _job("unique" if wanted.unique else "remove-unique", there)
    if bool(there.required) != wanted.required:
        yield _job("required" if wanted.required else "remove-required", there)


def _job(operation: str, attribute: Attribute, data_type: str | None = None) -> Step:
    parameters: dict[str, Any] = {"attr-id": attribute.id, "forward-identity": attribute.forward}
    if data_type is not None:
        parameters["checked-data-type"] = data_type
    return [operation, parameters]


def _described(wanted: PushedValue) -> dict[str, Any]:
    return {
        "value-type": "blob",
        "cardinality": "one",
        "unique?": wanted.unique,
        "index?": wanted.indexed,
        "required?": wanted.required,
    }


def _described_link(wanted: PushedLink, id: str, forward: object, reverse: object) -> dict[str, Any]:
    return wanted.shown() | {"id": id, "forward-identity": forward, "reverse-identity": reverse}


def _add_id(etype: str) -> Step:
    definition = {
        "id": _new_id(),
        "forward-identity": [_new_id(), etype, ID_LABEL],
        "value-type": "blob",
        "cardinality": "one",
        "unique?": True,
        "index?": False,
    }
    return ["add-attr", definition]


def _new_id() -> str:
    return str(uuid4())
