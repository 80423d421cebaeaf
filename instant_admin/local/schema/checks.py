"""Whether single values may be stored: their type and their size."""

from __future__ import annotations

from instant_admin.local.attributes import Attribute
from instant_admin.local.schema.refusals import value_too_large, wrong_type
from instant_admin.local.store.stored_value import is_uuid
from instant_admin.local.values import is_storable_date, stored_size

_LARGEST = 1024
"""Bytes that an index takes of a stored value."""
_SURELY_SMALL = 250
"""Characters of a text that fit in any alphabet."""
_SURELY_SHORT = 10**18


def check_value(attribute: Attribute, entity_id: str, value: object) -> None:
    """Refuse a value that is not of the attribute's type, or too large for its index.

    Raises:
        Refusal: It is.
    """
    if attribute.is_link:
        if not is_uuid(value):
            raise wrong_type(attribute, entity_id, value)
        return
    if value is None:
        return
    if attribute.checked_data_type is not None and not is_of_type(attribute.checked_data_type, value):
        raise wrong_type(attribute, entity_id, value)
    if (attribute.indexed or attribute.unique) and not fits_index(value):
        raise value_too_large(attribute, entity_id, value)


def is_of_type(data_type: str, value: object) -> bool:
    """Whether a value other than null is of a checked data type."""
    if data_type == "string":
        return isinstance(value, str)
    if data_type == "boolean":
        return isinstance(value, bool)
    if data_type == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_storable_date(value)


def fits_index(value: object) -> bool:
    """Whether a value is small enough to be indexed."""
    if isinstance(value, str):
        return len(value) < _SURELY_SMALL or stored_size(value) <= _LARGEST
    if isinstance(value, (int, float)) and abs(value) < _SURELY_SHORT:
        return True
    return stored_size(value) <= _LARGEST
