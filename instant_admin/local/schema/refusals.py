"""Refusals that only writing data and schemas raises."""

from __future__ import annotations

from typing import Any

from instant_admin.local.attributes import Attribute
from instant_admin.local.errors import Refusal, record_not_unique, validation_failed
from instant_admin.local.store.stored_text import stored_text

_SHOWN_BYTES = 64


def database_raised(text: str) -> Refusal:
    """The database itself refuses with a text of its own."""
    hint = {"table": None, "condition": "raise-exception", "constraint": text}
    return Refusal("sql-raise", f"Raised Exception: {text}", hint)


def name_taken(etype: str, label: str) -> Refusal:
    """Another attribute has this name."""
    return record_not_unique("ident", f"`{label}` already exists on `{etype}`", etype=etype, label=label)


def value_taken(attribute: Attribute, value: object) -> Refusal:
    """Another entity has this value of a unique attribute."""
    etype, label, text = attribute.etype, attribute.label, stored_text(value)
    message = (
        f"`{label}` is a unique attribute on `{etype}` and an entity already exists with `{etype}.{label}` = {text}"
    )
    hint = {"attr-id": attribute.id, "etype": etype, "label": label, "value": _up_to_bare_comma(text)}
    return Refusal("record-not-unique", message, {"record-type": "triple", **hint})


def wrong_type(attribute: Attribute, entity_id: str, value: object) -> Refusal:
    """A value is not of the attribute's type."""
    if attribute.is_link:
        message = "Linked value must be a valid uuid."
    else:
        given, name = json_type(value), f"{attribute.etype}.{attribute.label}"
        message = (
            f"Invalid value type for {name}. Value must be a {attribute.checked_data_type}"
            f" but the provided value type is {given}."
        )
    return Refusal("validation-failed", message, _value_hint(attribute, entity_id, value))


def value_too_large(attribute: Attribute, entity_id: str, value: object) -> Refusal:
    """A value takes more room than an index can give."""
    kind = "an indexed" if attribute.indexed else "a unique" if attribute.unique else "a linked"
    hint = {**_value_hint(attribute, entity_id, value), "value-too-large?": True}
    return Refusal("validation-failed", f"Value is too large for {kind} attribute.", hint)


def tx_step_refused(message: str, given: object) -> Refusal:
    """A step asks for something that is not to be done."""
    return validation_failed("tx-step", given, [{"message": message}])


def lookup_refused(message: str, given: object, hint: object = None) -> Refusal:
    """A lookup cannot be used as it is."""
    entry: dict[str, Any] = {"message": message}
    if hint is not None:
        entry["hint"] = hint
    return validation_failed("lookup", given, [entry])


def attributes_refused(message: str, given: object) -> Refusal:
    """An attribute must not be made, or not so."""
    return validation_failed("attributes", given, [{"message": message}])


def json_type(value: object) -> str:
    """The name of a value's kind as the database gives it."""
    names: dict[type, str] = {
        bool: "boolean",
        str: "string",
        int: "number",
        float: "number",
        list: "array",
        dict: "object",
    }
    return names.get(type(value), "null")


def _value_hint(attribute: Attribute, entity_id: str, value: object) -> dict[str, Any]:
    return {
        "namespace": attribute.etype,
        "attribute": attribute.label,
        "value": _shown(value),
        "checked-data-type": attribute.checked_data_type or "null",
        "attr-id": attribute.id,
        "entity-id": entity_id,
    }


def _shown(value: object) -> object:
    """The value, or where its stored text is long the beginning of that (recording tx_type_long_value)."""
    text = stored_text(value).encode()
    if len(text) <= _SHOWN_BYTES:
        return value
    return text[:_SHOWN_BYTES].decode(errors="ignore") + "..."


def _up_to_bare_comma(text: str) -> str:
    """The text up to its first comma outside quotes and parentheses (recording tx_unique_untyped)."""
    depth, quoted = 0, False
    for position, character in enumerate(text):
        if character == '"':
            quoted = not quoted
        elif not quoted and character in "()":
            depth += 1 if character == "(" else -1
        elif character == "," and not quoted and depth == 0:
            return text[:position]
    return text
