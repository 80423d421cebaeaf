"""Steps to operations: what each step writes, links or removes, in the order of the steps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from instant_admin.local.attributes import ID_LABEL, Attribute, AttributeSet
from instant_admin.local.errors import validation_failed
from instant_admin.local.schema.definitions import definition_fault, definition_of
from instant_admin.local.store.stored_value import as_stored, is_uuid
from instant_admin.local.transact.inference import link_targets, other_etype
from instant_admin.local.transact.lookups import Lookup, build_lookup, is_lookup_form
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
from instant_admin.local.transact.shape import LINK_ACTIONS, OBJECT_ACTIONS


def expand(attributes: AttributeSet, steps: Sequence[list[Any]], missing: Sequence[Attribute]) -> list[Operation]:
    """The operations of a transaction: the attributes it makes on the fly, then step by step.

    Args:
        attributes: The app's, those made on the fly included.
        steps: In sound shape.
        missing: The attributes made on the fly.

    Raises:
        Refusal: A lookup cannot be used, an id or a definition is malformed, or an action is not supported.
    """
    expansion = _Expansion(attributes)
    expansion.operations += [AddAttributeOperation(definition_of(attribute)) for attribute in missing]
    for step in steps:
        expansion.add(step)
    check_operations(expansion.operations)
    return expansion.operations


def check_operations(operations: Sequence[Operation]) -> None:
    """Look at the ids of entities and attributes, and at the definitions of attributes.

    Raises:
        Refusal: One is malformed.
    """
    _check_ids(operations)
    _check_definitions(operations)


class _Expansion:
    """The operations of the steps so far."""

    def __init__(self, attributes: AttributeSet) -> None:
        self.operations: list[Operation] = []
        self._attributes = attributes
        self._named: dict[tuple[str, tuple[str, ...]], list[Attribute]] = {}
        """Attributes by namespace and labels: large calls repeat a few."""

    def add(self, step: list[Any]) -> None:
        """Expand a step."""
        action = step[0]
        if action == "add-attr":
            self.operations.append(AddAttributeOperation(as_stored(step[1])))
        elif action == "delete-attr":
            self.operations.append(DeleteAttributeOperation(as_stored(step[1])))
        elif action == "update-attr":
            entry = {"message": "Unsupported action update-attr", "hint": {"value": action}}
            raise validation_failed("action", action, [entry])
        else:
            self._add_entity_step(*step)

    def _add_entity_step(self, action: str, etype: str, form: object, argument: Any = None, *rest: Any) -> None:
        entity = self._reference(etype, form)
        step = Step(action, etype, entity, action in ("update", "merge") and bool(rest) and _is_strict(rest[0]))
        if action == "delete":
            self.operations.append(DeleteOperation(etype, entity, step))
        elif action == "ruleParams":
            params = {key: value for key, value in as_stored(argument).items() if key != ID_LABEL}
            self.operations.append(RuleParamsOperation(etype, entity, params))
        elif action in OBJECT_ACTIONS:
            self._add_values(step, argument)
        else:
            assert action in LINK_ACTIONS, "no other action has a sound shape"
            self._add_links(step, argument)

    def _add_values(self, step: Step, values: dict[str, Any]) -> None:
        self._add_id(step)
        if ID_LABEL in values:
            values = {label: value for label, value in values.items() if label != ID_LABEL}
        kind, entity, add = MERGE if step.action == "merge" else ADD, step.entity, self.operations.append
        for attribute, value in zip(self._attributes_of(step.etype, tuple(values)), values.values(), strict=True):
            add(ValueOperation(kind, entity, attribute, as_stored(value), step))

    def _add_links(self, step: Step, links: dict[str, Any]) -> None:
        if isinstance(step.entity, Lookup):
            # Unlike an id, a lookup makes its entity: recording tx_link_missing_entity_lookup.
            self._add_id(step)
        kind = ADD if step.action == "link" else RETRACT
        for label, value in links.items():
            if label == ID_LABEL:
                continue
            attribute = self._attributes.named(step.etype, label)
            assert attribute is not None, "a missing one has been made"
            is_forward = attribute.etype == step.etype and attribute.label == label
            target_etype = other_etype(attribute, step.etype, label)
            for form in link_targets(value):
                target = self._target(target_etype, form)
                ends = (step.entity, target) if is_forward else (_as_id(target), step.entity)
                self.operations.append(ValueOperation(kind, ends[0], attribute, ends[1], step))

    def _target(self, etype: str | None, form: object) -> object:
        """The other end of a link: a reference, or a scalar, which is no id but has passed the shape check in a list of
        two whose first item is a text (`["a", 5]` looks like a lookup)."""
        return self._reference(etype, form) if isinstance(form, str | list | dict) else form

    def _add_id(self, step: Step) -> None:
        (attribute,) = self._attributes_of(step.etype, (ID_LABEL,))
        self.operations.append(ValueOperation(ADD, step.entity, attribute, step.entity, step))

    def _attributes_of(self, etype: str, labels: tuple[str, ...]) -> list[Attribute]:
        found = self._named.get((etype, labels))
        if found is None:
            found = self._named[etype, labels] = []
            for label in labels:
                attribute = self._attributes.forward(etype, label)
                assert attribute is not None, "a missing one has been made"
                found.append(attribute)
        return found

    def _reference(self, etype: str | None, form: object) -> Reference:
        stored = as_stored(form)
        if isinstance(stored, str) and not is_lookup_form(stored):
            return stored
        lookup = build_lookup(self._attributes, etype or "", stored)
        value = as_stored(lookup.value)
        if value == lookup.value:
            return lookup
        return build_lookup(self._attributes, etype or "", [lookup.attribute.label, value])


def _as_id(target: object) -> Reference:
    """A target as holder of a link that is stored at its end; a scalar is refused there, as an id."""
    return target if isinstance(target, str | Lookup) else json.dumps(target)


def _is_strict(options: Any) -> bool:
    return options is not None and options.get("upsert") is False


def _check_ids(operations: Sequence[Operation]) -> None:
    sound: set[Reference] = set()
    for number, operation in enumerate(operations):
        if isinstance(operation, ValueOperation) and operation.entity in sound:
            continue
        if isinstance(operation, DeleteAttributeOperation | RestoreAttributeOperation):
            if not is_uuid(operation.attribute_id):
                raise _refused(operations, {"expected": "uuid?", "in": [number, 1]})
        elif isinstance(operation, UpdateAttributeOperation):
            if not is_uuid(operation.changes.get("id")):
                raise _refused(operations, {"expected": "uuid?", "in": [number, 1, "id"]})
        elif not isinstance(operation, AddAttributeOperation) and operation.entity not in sound:
            message = _id_fault(operation.entity)
            if message is not None:
                raise _refused(operations, {"message": message, "in": [number, 1]})
            sound.add(operation.entity)


def _id_fault(entity: Reference) -> str | None:
    if isinstance(entity, str):
        return None if is_uuid(entity) else f"Invalid entity ID '{entity}'. Entity IDs must be UUIDs."
    if entity.attribute.is_id and not is_uuid(entity.value):
        return (
            f"Invalid lookup '{entity.value}'. The lookup attribute is '{entity.etype}.id',"
            " but the lookup value is not a valid UUID."
        )
    return None


def _check_definitions(operations: Sequence[Operation]) -> None:
    faults = [
        fault
        for number, operation in enumerate(operations)
        if isinstance(operation, AddAttributeOperation)
        and (fault := definition_fault(number, operation.definition)) is not None
    ]
    if faults:
        deepest = max(len(fault.place) for fault in faults)
        told = [fault for fault in faults if len(fault.place) == deepest][-1]
        raise _refused(operations, {"expected": told.expected, "in": list(told.place)})


def _refused(operations: Sequence[Operation], entry: dict[str, Any]) -> Exception:
    return validation_failed("tx-steps", [operation.shown() for operation in operations], [entry])
