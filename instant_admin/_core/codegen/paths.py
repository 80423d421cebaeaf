"""What a condition may be about: labels, and paths of links that end in one."""

from __future__ import annotations

from collections.abc import Iterator

from instant_admin._core.codegen.value_types import compared_type
from instant_admin._core.validation.tables import Namespace, Tables


def condition_types(namespace: Namespace, tables: Tables, depth: int) -> dict[str, str]:
    """The type of the condition for every label and path.

    Args:
        namespace: Where paths begin.
        tables: All namespaces.
        depth: How many links a path may follow.
    """
    types = dict(_paths(namespace, tables, depth, is_path=False))
    for combinator in ("and", "or"):
        of_attribute = types.pop(combinator, None)  # an attribute of that name is meant where there is no list
        types[combinator] = f"list[@Where] | {of_attribute}" if of_attribute else "list[@Where]"
    return types


def _paths(namespace: Namespace, tables: Tables, depth: int, *, is_path: bool) -> Iterator[tuple[str, str]]:
    yield "id", "WhereId"
    for label in dict.fromkeys((*namespace.attributes, *namespace.links)):
        if label == "id":
            continue
        attribute = namespace.attributes.get(label)
        # At the end of a path a link goes before an attribute of the same label, which alone it does not.
        is_link = attribute is None or (is_path and label in namespace.links)
        yield label, "WhereId" if is_link or attribute is None else compared_type(attribute)
    if depth == 0:
        return
    for label, link in namespace.links.items():
        target = tables.get(link.target)
        if target is not None:
            for path, type_text in _paths(target, tables, depth - 1, is_path=True):
                yield f"{label}.{path}", type_text
