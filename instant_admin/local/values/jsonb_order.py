"""PostgreSQL's order of JSON values of any type."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from instant_admin.local.values.collation import collation_key

_EMPTY_ARRAY, _NULL, _STRING, _NUMBER, _BOOLEAN, _ARRAY, _OBJECT = range(7)


def jsonb_key(value: object) -> tuple[Any, ...]:
    """A key that compares as `jsonb` does: null, strings, numbers, booleans, arrays, objects; `[]` is below all.

    Arrays and objects compare by their length first, then item by item.
    """
    # PostgreSQL stores a scalar as an array of one item, and compares lengths first.
    return (_EMPTY_ARRAY,) if value == [] else _item_key(value)


def _item_key(value: object) -> tuple[Any, ...]:
    if value is None:
        return (_NULL,)
    if isinstance(value, str):
        return (_STRING, collation_key(value))
    if isinstance(value, bool):
        return (_BOOLEAN, value)
    if isinstance(value, int | float):
        # A number is the digits it is written with, not the double nearest to them.
        return (_NUMBER, value if isinstance(value, int) else Decimal(repr(value)))
    if isinstance(value, list):
        items = cast("list[object]", value)
        return (_ARRAY, len(items), *map(_item_key, items))
    pairs = sorted(cast("dict[str, object]", value).items(), key=lambda pair: (len(pair[0].encode()), pair[0]))
    return (_OBJECT, len(pairs), *((collation_key(key), _item_key(item)) for key, item in pairs))
