"""Attribute definitions as `add-attr` has them: checked, and read.

Faults are told by the server's predicates, with the operation's number in the place (recording tx_add_attr_malformed).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, cast

from instant_admin.local.attributes import CASCADE, Attribute, Identity
from instant_admin.local.errors import bad_request
from instant_admin.local.store.stored_value import is_uuid


class Fault(NamedTuple):
    """Something that is not as it should be: where, and what the server expected there."""

    place: tuple[object, ...]
    expected: object


DATA_TYPES = ("string", "number", "boolean", "date")
_DEFINITIONS = "instant.db.model.attr"
_IDENTITY_PARTS = 3
DELETION_KEYS = ("on-delete", "on-delete-reverse")


def definition_fault(number: int, definition: Mapping[str, Any]) -> Fault | None:
    """What is wrong with a definition: the deepest fault, of equally deep ones the last.

    Args:
        number: Which operation it is of.
        definition: As sent.
    """
    told: Fault | None = None
    for place, expected in _faults(definition):
        fault = Fault((number, 1, *place), expected)
        if told is None or len(fault.place) >= len(told.place):
            told = fault
    return told


def read_definition(definition: Mapping[str, Any]) -> Attribute:
    """The attribute that a sound definition describes.

    Raises:
        Refusal: It has another rule of deletion than cascade, or the character NUL in a name.
    """
    check_deletion_rules(definition)
    reverse = definition.get("reverse-identity")
    return Attribute(
        id=definition["id"],
        forward=as_identity(definition["forward-identity"]),
        reverse=as_identity(reverse) if reverse is not None else None,
        value_type=definition["value-type"],
        cardinality=definition["cardinality"],
        unique=definition["unique?"],
        indexed=definition["index?"],
        required=definition.get("required?"),
        checked_data_type=definition.get("checked-data-type"),
        on_delete=definition.get("on-delete"),
        on_delete_reverse=definition.get("on-delete-reverse"),
    )


def read_planned(definition: object) -> Attribute:
    """The attribute that an `add-attr` of a plan describes: absent and null are the same there, cardinality is free.

    Raises:
        Refusal: It is no sound definition.
    """
    if not isinstance(definition, dict):
        raise bad_request("An attribute is described by an object.")
    given = {key: value for key, value in cast("dict[str, Any]", definition).items() if value is not None}
    flags = [given.get("unique?"), given.get("index?"), given.get("required?", False)]
    is_sound = (
        is_uuid(given.get("id"))
        and given.get("value-type") in ("blob", "ref")
        and isinstance(given.get("cardinality"), str)
        and all(isinstance(flag, bool) for flag in flags)
        and given.get("checked-data-type", "string") in DATA_TYPES
        and "forward-identity" in given
        and (given["value-type"] == "blob" or "reverse-identity" in given)
    )
    if not is_sound:
        raise bad_request("The definition of an attribute is malformed.")
    return read_definition(given)


def check_deletion_rules(definition: Mapping[str, Any]) -> None:
    """Refuse rules of deletion other than cascade.

    Raises:
        Refusal: There is one.
    """
    if any(definition.get(key) not in (None, CASCADE) for key in DELETION_KEYS):
        raise bad_request("`on-delete` and `on-delete-reverse` must be `cascade`.")


def as_identity(given: object) -> Identity:
    """An identity as sent. Its names may be empty.

    Raises:
        Refusal: It is malformed, or has the character NUL in a name.
    """
    parts = cast("list[object]", given)[:_IDENTITY_PARTS] if isinstance(given, list | tuple) else []
    if len(parts) != _IDENTITY_PARTS or not is_uuid(parts[0]) or not all(isinstance(part, str) for part in parts):
        raise bad_request("An identity is a list of an id, a namespace and a label.")
    identity = Identity(*cast("list[str]", parts))
    if "\0" in identity.etype or "\0" in identity.label:
        raise bad_request("Names cannot contain the character NUL.")
    return identity


def definition_of(attribute: Attribute) -> dict[str, Any]:
    """The definition that describes an attribute."""
    definition: dict[str, Any] = {
        "id": attribute.id,
        "forward-identity": list(attribute.forward),
        "value-type": attribute.value_type,
        "cardinality": attribute.cardinality,
        "unique?": attribute.unique,
        "index?": attribute.indexed,
    }
    if attribute.reverse is not None:
        definition["reverse-identity"] = list(attribute.reverse)
    return definition


def _faults(definition: Mapping[str, Any]) -> Iterator[tuple[tuple[object, ...], object]]:
    if definition.get("value-type") not in ("blob", "ref"):
        yield (), f"{_DEFINITIONS}/value-type"
        return
    needed = ("id", "forward-identity", *(("reverse-identity",) if definition["value-type"] == "ref" else ()))
    for key in (*needed, "unique?", "index?"):
        if key not in definition:
            yield (), ["fn", ["%"], ["contains?", "%", key]]
    if definition.get("cardinality") not in ("one", "many"):
        yield ("cardinality",), ["one", "many"]
    if "id" in definition and not is_uuid(definition["id"]):
        yield ("id",), "uuid?"
    for key in ("forward-identity", "reverse-identity"):
        if key in definition:
            yield from _identity_faults(key, definition[key])
    for key in ("unique?", "index?", "required?"):
        if key in definition and not isinstance(definition[key], bool):
            yield (key,), "boolean?"
    if "checked-data-type" in definition and definition["checked-data-type"] not in DATA_TYPES:
        yield ("checked-data-type",), f"{_DEFINITIONS}/checked-data-types"


def _identity_faults(key: str, identity: object) -> Iterator[tuple[tuple[object, ...], object]]:
    if not isinstance(identity, list):
        yield (key,), "sequential?"
        return
    parts = identity
    names = (f"{_DEFINITIONS}/id", f"{_DEFINITIONS}/etype", f"{_DEFINITIONS}/label")
    if len(parts) < _IDENTITY_PARTS:
        yield (key,), names[len(parts)]
    for position, part in enumerate(parts[:_IDENTITY_PARTS]):
        if position == 0:
            if not is_uuid(part):
                yield (key, 0), "uuid?"
        elif not isinstance(part, str):
            yield (key, position), "string?"
        elif not part.strip():
            yield (key, position), ["complement", "clojure.string/blank?"]
