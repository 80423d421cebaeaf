"""When two JSON values are the same value: as PostgreSQL's jsonb equality sees it."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, cast


def equality_key(value: object) -> str:
    """A text that two values share exactly when they are equal: `1` and `1.0` are, `1` and `"1"` are not."""
    if isinstance(value, str):
        return f'"{value}'  # nothing else begins with a quotation mark
    return json.dumps(_normal(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _normal(value: object) -> Any:
    if isinstance(value, float):
        exact = Decimal(repr(value))
        return int(exact) if exact == exact.to_integral_value() else value
    if isinstance(value, list):
        return [_normal(item) for item in cast("list[object]", value)]
    if isinstance(value, dict):
        return {key: _normal(item) for key, item in cast("dict[str, object]", value).items()}
    return value
