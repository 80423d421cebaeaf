"""Steps to operations: what each step writes, links or removes, in the order of the steps."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from instant_admin.local.attributes import ID_LABEL, Attribute, AttributeSet
from instant_admin.local.errors import validation_failed
from instant_admin.local.schema.definitions import definition_fault, definition_of
from instant_admin.local.store.stored_value import as_stored, is_uuid
from instant_admin.local.transact.inference import link_targets, other_etype
from instant_admin.local.transact.lookups import Lookup, build_lookup
from instant_admin.local.transact.operations import (
    ADD,
    MERGE,
    RETRACT,
    AddAttributeOperation,
    DeleteAttributeOperation,
    DeleteOperation,
    Operation,
    Reference,
    RestoreAttributeOperation,
    RuleParamsOperation,
    Step,
    UpdateAttributeOperation,
    ValueOperation,
)
from instant_admin.local.transact.shape import LINK_ACTIONS, LOOKUP_PREFIX, OBJECT_ACTIONS, CheckedSteps

_OPTIONS = 4
"""Where a step has its options."""
_REFERENCE_FORMS = (str, list, dict)
"""Anything else is no reference, but a list of two whose first item is a text looks like a lookup to the shape check,
whatever the second is."""
_MAY_BE_STRICT = frozenset({"update", "merge"})


def expand(attributes: AttributeSet, steps: CheckedSteps, missing: Sequence[Attribute]) -> list[Operation]:
    """The operations of a transaction: the attributes it makes on the fly, then step by step.

    Args:
        attributes: The app's, those made on the fly included.
        steps: All of the transaction.
        missing: The attributes made on the fly.

    Raises:
        Refusal: A lookup cannot be used, an id or a definition is malformed, or an action is not supported.
    """
    expansion = _Expansion(attributes, are_ids=steps.are_plain)
    expansion.operations += [AddAttributeOperation(definition_of(attribute)) for attribute in missing]
    for step in steps.listed:
        expansion.add(step)
    check_operations(expansion.operations, are_sound=steps.are_plain)
    return expansion.operations


def check_operations(operations: Sequence[Operation], *, are_sound: bool = False) -> None:
    """Look at the ids of entities and attributes, and at the definitions of attributes.

    Args:
        operations: All of a transaction.
        are_sound: Whether it is known that the entities of values have sound ids.

    Raises:
        Refusal: One is malformed.
    """
    others = [pair for pair in enumerate(operations) if not isinstance(pair[1], ValueOperation)]
    if not are_sound:
        entities = {operation.entity for operation in operations if isinstance(operation, ValueOperation)}
        are_sound = all(_id_fault(entity) is None for entity in entities)
    _check_ids(operations, others if are_sound else enumerate(operations))
    _check_definitions(operations, others)


class _LinkEnd(NamedTuple):
    """What a label means in a link step."""

    attribute: Attribute
    is_forward: bool
    """Whether the link is stored at this end."""
    other: str | None
    """The namespace at the other end."""


class _Expansion:
    """The operations of the steps so far."""

    def __init__(self, attributes: AttributeSet, *, are_ids: bool) -> None:
        self.operations: list[Operation] = []
        self._attributes = attributes
        self._are_ids = are_ids
        """Whether all references are ids as they are stored."""
        self._links: dict[tuple[str, str], _LinkEnd] = {}
        """By namespace and label: large calls repeat a few."""

    def add(self, step: list[Any]) -> None:
        """Expand a step."""
        action = step[0]
        if action in OBJECT_ACTIONS:
            self._add_values(self._step(step), step[3])
        elif action in LINK_ACTIONS:
            self._add_links(self._step(step), step[3])
        elif action == "delete":
            deletion = self._step(step)
            self.operations.append(DeleteOperation(deletion.etype, deletion.entity, deletion))
        elif action == "ruleParams":
            params = {key: value for key, value in as_stored(step[3]).items() if key != ID_LABEL}
            self.operations.append(RuleParamsOperation(step[1], self._reference(step[1], step[2]), params))
        elif action == "add-attr":
            self.operations.append(AddAttributeOperation(as_stored(step[1])))
        elif action == "delete-attr":
            self.operations.append(DeleteAttributeOperation(as_stored(step[1])))
        else:
            assert action == "update-attr", "no other action has a sound shape"
            entry = {"message": "Unsupported action update-attr", "hint": {"value": action}}
            raise validation_failed("action", action, [entry])

    def _step(self, step: list[Any]) -> Step:
        action, etype = step[0], step[1]
        is_strict = len(step) > _OPTIONS and action in _MAY_BE_STRICT and _is_strict(step[_OPTIONS])
        return Step(action, etype, self._reference(etype, step[2]), is_strict)

    def _add_values(self, step: Step, values: dict[str, Any]) -> None:
        attributes = self._attributes.labelled(step.etype)
        kind, entity, add = MERGE if step.action == "merge" else ADD, step.entity, self.operations.append
        add(ValueOperation(ADD, entity, attributes[ID_LABEL], entity, step))
        for label, value in values.items():
            if label != ID_LABEL:
                add(ValueOperation(kind, entity, attributes[label], as_stored(value), step))

    def _add_links(self, step: Step, links: dict[str, Any]) -> None:
        if isinstance(step.entity, Lookup):
            # Unlike an id, a lookup makes its entity: recording tx_link_missing_entity_lookup.
            id_attribute = self._attributes.labelled(step.etype)[ID_LABEL]
            self.operations.append(ValueOperation(ADD, step.entity, id_attribute, step.entity, step))
        kind = ADD if step.action == "link" else RETRACT
        for label, value in links.items():
            if label == ID_LABEL:
                continue
            link, is_forward, target_etype = self._link_end(step.etype, label)
            for form in link_targets(value):
                target = self._reference(target_etype, form) if isinstance(form, _REFERENCE_FORMS) else form
                holder, held = (step.entity, target) if is_forward else (_as_id(target), step.entity)
                self.operations.append(ValueOperation(kind, holder, link, held, step))

    def _link_end(self, etype: str, label: str) -> _LinkEnd:
        found = self._links.get((etype, label))
        if found is None:
            attribute = self._attributes.named(etype, label)
            assert attribute is not None, "a missing one has been made"
            is_forward = attribute.etype == etype and attribute.label == label
            found = self._links[etype, label] = _LinkEnd(attribute, is_forward, other_etype(attribute, etype, label))
        return found

    def _reference(self, etype: str | None, form: Any) -> Reference:
        if self._are_ids or (isinstance(form, str) and not form.startswith(LOOKUP_PREFIX)):
            id: str = form if self._are_ids else as_stored(form)
            return id
        return build_lookup(self._attributes, etype or "", as_stored(form))


def _as_id(target: object) -> Reference:
    """A target as holder of a link that is stored at its end; a scalar is refused there, as an id."""
    return target if isinstance(target, (str, Lookup)) else json.dumps(target)


def _is_strict(options: Any) -> bool:
    return options is not None and options.get("upsert") is False


def _check_ids(operations: Sequence[Operation], checked: Iterable[tuple[int, Operation]]) -> None:
    for number, operation in checked:
        if isinstance(operation, DeleteAttributeOperation | RestoreAttributeOperation):
            if not is_uuid(operation.attribute_id):
                raise _refused(operations, {"expected": "uuid?", "in": [number, 1]})
        elif isinstance(operation, UpdateAttributeOperation):
            if not is_uuid(operation.changes.get("id")):
                raise _refused(operations, {"expected": "uuid?", "in": [number, 1, "id"]})
        elif not isinstance(operation, AddAttributeOperation):
            message = _id_fault(operation.entity)
            if message is not None:
                raise _refused(operations, {"message": message, "in": [number, 1]})


def _id_fault(entity: Reference) -> str | None:
    if isinstance(entity, str):
        return None if is_uuid(entity) else f"Invalid entity ID '{entity}'. Entity IDs must be UUIDs."
    if entity.attribute.is_id and not is_uuid(entity.value):
        return (
            f"Invalid lookup '{entity.value}'. The lookup attribute is '{entity.etype}.id',"
            " but the lookup value is not a valid UUID."
        )
    return None


def _check_definitions(operations: Sequence[Operation], checked: Iterable[tuple[int, Operation]]) -> None:
    faults = [
        fault
        for number, operation in checked
        if isinstance(operation, AddAttributeOperation)
        and (fault := definition_fault(number, operation.definition)) is not None
    ]
    if faults:
        deepest = max(len(fault.place) for fault in faults)
        told = [fault for fault in faults if len(fault.place) == deepest][-1]
        raise _refused(operations, {"expected": told.expected, "in": list(told.place)})


def _refused(operations: Sequence[Operation], entry: dict[str, Any]) -> Exception:
    return validation_failed("tx-steps", [operation.shown() for operation in operations], [entry])
