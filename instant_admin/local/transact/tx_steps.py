"""The steps that sessions send: operations themselves, with ids of attributes where admin steps have names.

    ["add-triple", entity, attribute id, value, {"mode": "create" | "update"}?]
    ["deep-merge-triple", entity, attribute id, value, {"mode": ...}?]
    ["retract-triple", entity, attribute id, value]
    ["delete-entity", entity, namespace?]
    ["rule-params", entity, namespace, params]
    ["add-attr", definition]  ["update-attr", changes]  ["delete-attr", id]  ["restore-attr", id]

An entity, and the value of a link, is an id or a lookup `[attribute id, value]`. Evidence: recordings
live_session_transact, live_session_guest; server contract, realtime 3.3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from instant_admin.local.attributes import Attribute, AttributeSet
from instant_admin.local.errors import Refusal, validation_failed
from instant_admin.local.schema.definitions import definition_fault, read_definition
from instant_admin.local.schema.refusals import lookup_refused
from instant_admin.local.store.equality import equality_key
from instant_admin.local.store.stored_value import as_stored
from instant_admin.local.store.units import WriteUnit
from instant_admin.local.transact.expand import check_operations
from instant_admin.local.transact.lookups import Lookup
from instant_admin.local.transact.operations import (
    ADD,
    ADD_ATTRIBUTE,
    DELETE,
    DELETE_ATTRIBUTE,
    MERGE,
    RESTORE_ATTRIBUTE,
    RETRACT,
    RULE_PARAMS,
    UPDATE_ATTRIBUTE,
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

_PAIR = 2
_Part = Callable[[object], bool]


class _Shape(NamedTuple):
    """What the elements of a step must be, behind its name."""

    parts: tuple[tuple[str, _Part], ...]
    """The server's predicate and our own for each."""
    required: int


def read_tx_steps(unit: WriteUnit, steps: object) -> list[Operation]:
    """The operations that steps are.

    Raises:
        Refusal: They are no list, one is malformed, or it names an attribute that does not exist.
    """
    if not isinstance(steps, list):
        raise validation_failed("tx-steps", steps, [{"expected": "coll?", "in": []}])
    given = cast("list[Any]", as_stored(steps))
    for number, step in enumerate(given):
        _check_shape(given, number, step)
    attributes = unit.attributes.added(_made(given, unit.attributes))
    reading = _Reading(unit, attributes, given)
    operations = [operation for number, step in enumerate(given) for operation in reading.read(number, step)]
    check_operations(operations)
    return operations


def _check_shape(steps: Sequence[Any], number: int, step: object) -> None:
    if not isinstance(step, list):
        raise _refused(steps, "coll?", number)
    name, *rest = step or [None]
    shape = _SHAPES.get(name) if isinstance(name, str) else None
    if shape is None:
        raise _refused(steps, [RESTORE_ATTRIBUTE], number, 0)
    if len(rest) < shape.required:
        raise _refused(steps, shape.parts[len(rest)][0], number)
    if len(rest) > len(shape.parts):
        raise _refused(steps, [name], number, 0)
    for position, (part, (expected, is_sound)) in enumerate(zip(rest, shape.parts, strict=False), start=1):
        if not is_sound(part):
            raise _refused(steps, expected, number, position)


def _made(steps: Sequence[list[Any]], attributes: AttributeSet) -> list[Attribute]:
    """The attributes that the steps make themselves, as far as their definitions are sound."""
    definitions = [step[1] for step in steps if step[0] == ADD_ATTRIBUTE]
    sound = [definition for definition in definitions if definition_fault(0, definition) is None]
    return [read_definition(definition) for definition in sound if attributes.by_id(definition["id"]) is None]


