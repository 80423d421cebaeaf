"""Values as check results show them."""

from __future__ import annotations

import base64
import math

from instant_admin.local.cel.conversions import java_text
from instant_admin.local.cel.errors import EvaluationError
from instant_admin.local.cel.records import Record, Request
from instant_admin.local.cel.times import Duration, Timestamp
from instant_admin.local.cel.values import CelMap, RateLimits, RawList, RawMap, TypeValue


def as_json(value: object) -> object:
    """The JSON value that stands for the value of a rule: timestamps, durations, types and bytes are texts."""
    match value:
        case None | bool() | str():
            return value
        case float():
            return value if math.isfinite(value) else java_text(value)
        case int():
            return int(value)
        case bytes():
            return base64.b64encode(value).decode()
        case Timestamp() | Duration():
            return str(value)
        case TypeValue():
            return value.name
        case tuple() | list():
            return [as_json(item) for item in value]
        case RawList():
            return [as_json(item) for item in value.items]
        case CelMap():
            return {_key(key): as_json(item) for key, item in value.items()}
        case Record(fields=None):
            return None
        case Record() | RawMap():
            return {label: as_json(item) for label, item in (value.fields or {}).items()}
        case dict():
            return {label: as_json(item) for label, item in value.items()}
        case RateLimits():
            return {name: {} for name in value.by_name}
        case Request():
            return {}
        case _:
            return {}


def _key(key: object) -> str:
    """A key of a map, which is a text in JSON."""
    if isinstance(key, str):
        return key
    try:
        return java_text(key)
    except EvaluationError:
        return str(as_json(key))
