"""The shape of steps: what is checked before anything else is looked at.

The server tells one fault of a whole call, by the name of its own predicate and the place of what fails it: the deepest
one in its grammar, of equally deep ones the last (recordings tx_malformed_*).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from typing import Any, NamedTuple, cast

from instant_admin.local.coerce import UUID_LENGTH, are_canonical_uuids, canonical_uuid
from instant_admin.local.errors import bad_request, validation_failed

LOOKUP_PREFIX = "lookup__"
OBJECT_ACTIONS = frozenset({"create", "update", "merge"})
LINK_ACTIONS = frozenset({"link", "unlink"})
ENTITY_ACTIONS = OBJECT_ACTIONS | LINK_ACTIONS | {"delete", "ruleParams"}

_PAIR = 2
_ETYPE, _ENTITY, _ARGUMENT, _OPTIONS = 1, 2, 3, 4
_LONGEST = {"create": 4, "link": 4, "unlink": 4, "ruleParams": 4, "update": 5, "merge": 5}

_IS_STEP = ["fn", ["%"], ["or", ["nil?", "%"], ["sequential?", "%"]]]
_NO_ALTERNATIVE = ["delete-attr"]
_LOOKUP = "instant.admin.model/lookup"
_LOOKUP_FORM = "instant.admin.model/lookup?"
_LINKS = "instant.admin.model/link-map"


class _Depth(IntEnum):
    """How deep in the server's grammar a fault is."""

    NO_LIST = 0
    NO_STEP = 1
    ELEMENT = 2
    ALTERNATIVE = 3
    INNER_ELEMENT = 4
    LINK = 5
    LINK_ITEM = 6


class _Fault(NamedTuple):
    place: tuple[object, ...]
    expected: object
    depth: _Depth


class CheckedSteps(NamedTuple):
    """Steps of sound shape."""

    listed: list[list[Any]]
    are_plain: bool
    """Whether all write values or links of entities, and name these by ids as they are stored. Nearly all do, and
    large calls need not look for anything else."""


def check_shape(steps: object) -> CheckedSteps:
    """The steps of a transaction, each known to be well-formed.

    Args:
        steps: A list, or an object, which counts as the list of its pairs.

    Raises:
        Refusal: Some step is malformed.
    """
    if isinstance(steps, Mapping):
        listed: list[Any] = [list(pair) for pair in cast("Mapping[str, Any]", steps).items()]
    else:
        listed = cast("list[Any]", steps)
    if _are_plain(listed):
        return CheckedSteps(listed, are_plain=True)
    _check_entity_ids(listed)
    fault = _fault_to_tell(listed)
    if fault is not None:
        raise validation_failed("steps", listed, [{"expected": fault.expected, "in": list(fault.place)}])
    for step in listed:
        _check_delete_argument(step)
    return CheckedSteps(listed, are_plain=False)


def _are_plain(steps: Sequence[object]) -> bool:
    ids: list[object] = []
    for step in steps:
        if not isinstance(step, list) or len(step) != _OPTIONS:
            return False
        action, etype, entity, argument = step
        if not (isinstance(action, str) and isinstance(etype, str) and isinstance(argument, dict)):
            return False
        ids.append(entity)
        if action in LINK_ACTIONS:
            ids += argument.values()
        elif action not in OBJECT_ACTIONS:
            return False
    return are_canonical_uuids(ids)


def is_uuid_form(value: object) -> bool:
    """Whether a value passes for a UUID at first sight: short forms such as `1-1-1-1-1` do."""
    return isinstance(value, str) and len(value) <= UUID_LENGTH and canonical_uuid(value) is not None


def is_lookup_text(value: object) -> bool:
    """Whether a value is a lookup written as text."""
    return isinstance(value, str) and value.startswith(LOOKUP_PREFIX)


def _fault_to_tell(steps: Sequence[Any]) -> _Fault | None:
    faults = [_step_faults(number, step) for number, step in enumerate(steps)]
    if not any(faults):
        return None
    told: _Fault | None = None
    for number, step in enumerate(steps):
        # A sound link step is told beside a malformed one: recording tx_malformed_beside_link.
        for fault in faults[number] or _link_labels(number, step):
            if told is None or fault.depth >= told.depth:
                told = fault
    return told


def _check_entity_ids(steps: Sequence[Any]) -> None:
    """Refuse the first entity id that is neither a UUID nor a lookup: it wins over all other faults."""
    for number, step in enumerate(steps):
        if not isinstance(step, list) or len(step) <= _ENTITY:
            continue
        action, entity = step[0], step[_ENTITY]
        if is_uuid_form(entity) or not isinstance(action, str) or action not in ENTITY_ACTIONS:
            continue
        if not is_lookup_text(entity) and not isinstance(entity, list | dict):
            shown = entity if isinstance(entity, str) else json.dumps(entity)
            message = f"Invalid entity ID '{shown}'. Entity IDs must be UUIDs or lookup references."
            raise validation_failed("steps", steps, [{"message": message, "in": [number, _ENTITY]}])


