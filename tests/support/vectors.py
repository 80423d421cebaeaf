"""The oracle's vectors: what the JavaScript SDK did with the same input."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from instant_admin import TransactionChunk, lookup, tx

_FOLDER = Path(__file__).parent.parent / "vectors"


@cache
def load(name: str) -> dict[str, Any]:
    """One file of vectors."""
    content: dict[str, Any] = json.loads((_FOLDER / f"{name}.public.json").read_text())
    return content


def read_value(value: Any) -> Any:
    """A Python value for a tagged argument of a vector. Keys that are `undefined` are left out."""
    if isinstance(value, list):
        return [read_value(item) for item in value]
    if not isinstance(value, dict):
        return value
    match value:
        case {"$date": text}:
            return datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=UTC)
        case {"$nan": True}:
            return float("nan")
        case {"$lookup": [attribute, found]}:
            return lookup(attribute, read_value(found))
        case {"$bytes_b64": text} | {"$uint8_b64": text}:
            return base64.b64decode(text)
        case {"$node_stream_b64": text} | {"$web_stream_b64": text}:
            return iter([base64.b64decode(text)])
        case {"$tx": chains}:
            return [read_chain(chain) for chain in chains]
        case {"$tx1": chain}:
            return read_chain(chain)
    return {key: read_value(item) for key, item in value.items() if not is_undefined(item)}


def is_undefined(value: Any) -> bool:
    """Whether a tagged argument is JavaScript's `undefined`."""
    return isinstance(value, dict) and value.get("$undefined") is True


def read_chain(chain: list[Any]) -> TransactionChunk:
    """The chunk of `[namespace, id, [[method, ..args]]]`."""
    namespace, entity, calls = chain
    match entity:
        case {"$lookup_method": [attribute, value]}:
            chunk = tx[namespace].lookup(attribute, read_value(value))
        case _:
            chunk = tx[namespace][read_value(entity)]
    return continue_chain(chunk, calls)


def continue_chain(chunk: TransactionChunk, calls: list[list[Any]]) -> TransactionChunk:
    """The chunk after further method calls, options as keyword arguments."""
    for method, *arguments in calls:
        name = "rule_params" if method == "ruleParams" else method
        positional = [read_value(argument) for argument in arguments[:1]]
        options = arguments[1] if len(arguments) > 1 and arguments[1] is not None else {}
        chunk = getattr(chunk, name)(*positional, **options)
    return chunk
