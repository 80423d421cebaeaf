"""The final order of a page or a nested list: the server sorts what it returns once more, in its memory."""

from __future__ import annotations

from typing import Any, cast

from instant_admin._dates.stored import stored_date_ms
from instant_admin.local.values.query_dates import read_date_ns

_MS_NS = 1_000_000


def memory_key(value: object, data_type: str | None) -> tuple[Any, ...]:
    """A key that compares as values do in the server's memory; null, and what is missing, comes first.

    Strings compare by UTF-16 code units, numbers exactly, lists by length and then item by item, values of date
    attributes as instants. Comparing keys of different types, or of objects, raises TypeError.
    """
    if value is None:
        return ()
    if data_type == "date":
        return (_instant_ns(value),)
    if isinstance(value, str):
        return (value.encode("utf-16-be", "surrogatepass"),)
    if isinstance(value, bool):
        # Within a tuple a boolean does not compare with a number.
        return ((value,),)
    if isinstance(value, int | float):
        return (value,)
    if isinstance(value, list):
        items = cast("list[object]", value)
        return ([len(items), *(memory_key(item, None) for item in items)],)
    return (object(),)


def _instant_ns(value: object) -> int:
    if isinstance(value, int | float):
        # Fractions of numbers do not count here, those of texts do (oracle vectors `jsonb_order`).
        return int(value) * _MS_NS
    ns = read_date_ns(value) if isinstance(value, str) else None
    if ns is not None:
        return ns
    # In two parts, since a double holds no more than microseconds, and an infinity times anything is no number.
    whole, fraction = divmod(stored_date_ms(value), 1)
    return int(whole) * _MS_NS + round(fraction * 1000) * 1000
