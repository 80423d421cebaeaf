"""What openapi-python-client 0.29.1 drops or mangles without a warning, and what we ask of the description besides.

Each rule is a function that yields findings; `lint` runs them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scripts.contract.lint_nodes import LOCAL, Node, Spec, body_content, python_name, types_of
from scripts.contract.lint_schemas import SCHEMA_RULES

RESPONSES = ("200", "4XX", "5XX")
RESERVED_HEADERS = frozenset({"accept", "authorization", "content-type"})


def lint(document: Node) -> list[str]:
    """Every finding, sorted; empty for a good description."""
    spec = Spec(document)
    found = set(_root_security(spec)) | set(_references(spec)) | set(_unused(spec)) | set(_module_names(spec))
    for where, operation in spec.operations():
        for operation_rule in OPERATION_RULES:
            found.update(f"{where}: {message}" for message in operation_rule(spec, operation))
        for parameter in spec.parameters(operation):
            for parameter_rule in PARAMETER_RULES:
                at = f"{where}, parameter {parameter['name']}"
                found.update(f"{at}: {message}" for message in parameter_rule(spec, parameter))
    for where, schema in spec.schemas():
        for schema_rule in SCHEMA_RULES:
            found.update(f"{where}: {message}" for message in schema_rule(spec, schema))
    return sorted(found)


# The document


def _root_security(spec: Spec) -> Iterator[str]:
    if "security" in spec.document:
        yield "(root): security at the root is ignored; put it on each operation"


def _references(spec: Spec) -> Iterator[str]:
    for where, reference in _all_references(spec.document, ""):
        _, _, kind, name = [*reference.split("/"), "", "", ""][:4]
        if not LOCAL.fullmatch(reference):
            yield f"{where}: the reference {reference} is not to a component of this file; what refers to it is removed"
        elif name not in spec.component(kind):
            yield f"{where}: there is no {reference}"


def _all_references(node: Any, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield where or "(root)", node["$ref"]
        for key, inner in node.items():
            yield from _all_references(inner, f"{where}/{key}")
    elif isinstance(node, list):
        for number, inner in enumerate(node):
            yield from _all_references(inner, f"{where}/{number}")


def _unused(spec: Spec) -> Iterator[str]:
    used = {reference for _, reference in _all_references(spec.document, "")}
    for kind in ("schemas", "parameters", "responses"):
        for name in spec.component(kind):
            if f"#/components/{kind}/{name}" not in used:
                yield f"components/{kind}/{name}: nothing refers to it"


def _module_names(spec: Spec) -> Iterator[str]:
    for kind, names in (
        ("operationId", [o["operationId"] for _, o in spec.operations() if "operationId" in o]),
        ("schema", list(spec.component("schemas"))),
    ):
        seen: dict[str, str] = {}
        for name in names:
            other = seen.setdefault(python_name(name), name)
            if names.count(name) > 1 or other != name:
                yield f"{kind} {name}: overwrites the module of {other}"


# Operations


def _identity(spec: Spec, operation: Node) -> Iterator[str]:
    if not re.fullmatch(r"[a-z][a-zA-Z0-9]*", operation.get("operationId", "")):
        yield "operationId is missing or not in camelCase"
    declared = {tag["name"] for tag in spec.document.get("tags", [])}
    if len(operation.get("tags", [])) != 1 or operation["tags"][0] not in declared:
        yield "exactly one tag, declared at the root; the generator ignores a second one"
    for key in ("summary", "description"):
        if not operation.get(key, "").strip():
            yield f"{key} is missing"


def _security(spec: Spec, operation: Node) -> Iterator[str]:
    if "security" not in operation:
        yield "security is missing"
    for scheme in (name for way in operation.get("security", []) for name in way):
        if scheme not in spec.component("securitySchemes"):
            yield f"there is no security scheme {scheme}"


def _responses(spec: Spec, operation: Node) -> Iterator[str]:
    if set(operation["responses"]) != set(RESPONSES):
        yield f"responses must be {', '.join(RESPONSES)}: others are dropped, or never happen"
    for status, content in spec.contents(operation):
        if not content:
            yield f"{status}: a response without content gives None"
        if len(content) > 1 and next(iter(content)) != "application/json":
            yield f"{status}: of several media types only the first is read, so JSON must come first"
        for media_type, media in content.items():
            yield from _response_schema(spec, status, media_type, media.get("schema"))


def _response_schema(spec: Spec, status: str, media_type: str, schema: Any) -> Iterator[str]:
    if spec.resolve(schema) in (None, {}):
        yield f"{status} {media_type}: an empty schema discards the body"
    elif media_type == "text/event-stream" and schema.get("type") != "string":
        yield f"{status} {media_type}: the schema must be of type string, anything else always fails"
    elif media_type == "application/json" and "$ref" not in schema:
        yield f"{status} {media_type}: name the schema in components"


def _request_body(_: Spec, operation: Node) -> Iterator[str]:
    if "requestBody" in operation and not isinstance(operation["requestBody"].get("required"), bool):
        yield "the body must say whether it is required"
    for media_type, media in body_content(operation).items():
        schema = media.get("schema")
        if media_type == "application/octet-stream":
            if schema != {"type": "string", "format": "binary"}:
                yield "a body of bytes must be {type: string, format: binary}; other forms drop the endpoint or fail"
        elif media_type != "application/json":
            yield f"no code is generated for a body of type {media_type}"
        elif "$ref" not in (schema or {}):
            yield "name the schema of the body in components"


def _path_parameters(spec: Spec, operation: Node) -> Iterator[str]:
    declared = {p["name"] for p in spec.parameters(operation) if p["in"] == "path"}
    in_path = set(re.findall(r"\{([^}]+)\}", operation["path"]))
    for name in sorted(declared ^ in_path):
        yield f"the path parameter {name} is either not declared or not in the path"


# Parameters


def _parameter_form(spec: Spec, parameter: Node) -> Iterator[str]:
    schema = spec.resolve(parameter.get("schema", {}))
    if "schema" not in parameter:
        yield "a parameter without schema (with content, say) is dropped"
    elif not {"string", "boolean", "integer"} >= set(types_of(schema)) or len(types_of(schema)) != 1:
        yield "a parameter must be one of string, boolean, integer: others are flattened, or sent as Python writes them"
    if "style" in parameter or "explode" in parameter:
        yield "style and explode are ignored"
    if not parameter.get("description", "").strip():
        yield "description is missing"


def _header(spec: Spec, parameter: Node) -> Iterator[str]:
    if parameter["in"] != "header":
        return
    schema = spec.resolve(parameter.get("schema", {}))
    if parameter["name"].lower() in RESERVED_HEADERS:
        yield "this header is sent twice, or overwritten"
    if {"format", "const", "enum"} & schema.keys() or not {"string", "boolean"} >= set(types_of(schema)):
        yield "a header must be a plain string or boolean: anything else drops the endpoint or crashes the call"


OPERATION_RULES = (_identity, _security, _responses, _request_body, _path_parameters)
PARAMETER_RULES = (_parameter_form, _header)
