"""Ways through a parsed description, for the rules of the lint."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import PythonIdentifier

from scripts.contract.description import METHODS

Node = dict[str, Any]
LOCAL = re.compile(r"#/components/(schemas|parameters|responses)/\w+")


@dataclass(frozen=True)
class Spec:
    """A parsed document and ways through it."""

    document: Node

    def component(self, kind: str) -> Node:
        """The components of one kind, by name."""
        found: Node = self.document.get("components", {}).get(kind, {})
        return found

    def resolve(self, node: Any) -> Any:
        """The node itself, or the local component that it refers to; an empty one when that is missing."""
        while isinstance(node, dict) and LOCAL.fullmatch(node.get("$ref", "")):
            _, _, kind, name = node["$ref"].split("/")
            node = self.component(kind).get(name, {})
        return node

    def operations(self) -> Iterator[tuple[str, Node]]:
        """Every operation, with its path and the parameters of its path item added."""
        for path, item in self.document["paths"].items():
            for method in sorted(METHODS & item.keys()):
                shared = item.get("parameters", [])
                operation = {**item[method], "path": path}
                operation["parameters"] = [*shared, *operation.get("parameters", [])]
                yield f"{method.upper()} {path}", operation

    def parameters(self, operation: Node) -> list[Node]:
        """The parameters of an operation, resolved."""
        return [self.resolve(parameter) for parameter in operation["parameters"]]

    def contents(self, operation: Node) -> Iterator[tuple[str, Node]]:
        """The media types of every response, with the status."""
        for status, response in operation["responses"].items():
            yield status, self.resolve(response).get("content", {})

    def schemas(self) -> Iterator[tuple[str, Any]]:
        """Every schema of the document at any depth, parameters' and bodies' too."""
        for name, schema in self.component("schemas").items():
            yield from _within(name, schema)
        for where, operation in self.operations():
            for parameter in self.parameters(operation):
                yield from _within(f"{where}, parameter {parameter['name']}", parameter.get("schema", {}))
            for status, content in [*self.contents(operation), ("body", body_content(operation))]:
                for media_type, media in content.items():
                    yield from _within(f"{where}, {status} {media_type}", media.get("schema", {}))


def _within(where: str, schema: Any) -> Iterator[tuple[str, Any]]:
    yield where, schema
    if not isinstance(schema, dict):
        return
    for name, inner in schema.get("properties", {}).items():
        yield from _within(f"{where}.{name}", inner)
    for key in ("items", "not", "additionalProperties"):
        if key in schema and not (key == "additionalProperties" and isinstance(schema[key], bool)):
            yield from _within(f"{where}, {key}", schema[key])
    for key in ("allOf", "anyOf", "oneOf", "prefixItems"):
        for number, inner in enumerate(schema.get(key, [])):
            yield from _within(f"{where}, {key} {number}", inner)


def body_content(operation: Node) -> Node:
    """The media types of the request body."""
    content: Node = operation.get("requestBody", {}).get("content", {})
    return content


def python_name(name: str) -> str:
    """What the generator makes of a name."""
    return str(PythonIdentifier(UntrustedString(name), prefix="field_"))


def types_of(schema: Node) -> list[str]:
    """The types that a schema lists, none when it lists none."""
    given = schema.get("type", [])
    return given if isinstance(given, list) else [given]
