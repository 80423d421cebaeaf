"""What values of typed attributes sort and compare by in the database, in a form that SQLite compares alike."""

from __future__ import annotations

from instant_admin._dates.calendar import FOREVER_MS
from instant_admin._dates.stored import stored_date_ms
from instant_admin.local.values.collation import collation_key


def sort_value(data_type: str, value: object) -> str | float | None:
    """The key of a value of an attribute of some type, to be stored in JSON; None for null.

    Keys are texts for strings, milliseconds for dates, doubles for numbers, 0 and 1 for booleans. Raises ValueError for
    a value that is not of the type.
    """
    if value is None:
        return None
    if data_type == "string" and isinstance(value, str):
        return collation_key(value)
    if data_type == "date":
        return stored_date_ms(value)
    if data_type == "boolean" and isinstance(value, bool):
        return int(value)
    if data_type == "number" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return _as_double(value)
    raise ValueError(f"not a {data_type}")


def _as_double(number: float) -> float:
    # Two numbers that are one double are equal to the database: oracle vectors `jsonb_order`.
    try:
        return float(number)
    except OverflowError:
        return FOREVER_MS if number > 0 else -FOREVER_MS
