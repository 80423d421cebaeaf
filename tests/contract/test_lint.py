"""Every rule of the lint finds what it is for, and nothing in a good description."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.contract.description import load_yaml
from scripts.contract.lint import lint

ROOT = Path(__file__).resolve().parent.parent.parent
JSON = "application/json"
GOOD: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "t", "version": "1"},
    "tags": [{"name": "things"}],
    "paths": {
        "/things/{thing_id}": {
            "put": {
                "operationId": "putThing",
                "tags": ["things"],
                "summary": "Put",
                "description": "Puts a thing.",
                "security": [{"token": []}],
                "parameters": [
                    {"$ref": "#/components/parameters/ThingId"},
                    {"name": "app-id", "in": "header", "description": "The app.", "schema": {"type": "string"}},
                ],
                "requestBody": {
                    "required": True,
                    "content": {JSON: {"schema": {"$ref": "#/components/schemas/Thing"}}},
                },
                "responses": {
                    "200": {
                        "description": "Put.",
                        "content": {JSON: {"schema": {"$ref": "#/components/schemas/Thing"}}},
                    },
                    "4XX": {"$ref": "#/components/responses/Bad"},
                    "5XX": {"$ref": "#/components/responses/Bad"},
                },
            }
        }
    },
    "components": {
        "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        "parameters": {
            "ThingId": {
                "name": "thing_id",
                "in": "path",
                "required": True,
                "description": "The id.",
                "schema": {"type": "string"},
            }
        },
        "responses": {
            "Bad": {"description": "Bad.", "content": {JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
        },
        "schemas": {
            "Thing": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string"},
                    "rows": {"type": "array", "items": {}},
                    "problem": {"anyOf": [{"$ref": "#/components/schemas/Problem"}, {"type": "null"}]},
                },
                "additionalProperties": False,
            },
            "Problem": {"type": "object", "properties": {"inference?": {}}, "additionalProperties": True},
        },
    },
}


def at(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    """A change that sets the node at a path of names, or removes it when the value is None."""

    def change(document: dict[str, Any]) -> None:
        names = {"op": "paths>/things/{thing_id}>put", "thing": "components>schemas>Thing", "json": JSON}
        steps = [step for name in path.split(">") for step in names.get(name, name).split(">")]
        node: Any = document
        for step in steps[:-1]:
            node = node[int(step)] if isinstance(node, list) else node[step]
        key: Any = int(steps[-1]) if isinstance(node, list) else steps[-1]
        if value is None:
            del node[key]
        else:
            node[key] = value

    return change


def twin(operation_id: str) -> Callable[[dict[str, Any]], None]:
    """A second operation with some id."""

    def change(document: dict[str, Any]) -> None:
        first = document["paths"]["/things/{thing_id}"]["put"]
        document["paths"]["/things/{thing_id}"]["delete"] = {**first, "operationId": operation_id}

    return change


HEADER = "op>parameters>1>schema"
OK_CONTENT = "op>responses>200>content"


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (at("security", [{"token": []}]), "(root): security at the root is ignored"),
        (at("thing>properties>name", {"$ref": "other.yaml#/Name"}), "is not to a component of this file"),
        (
            at("thing>properties>name", {"$ref": "#/components/schemas/Nobody"}),
            "there is no #/components/schemas/Nobody",
        ),
        (at("components>schemas>Spare", {"type": "string"}), "components/schemas/Spare: nothing refers to it"),
        (twin("putThing"), "operationId putThing: overwrites the module of putThing"),
        (twin("put_thing"), "operationId putThing: overwrites the module of put_thing"),
        (at("components>schemas>thing_", {"$ref": "#/components/schemas/thing_"}), "schema thing_: overwrites"),
        (at("op>operationId", "PutThing"), "operationId is missing or not in camelCase"),
        (at("op>operationId", None), "operationId is missing or not in camelCase"),
        (at("op>tags", ["things", "more"]), "exactly one tag"),
        (at("op>tags", ["others"]), "exactly one tag"),
        (at("op>summary", " "), "summary is missing"),
        (at("op>description", None), "description is missing"),
        (at("op>security", None), "security is missing"),
        (at("op>security", [{"other": []}]), "there is no security scheme other"),
        (at("op>responses>5XX", None), "responses must be 200, 4XX, 5XX"),
        (at("op>responses>default", {"$ref": "#/components/responses/Bad"}), "responses must be 200, 4XX, 5XX"),
        (at(OK_CONTENT, {}), "a response without content gives None"),
        (at(f"{OK_CONTENT}>json>schema", {}), "an empty schema discards the body"),
        (at(f"{OK_CONTENT}>json>schema", {"type": "string"}), "name the schema in components"),
        (at(f"{OK_CONTENT}>text/event-stream", {"schema": {"type": "object"}}), "the schema must be of type string"),
        (at(OK_CONTENT, {"text/plain": {"schema": {"type": "string"}}, JSON: {}}), "so JSON must come first"),
        (at("op>requestBody>required", None), "the body must say whether it is required"),
        (at("op>requestBody>content>json>schema", {"type": "string"}), "name the schema of the body"),
        (at("op>requestBody>content>image/png", {}), "no code is generated for a body of type image/png"),
        (at("op>requestBody>content", {"application/octet-stream": {"schema": {"type": "string"}}}), "a body of bytes"),
        (at("op>parameters>0", None), "the path parameter thing_id is either not declared or not in the path"),
        (at(HEADER, None), "a parameter without schema"),
        (at(HEADER, {"type": "object", "additionalProperties": True}), "a parameter must be one of"),
        (at(HEADER, {"type": ["string", "null"]}), "a parameter must be one of"),
        (at("op>parameters>1>style", "deepObject"), "style and explode are ignored"),
        (at("op>parameters>1>description", ""), "parameter app-id: description is missing"),
        (at("op>parameters>1>name", "Content-Type"), "this header is sent twice"),
        (at(HEADER, {"type": "string", "format": "uuid"}), "a header must be a plain string or boolean"),
        (at(HEADER, {"type": "integer"}), "a header must be a plain string or boolean"),
        (at(HEADER, {"const": "true", "type": "string"}), "a header must be a plain string or boolean"),
        (at("thing>properties>name", True), "Thing.name: a boolean schema aborts"),
        (at("thing>properties>rows>items", True), "Thing.rows, items: a boolean schema aborts"),
        (at("thing>discriminator", {"propertyName": "name"}), "discriminator is ignored"),
        (at("thing>properties>rows>prefixItems", [{}]), "prefixItems loses order"),
        (at("thing>properties>name>nullable", True), "nullable is of OpenAPI 3.0"),
        (at("thing>properties>name>default", "x"), "default is sent on the wire"),
        (at("thing>properties>name", {"oneOf": [{"type": "string"}]}), "oneOf is read like anyOf"),
        (at("thing>properties>name", {"allOf": [{"type": "string"}]}), "allOf copies the properties"),
        (at("thing>patternProperties", {"^x": {}}), "patternProperties is ignored"),
        (at("thing>$defs", {}), "$defs is not found"),
        (at("thing>properties>rows>items", None), "an array without items"),
        (
            at("thing>properties>name", {"type": ["string", "null"], "enum": ["a", None]}),
            "an enum must be of type string",
        ),
        (at("thing>properties>name", {"anyOf": [{"const": "a"}, {"type": "integer"}]}), "const directly in a union"),
        (at("thing>properties>$", {"type": "string"}), "$: a key without letters"),
        (at("thing>properties>to_dict", {"type": "string"}), "to_dict: collides with a member"),
        (at("thing>properties>name?", {"type": "string"}), "name? and name have one Python name"),
        (at("thing>type", ["object", "null"]), "an object or null must be anyOf"),
        (at("thing>additionalProperties", None), "say whether there may be other keys"),
        (at("thing>required", ["title"]), "title is required but not described"),
        (
            at("thing>properties>name", {"type": "object", "additionalProperties": True}),
            "name the object or enum inside",
        ),
        (at("thing>properties>rows>items", {"type": "string", "enum": ["a"]}), "name the object or enum inside"),
    ],
)
def test_a_rule_finds_what_it_is_for(change: Callable[[dict[str, Any]], None], finding: str) -> None:
    document = copy.deepcopy(GOOD)
    change(document)
    assert any(finding in found for found in lint(document)), lint(document)


def test_a_good_description_has_no_findings() -> None:
    assert lint(GOOD) == []


def test_the_description_of_instant_has_no_findings() -> None:
    assert lint(load_yaml(ROOT / "openapi/admin.yaml")) == []


def test_the_description_is_read_alike_by_yaml_readers_of_either_kind() -> None:
    file = ROOT / "openapi/admin.yaml"
    assert yaml.load(file.read_text(), Loader=yaml.SafeLoader) == load_yaml(file)  # the other one is written in C