def _step_faults(number: int, step: object) -> Sequence[_Fault]:
    if step is None or step == []:
        return [_Fault((number,), _NO_ALTERNATIVE, _Depth.NO_STEP)]
    if not isinstance(step, list):
        return [_Fault((number,), _IS_STEP, _Depth.NO_LIST)]
    parts = step
    action = parts[0]
    if isinstance(action, str):
        if action in ENTITY_ACTIONS:
            return _entity_step_faults(number, action, parts)
        if action in ("add-attr", "update-attr"):
            return _definition_faults(number, parts)
        if action == "delete-attr":
            return _delete_attr_faults(number, parts)
    return [_Fault((number, 0), _NO_ALTERNATIVE, _Depth.NO_STEP)]


def _definition_faults(number: int, parts: list[Any]) -> Sequence[_Fault]:
    if len(parts) > 1 and not isinstance(parts[1], dict):
        return [_Fault((number, 1), "map?", _Depth.ELEMENT)]
    if len(parts) != _PAIR:
        return [_Fault((number, 0), _NO_ALTERNATIVE, _Depth.NO_STEP)]
    return ()


def _delete_attr_faults(number: int, parts: list[Any]) -> Sequence[_Fault]:
    if len(parts) > 1 and not is_uuid_form(parts[1]):
        return [_Fault((number, 1), "instant.admin.model/coercible-uuid?", _Depth.ELEMENT)]
    if len(parts) != _PAIR:
        return [_Fault((number, 0), ["update-attr"], _Depth.NO_STEP)]
    return ()


def _entity_step_faults(number: int, action: str, parts: list[Any]) -> Sequence[_Fault]:
    """The faults at the first element of a step that is missing or wrong."""
    length = len(parts)
    if length <= _ETYPE:
        return [_Fault((number,), "string?", _Depth.ELEMENT)]
    if not isinstance(parts[_ETYPE], str):
        return [_Fault((number, _ETYPE), "string?", _Depth.ELEMENT)]
    if length <= _ENTITY:
        return [_Fault((number,), _LOOKUP, _Depth.ELEMENT)]
    if isinstance(parts[_ENTITY], list) and (faults := _pair_faults(number, parts[_ENTITY])):
        return faults
    return () if action == "delete" else _argument_faults(number, action, parts)


def _argument_faults(number: int, action: str, parts: list[Any]) -> Sequence[_Fault]:
    length = len(parts)
    if length <= _ARGUMENT:
        return [_Fault((number,), _LINKS if action in LINK_ACTIONS else "map?", _Depth.ELEMENT)]
    if not isinstance(parts[_ARGUMENT], dict):
        return [_Fault((number, _ARGUMENT), "map?", _Depth.ELEMENT)]
    if action in LINK_ACTIONS and (faults := _link_faults(number, parts[_ARGUMENT])):
        return faults
    if length > _LONGEST[action]:
        return [_Fault((number, 0), _NO_ALTERNATIVE, _Depth.NO_STEP)]
    if length > _OPTIONS and parts[_OPTIONS] is not None and not isinstance(parts[_OPTIONS], dict):
        return [_Fault((number, _OPTIONS), "nil?", _Depth.ALTERNATIVE)]
    return ()


def _pair_faults(number: int, pair: list[Any]) -> Sequence[_Fault]:
    if len(pair) != _PAIR:
        return [_Fault((number, _ENTITY), _LOOKUP_FORM, _Depth.ALTERNATIVE)]
    if not isinstance(pair[0], str):
        return [_Fault((number, _ENTITY, 0), "string?", _Depth.INNER_ELEMENT)]
    return ()


def _link_faults(number: int, links: Mapping[str, Any]) -> Sequence[_Fault]:
    faults: list[_Fault] = []
    for label, value in links.items():
        if _is_reference(value) or isinstance(value, dict):
            continue
        place = (number, _ARGUMENT, label, 1)
        if not isinstance(value, list):
            faults.append(_Fault(place, _LOOKUP_FORM, _Depth.LINK))
            continue
        faults += [
            _Fault((*place, position), _LOOKUP_FORM, _Depth.LINK_ITEM)
            for position, item in enumerate(value)
            if not isinstance(item, dict) and not _is_reference(item)
        ]
    return faults


def _link_labels(number: int, step: list[Any]) -> Iterator[_Fault]:
    if step[0] in LINK_ACTIONS:
        for label in step[_ARGUMENT]:
            yield _Fault((number, _ARGUMENT, label, 0), "string?", _Depth.LINK)


def _is_reference(value: object) -> bool:
    """Whether a value names an entity by UUID, by lookup text or by a pair of attribute and value."""
    if isinstance(value, str):
        return is_uuid_form(value) or is_lookup_text(value)
    if isinstance(value, list):
        pair = value
        return len(pair) == _PAIR and isinstance(pair[0], str)
    return False


def _check_delete_argument(step: list[Any]) -> None:
    if step[0] == "delete" and len(step) > _ARGUMENT and not isinstance(step[_ARGUMENT], dict | None):
        raise bad_request("The fourth element of a delete step must be an object or null.")
