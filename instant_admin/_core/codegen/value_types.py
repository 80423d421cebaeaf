"""The types of attributes: as queries return them, as transactions take them, and as conditions compare them."""

from __future__ import annotations

from typing import Final

from instant_admin._core.schema.values import Attribute, ValueType

_READ: Final[dict[ValueType, str]] = {
    "string": "str",
    "number": "float",
    "boolean": "bool",
    "date": "StoredDate",
    "json": "Any",
}
_WRITTEN: Final[dict[ValueType, str]] = {**_READ, "date": "DateValue"}
_COMPARED: Final[dict[ValueType, str]] = {
    "string": "Text",
    "number": "Number",
    "boolean": "Boolean",
    "date": "Date",
    "json": "Any",
}


def read_type(attribute: Attribute, *, use_dates: bool) -> str:
    """The type of a value that is there and not null."""
    return "datetime" if use_dates and attribute.value_type == "date" else _READ[attribute.value_type]


def field_type(attribute: Attribute, *, is_own: bool, use_dates: bool) -> str:
    """The type of a row's key.

    What was never set is absent, but for an indexed attribute of the app's own, which is null (server contract,
    data 1.2).
    """
    type_text = read_type(attribute, use_dates=use_dates)
    if attribute.is_required:
        return type_text
    nullable = or_none(type_text)
    return nullable if attribute.is_indexed and is_own else f"NotRequired[{nullable}]"


def written_type(attribute: Attribute) -> str:
    """The type of a value to store."""
    type_text = _WRITTEN[attribute.value_type]
    return type_text if attribute.is_required else or_none(type_text)


def compared_type(attribute: Attribute) -> str:
    """The type of a condition about it."""
    is_indexed = attribute.is_indexed and attribute.value_type != "json"
    return f"Where{'Indexed' if is_indexed else ''}{_COMPARED[attribute.value_type]}"


def or_none(type_text: str) -> str:
    """The type, or None. `Any` is that already."""
    return type_text if type_text == "Any" else f"{type_text} | None"
