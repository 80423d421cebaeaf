"""JSON Schema validation against a description, with a note of every property that was seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from scripts.contract.description import Description
from scripts.contract.recordings import ANYTHING

DOCUMENT = "urn:description"
Keyword = Callable[[Any, Any, Any, Any], Iterator[ValidationError] | None]


def _unless_anything(keyword: Keyword) -> Keyword:
    """The keyword, satisfied by a value of which nothing was recorded."""

    def check(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[ValidationError] | None:
        return None if instance is ANYTHING else keyword(validator, value, instance, schema)

    return check


_extend: Any = validators.extend  # untyped in the stubs
Lenient = _extend(
    Draft202012Validator, {name: _unless_anything(check) for name, check in Draft202012Validator.VALIDATORS.items()}
)


class Schemas:
    """The schemas of one description.

    Attributes:
        seen: For each (reference of a schema, property), where it was first seen.
    """

    def __init__(self, description: Description) -> None:
        self._description = description
        resource = DRAFT202012.create_resource(description.document)
        self._registry: Registry[Any] = Registry().with_resource(DOCUMENT, resource)
        self._validators: dict[str, Any] = {}
        self.seen: dict[tuple[str, str], str] = {}

    def errors(self, reference: str, instance: Any, where: str) -> list[str]:
        """What is wrong with an instance of the schema at a reference; when nothing is, what it has counts as seen."""
        found = [_explain(error) for error in self._validator(reference).iter_errors(instance)]
        if not found:
            self._observe(reference, instance, where)
        return found

    def _validator(self, reference: str) -> Any:
        if reference not in self._validators:
            self._validators[reference] = Lenient({"$ref": DOCUMENT + reference}, registry=self._registry)
        return self._validators[reference]

    def _observe(self, reference: str, instance: Any, where: str) -> None:
        schema = self._description.at(reference)
        if "$ref" in schema:
            self._observe(schema["$ref"], instance, where)
        for number, branch in enumerate(schema.get("anyOf", ())):
            inner = branch.get("$ref", f"{reference}/anyOf/{number}")
            if instance is not None and instance is not ANYTHING and self._validator(inner).is_valid(instance):
                self._observe(inner, instance, where)
        if isinstance(instance, dict):
            self._observe_object(reference, schema, instance, where)
        elif isinstance(instance, list) and "items" in schema:
            for item in instance:
                self._observe(f"{reference}/items", item, where)

    def _observe_object(self, reference: str, schema: dict[str, Any], instance: dict[str, Any], where: str) -> None:
        properties = schema.get("properties", {})
        others = schema.get("additionalProperties")
        for name, value in instance.items():
            if name in properties:
                self.seen.setdefault((reference, name), where)
                self._observe(f"{reference}/properties/{name}", value, where)
            elif isinstance(others, dict):
                self._observe(f"{reference}/additionalProperties", value, where)


def _explain(error: ValidationError) -> str:
    at = "/".join(str(part) for part in error.absolute_path)
    return f"{at or '(whole)'}: {error.message:.300}"
