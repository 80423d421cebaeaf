"""Other names for what an app has. Values hang on attributes, so they stay (server contract, schema 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from instant_admin._core.nearest import did_you_mean
from instant_admin._core.schema.attributes import WireAttribute
from instant_admin._core.schema.steps import Step
from instant_admin.errors import InvalidArgumentError

_Ident = tuple[str, str, str]
"""Its id, the namespace and the label."""


def rename_steps(attributes: Sequence[WireAttribute], name: str, new_name: str) -> list[Step]:
    """The steps that give something another name.

    Args:
        attributes: The app's own.
        name: A namespace, or "namespace.label" of an attribute or of either side of a link.
        new_name: The other name of the namespace, or the other label.

    Raises:
        InvalidArgumentError: Nothing has the name, or the other one cannot be a name.
    """
    if not isinstance(new_name, str) or not new_name.strip() or "/" in new_name or new_name.startswith("$"):
        raise InvalidArgumentError(f"rename: {new_name!r:.80} can be no name: it is blank, or has a slash or '$'.")
    idents = [ident for attribute in attributes for ident in _idents(attribute)]
    if name in {namespace for _, namespace, _ in idents if not namespace.startswith("$")}:
        return list(_steps(attributes, lambda i: (i[0], new_name, i[2]) if i[1] == name else i))
    if name in {f"{namespace}.{label}" for _, namespace, label in idents if label != "id"}:
        return list(_steps(attributes, lambda i: (i[0], i[1], new_name) if f"{i[1]}.{i[2]}" == name else i))
    known = {known for _, namespace, label in idents for known in (namespace, f"{namespace}.{label}")}
    raise InvalidArgumentError(f"rename: the app has no {name!r:.80}. {did_you_mean(name, known)}")


def _idents(attribute: WireAttribute) -> Iterator[_Ident]:
    yield attribute.forward
    if attribute.reverse is not None:
        yield attribute.reverse


def _steps(attributes: Sequence[WireAttribute], renamed: Callable[[_Ident], _Ident]) -> Iterator[Step]:
    for attribute in attributes:
        changed: dict[str, Any] = {}
        for key, ident in (("forward-identity", attribute.forward), ("reverse-identity", attribute.reverse)):
            if ident is not None and renamed(ident) != ident:
                changed[key] = list(renamed(ident))
        if changed:
            yield ["update-attr", {"id": attribute.id, **changed}]