class _Reading:
    """Steps in sound shape among the attributes."""

    def __init__(self, unit: WriteUnit, attributes: AttributeSet, steps: Sequence[list[Any]]) -> None:
        self._unit = unit
        self._attributes = attributes
        self._steps = steps

    def read(self, number: int, step: list[Any]) -> list[Operation]:
        """The operations of one step."""
        name = step[0]
        if name in (ADD, MERGE, RETRACT):
            return [self._value(number, *step)]
        if name == DELETE:
            return self._delete(number, *step[1:])
        if name == RULE_PARAMS:
            entity, etype, params = step[1:]
            return [RuleParamsOperation(etype, self._reference(number, 1, entity), params)]
        return [_ATTRIBUTE_OPERATIONS[name](step[1])]

    def _value(
        self, number: int, name: str, form: object, attribute_id: str, value: Any, options: Any = None
    ) -> ValueOperation:
        attribute = self._attribute(number, 2, attribute_id)
        entity = self._reference(number, 1, form)
        mode = (options or {}).get("mode")
        step = Step("create" if mode == "create" else "update", attribute.etype, entity, mode == "update")
        target = self._reference(number, 3, value) if attribute.is_link and _is_lookup(value) else value
        return ValueOperation(name, entity, attribute, target, step)

    def _delete(self, number: int, form: object, etype: str | None = None) -> list[Operation]:
        """Without a namespace the entity is deleted in all where it is."""
        entity = self._reference(number, 1, form)
        if etype is not None:
            etypes = [etype]
        elif isinstance(entity, Lookup):
            etypes = [entity.etype]
        else:
            rows = self._unit.db.execute(
                "SELECT etype FROM entity WHERE app = ? AND id = ? ORDER BY etype", (self._unit.app.key, entity)
            )
            etypes = [found for (found,) in rows]
        return [DeleteOperation(found, entity, Step("delete", found, entity)) for found in etypes]

    def _reference(self, number: int, position: int, form: Any) -> Reference:
        if isinstance(form, str):
            return form
        attribute = self._attribute(number, position, form[0])
        if not attribute.unique:
            raise lookup_refused(f"{attribute.label} is not a unique attribute on {attribute.etype}", form)
        return Lookup(attribute, form[1], attribute.id, equality_key(form[1]))

    def _attribute(self, number: int, position: int, id: str) -> Attribute:
        attribute = self._attributes.by_id(id)
        if attribute is None:
            entry = {"message": f"There is no attribute {id}.", "in": [number, position]}
            raise validation_failed("tx-steps", self._steps, [entry])
        return attribute


def _refused(steps: Sequence[Any], expected: object, *place: int) -> Refusal:
    return validation_failed("tx-steps", steps, [{"expected": expected, "in": list(place)}])


def _is_text(part: object) -> bool:
    return isinstance(part, str)


def _is_lookup(part: object) -> bool:
    return isinstance(part, list) and len(part) == _PAIR and isinstance(part[0], str)


def _is_entity(part: object) -> bool:
    return isinstance(part, str) or _is_lookup(part)


def _is_object(part: object) -> bool:
    return isinstance(part, Mapping)


def _is_object_or_null(part: object) -> bool:
    return part is None or isinstance(part, Mapping)


def _is_text_or_null(part: object) -> bool:
    return part is None or isinstance(part, str)


def _is_anything(_: object) -> bool:
    return True


_TRIPLE = (("instant.db.model.triple/lookup", _is_entity), ("uuid?", _is_text), ("any?", _is_anything))
_OPTIONS = ("map?", _is_object_or_null)
_ENTITY = _TRIPLE[0]
_SHAPES: dict[str, _Shape] = {
    ADD: _Shape((*_TRIPLE, _OPTIONS), 3),
    MERGE: _Shape((*_TRIPLE, _OPTIONS), 3),
    RETRACT: _Shape(_TRIPLE, 3),
    DELETE: _Shape((_ENTITY, ("string?", _is_text_or_null)), 1),
    RULE_PARAMS: _Shape((_ENTITY, ("string?", _is_text), ("map?", _is_object)), 3),
    ADD_ATTRIBUTE: _Shape((("map?", _is_object),), 1),
    UPDATE_ATTRIBUTE: _Shape((("map?", _is_object),), 1),
    DELETE_ATTRIBUTE: _Shape((("uuid?", _is_text),), 1),
    RESTORE_ATTRIBUTE: _Shape((("uuid?", _is_text),), 1),
}
_ATTRIBUTE_OPERATIONS: dict[str, Callable[[Any], Operation]] = {
    ADD_ATTRIBUTE: AddAttributeOperation,
    UPDATE_ATTRIBUTE: UpdateAttributeOperation,
    DELETE_ATTRIBUTE: DeleteAttributeOperation,
    RESTORE_ATTRIBUTE: RestoreAttributeOperation,
}
