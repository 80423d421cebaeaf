"""The rules of the lint for schemas, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scripts.contract.lint_nodes import Spec, python_name, types_of

RESERVED_MEMBERS = frozenset({"additional_properties", "additional_keys", "to_dict", "from_dict"})


def _boolean_schema(_: Spec, schema: Any) -> Iterator[str]:
    if isinstance(schema, bool):
        yield "a boolean schema aborts the whole run"


def _keywords(_: Spec, schema: Any) -> Iterator[str]:
    for keyword, consequence in {
        "discriminator": "is ignored",
        "prefixItems": "loses order and length",
        "nullable": "is of OpenAPI 3.0; use a list of types",
        "default": "is sent on the wire, or ignored",
        "oneOf": "is read like anyOf; use that",
        "allOf": "copies the properties; write them out",
        "patternProperties": "is ignored",
        "$defs": "is not found",
    }.items():
        if isinstance(schema, dict) and keyword in schema:
            yield f"{keyword} {consequence}"


def _array(_: Spec, schema: Any) -> Iterator[str]:
    if isinstance(schema, dict) and "array" in types_of(schema) and "items" not in schema:
        yield "an array without items removes the model and all that refers to it"


def _enum(_: Spec, schema: Any) -> Iterator[str]:
    if not isinstance(schema, dict) or "enum" not in schema:
        return
    if types_of(schema) != ["string"]:
        yield "an enum must be of type string: nullable ones become three classes, mixed ones remove the model"


def _union(spec: Spec, schema: Any) -> Iterator[str]:
    branches = schema.get("anyOf", []) if isinstance(schema, dict) else []
    if any("const" in spec.resolve(branch) for branch in branches if isinstance(branch, dict)):
        yield "const directly in a union raises for the other branches"


def _properties(_: Spec, schema: Any) -> Iterator[str]:
    seen: dict[str, str] = {}
    for key in schema.get("properties", {}) if isinstance(schema, dict) else ():
        name = python_name(key)
        if not re.search(r"\w", key):
            yield f"{key}: a key without letters has no Python name"
        if name in RESERVED_MEMBERS:
            yield f"{key}: collides with a member of every model"
        other = seen.setdefault(name, key)
        if other != key:
            yield f"{key} and {other} have one Python name"


def _object(_: Spec, schema: Any) -> Iterator[str]:
    if not isinstance(schema, dict) or "object" not in types_of(schema):
        return
    if types_of(schema) != ["object"]:
        yield "an object or null must be anyOf a component and null"
    if "additionalProperties" not in schema:
        yield "say whether there may be other keys (additionalProperties)"
    for key in schema.get("required", []):
        if key not in schema.get("properties", {}):
            yield f"{key} is required but not described"


def _inline(_: Spec, schema: Any) -> Iterator[str]:
    if not isinstance(schema, dict):
        return
    inner = [*schema.get("properties", {}).values(), schema.get("items"), *schema.get("anyOf", [])]
    if any(isinstance(node, dict) and ("object" in types_of(node) or "enum" in node) for node in inner):
        yield "name the object or enum inside in components"


SCHEMA_RULES = (_boolean_schema, _keywords, _array, _enum, _union, _properties, _object, _inline)
