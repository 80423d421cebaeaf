"""The description of the endpoints, as far as the check needs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

METHODS = frozenset({"get", "put", "post", "delete"})
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(path: Path) -> Any:
    """A YAML file's content, by the fast loader where there is one."""
    return yaml.load(path.read_text(), Loader=LOADER)  # noqa: S506  both loaders are safe ones


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    id: str
    method: str
    path: str
    node: dict[str, Any]
    parameters: tuple[dict[str, Any], ...]
    pointer: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What a request's path must match; a parameter takes one segment, or the rest where it says so."""
        rest = {p["name"] for p in self.parameters if p.get("x-rest-of-path")}
        parts = re.split(r"\{(\w+)\}", self.path)
        pieces = [
            re.escape(part) if i % 2 == 0 else (".+" if part in rest else "[^/]+") for i, part in enumerate(parts)
        ]
        return re.compile("".join(pieces))

    def parameters_in(self, place: str) -> dict[str, dict[str, Any]]:
        """The parameters of one place by name; header names in lower case, as they compare."""
        return {p["name"].lower() if place == "header" else p["name"]: p for p in self.parameters if p["in"] == place}

    @property
    def needs_credentials(self) -> bool:
        """Whether every way to call it has an `Authorization` header."""
        security = self.node["security"]
        return bool(security) and {} not in security

    @property
    def body_content(self) -> dict[str, Any]:
        """The request body's media types."""
        content: dict[str, Any] = self.node.get("requestBody", {}).get("content", {})
        return content


class Description:
    """A parsed OpenAPI document with local references only."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.operations = tuple(self._operations())

    def find(self, method: str, path: str) -> Operation | None:
        """The operation that a request is for; fixed segments win over parameters."""
        found = [o for o in self.operations if o.method == method and o.pattern.fullmatch(path)]
        return min(found, key=lambda o: o.path.count("{"), default=None)

    def resolve(self, node: Any) -> Any:
        """The node itself, or what its reference points to."""
        while isinstance(node, dict) and "$ref" in node:
            node = self.at(node["$ref"])
        return node

    def at(self, reference: str) -> Any:
        """The node at a local reference such as `#/components/schemas/User`."""
        node: Any = self.document
        for part in reference.removeprefix("#/").split("/"):
            node = node[part.replace("~1", "/").replace("~0", "~")]
        return node

    def response(self, operation: Operation, status: int) -> tuple[str, dict[str, Any]] | None:
        """The declared response for a status, and under which key: the status itself, or its range."""
        for key in (str(status), f"{status // 100}XX"):
            if key in operation.node["responses"]:
                return key, self.resolve(operation.node["responses"][key])
        return None

    def _operations(self) -> Iterator[Operation]:
        for path, item in self.document["paths"].items():
            for method in sorted(METHODS & item.keys()):
                node = item[method]
                given = [*item.get("parameters", []), *node.get("parameters", [])]
                parameters = tuple(self.resolve(parameter) for parameter in given)
                pointer = f"#/paths/{path.replace('~', '~0').replace('/', '~1')}/{method}"
                yield Operation(node["operationId"], method.upper(), path, node, parameters, pointer)
