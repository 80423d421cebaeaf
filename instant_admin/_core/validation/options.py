"""What stands in `$` beside `where`: values that the server refuses, misreads or fails at (server contract, data 2)."""

from __future__ import annotations

from typing import Any, Final

from instant_admin._core.ids import is_uuid
from instant_admin._core.nearest import did_you_mean
from instant_admin._core.validation.faults import fault, mistyped
from instant_admin._core.validation.tables import Namespace

OPTIONS: Final = (
    "where", "order", "limit", "first", "last", "offset",
    "before", "after", "beforeInclusive", "afterInclusive", "aggregate", "fields",
)  # fmt: skip
"""Every key that `$` may have; the server refuses others at every level."""
PAGING: Final = frozenset({"offset", "before", "after", "first", "last", "beforeInclusive", "afterInclusive"})
"""Those that have no meaning below the top."""

_LIMITS: Final[tuple[str, ...]] = ("limit", "first", "last")
_BEYOND_AGGREGATE: Final = ("order", *_LIMITS, "offset", "before", "after")
_MOST: Final = 2**63 - 1
_CREATED: Final = "serverCreatedAt"
_CURSOR_ITEMS: Final = (3, 4)
"""Three for apps whose data is in a database of their own."""


def check_options(
    options: dict[str, Any], namespace: Namespace | None, path: str, *, is_nested: bool, has_links: bool
) -> None:
    """Check the values of options. null (None) counts as not given.

    Args:
        options: All of them; their names have been checked.
        namespace: What they are about, or None without a schema.
        path: Where they stand.
        is_nested: Whether they are a link's.
        has_links: Whether links are asked for beside them.

    Raises:
        InvalidArgumentError: A value is wrong.
    """
    given = {option: value for option, value in options.items() if value is not None and option != "where"}
    limits = [option for option in _LIMITS if option in given]
    for option in limits:
        if type(given[option]) is not int or not 0 < given[option] < _MOST:
            raise mistyped(f"{path}.{option}", "a whole number above 0", given[option])
    if len(limits) > 1:
        raise fault(path, f"expected one of limit, first and last, got {' and '.join(limits)}.")
    if "offset" in given and (type(given["offset"]) is not int or not 0 <= given["offset"] <= _MOST):
        raise mistyped(f"{path}.offset", "a whole number, 0 or more", given["offset"])
    for option in ("before", "after"):
        if option in given:
            _check_cursor(given[option], f"{path}.{option}")
    for option in ("beforeInclusive", "afterInclusive"):
        if option in given and not isinstance(given[option], bool):
            raise mistyped(f"{path}.{option}", "True or False", given[option])
    if "order" in given:
        _check_order(given["order"], namespace, f"{path}.order", is_nested=is_nested)
    if "fields" in given:
        _check_fields(given["fields"], namespace, f"{path}.fields")
    if "aggregate" in given:
        _check_aggregate(given, path, is_nested=is_nested, has_links=has_links)


def _check_cursor(cursor: Any, path: str) -> None:
    is_cursor = (
        isinstance(cursor, list)
        and len(cursor) in _CURSOR_ITEMS
        and all(isinstance(item, str) and is_uuid(item) for item in cursor[:2])
        and type(cursor[-1]) is int
    )
    if not is_cursor:
        raise mistyped(path, "a cursor from page info: [entity id, attribute id, value, milliseconds]", cursor)


def _check_order(order: Any, namespace: Namespace | None, path: str, *, is_nested: bool) -> None:
    if not isinstance(order, dict):
        raise mistyped(path, "an object such as {'title': 'asc'}", order)
    if len(order) > 1:
        raise fault(path, f"expected one attribute, got {len(order)}: {', '.join(map(repr, order))}.")
    for label, direction in order.items():
        here = f"{path}.{label}"
        if direction not in ("asc", "desc"):
            raise mistyped(here, "'asc' or 'desc'", direction)
        if namespace is not None and label != _CREATED:
            _check_order_label(label, namespace, here, is_nested=is_nested)


def _check_order_label(label: str, namespace: Namespace, path: str, *, is_nested: bool) -> None:
    attribute = namespace.attributes.get(label)
    name = f"{namespace.name}.{label}"
    if is_nested and (attribute is not None or label == "id" or label in namespace.links):
        return  # sorted in memory, by anything (server contract, data 2.2)
    if attribute is None:
        if label == "id" or label in namespace.links:
            raise fault(path, f"rows cannot be ordered by {name}, only by indexed attributes and {_CREATED}.")
        known = [_CREATED, *namespace.attributes]
        raise fault(path, f"{namespace.name!r} has no attribute {label!r}. {did_you_mean(label, known)}")
    if attribute.value_type == "json":
        raise fault(path, f"order needs an attribute with a type, and {name} takes any value.")
    if not attribute.is_indexed:
        raise fault(path, f"order needs an index: add .indexed() to {name} in the schema.")


def _check_fields(fields: Any, namespace: Namespace | None, path: str) -> None:
    if not isinstance(fields, list):
        raise mistyped(path, "a list of attributes' names", fields)
    for index, label in enumerate(fields):
        here = f"{path}[{index}]"
        if not isinstance(label, str):
            raise mistyped(here, "an attribute's name", label)
        if namespace is None or label == "id" or label in namespace.attributes:
            continue
        link = namespace.links.get(label)
        if link is None:
            raise fault(here, f"{namespace.name!r} has no attribute {label!r}. {did_you_mean(label, namespace.labels)}")
        if not (link.is_forward and link.has == "one"):
            raise fault(here, f"{namespace.name}.{label} is a link; ask for it beside '$': {{{label!r}: {{}}}}.")


def _check_aggregate(given: dict[str, Any], path: str, *, is_nested: bool, has_links: bool) -> None:
    if given["aggregate"] != "count":
        raise mistyped(f"{path}.aggregate", "'count'", given["aggregate"])
    beside = next((option for option in _BEYOND_AGGREGATE if option in given), None)
    if is_nested or has_links:
        raise fault(f"{path}.aggregate", "only a namespace at the top without links can be counted.")
    if beside is not None:
        raise fault(f"{path}.aggregate", f"cannot be used together with {beside!r}.")
