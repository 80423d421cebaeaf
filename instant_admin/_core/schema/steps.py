"""Steps of a schema push: what they make of an app's attributes (server contract, schema 1.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from instant_admin._core.schema.attributes import WireObject

Step: TypeAlias = Sequence[Any]
"""`[operation, parameters]`, as the server plans and takes it."""

_JOBS: dict[str, dict[str, Any]] = {
    "index": {"index?": True},
    "remove-index": {"index?": False},
    "unique": {"unique?": True},
    "remove-unique": {"unique?": False},
    "required": {"required?": True},
    "remove-required": {"required?": False},
    "remove-data-type": {"checked-data-type": None},
}
"""What the server does in the background, and what it changes."""


def after_steps(attributes: Iterable[WireObject], steps: Iterable[Step]) -> list[WireObject]:
    """The attributes as they are after the steps. An operation that is not known changes nothing.

    Raises:
        ValueError, KeyError, TypeError: A step has another shape.
    """
    known = {str(attribute["id"]): dict(attribute) for attribute in attributes}
    for operation, parameters in steps:
        if operation == "delete-attr":
            known.pop(parameters, None)
        elif operation == "add-attr":
            known[parameters["id"]] = dict(parameters)
        elif (id := attribute_of(operation, parameters)) in known:
            known[id] |= _changed(operation, parameters)
    return list(known.values())


def attribute_of(operation: str, parameters: Any) -> str:
    """The id of the attribute that a step is about."""
    if operation == "delete-attr":
        return str(parameters)
    return str(parameters["id" if operation in ("add-attr", "update-attr") else "attr-id"])


def _changed(operation: str, parameters: WireObject) -> WireObject:
    if operation == "update-attr":
        return parameters
    if operation == "check-data-type":
        return {"checked-data-type": parameters["checked-data-type"]}
    return _JOBS.get(operation, {})
