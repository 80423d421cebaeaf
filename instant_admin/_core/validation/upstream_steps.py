"""A transaction's steps as the JS SDK checks them: whatever form they have."""

from __future__ import annotations

from typing import Any

from instant_admin._core.nearest import did_you_mean
from instant_admin._core.validation.faults import fault, mistyped
from instant_admin._core.validation.steps import LINKS, WRITES
from instant_admin._core.validation.tables import Namespace, Tables
from instant_admin._core.validation.values import TYPE_NAMES, fits, is_entity_id


def check_upstream_steps(steps: list[Any], tables: Tables | None) -> None:
    """Check steps, of which without a schema nothing but being lists is asked.

    Raises:
        InvalidArgumentError: The JS SDK would refuse one.
    """
    for index, step in enumerate(steps):
        if not isinstance(step, list):
            raise mistyped(f"steps[{index}]", "a step (a list)", step)
        if tables is not None:
            action, name, entity = [*step, None, None, None][:3]
            _check_step(action, name, entity, step[3] if len(step) > 3 else {}, tables)


def _check_step(action: Any, name: Any, entity: Any, values: Any, tables: Tables) -> None:
    path = f"{name}.{action}"
    if not isinstance(name, str):
        raise mistyped(path, "the name of a namespace", name)
    if not isinstance(entity, list) and not (isinstance(entity, str) and is_entity_id(entity, upstream=True)):
        raise mistyped(path, "the id of an entity (a UUID)", entity)
    if action not in WRITES and action not in LINKS:
        return
    namespace = tables.get(name)
    if namespace is None:
        raise fault(path, f"there is no namespace {name!r}. {did_you_mean(name, tables)}")
    if not isinstance(values, (dict, list)):
        raise mistyped(path, "an object", values)
    items = values.items() if isinstance(values, dict) else ((str(at), value) for at, value in enumerate(values))
    check = _check_value if action in WRITES else _check_link
    for label, value in items:
        check(label, value, namespace, f"{path}.{label}")


def _check_value(label: str, value: Any, namespace: Namespace, path: str) -> None:
    attribute = namespace.attributes.get(label)
    if label != "id" and attribute is not None and value is not None and not fits(value, attribute.value_type):
        raise mistyped(path, f"{TYPE_NAMES[attribute.value_type]} for {namespace.name}.{label}", value)


def _check_link(label: str, value: Any, namespace: Namespace, path: str) -> None:
    if label not in namespace.links:
        raise fault(path, f"{namespace.name!r} has no link {label!r}. {did_you_mean(label, namespace.links)}")
    targets = value if isinstance(value, list) else [] if value is None else [value]
    for target in targets:
        if not _is_target(target):
            raise mistyped(path, "the id of an entity (a UUID) or a lookup", target)


def _is_target(value: Any) -> bool:
    return isinstance(value, str) and (value.startswith("lookup__") or is_entity_id(value, upstream=True))
