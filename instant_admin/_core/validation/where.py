"""Conditions: what stands in `where`, and the paths that lead to what each is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from instant_admin._core.nearest import did_you_mean
from instant_admin._core.validation.faults import fault, mistyped
from instant_admin._core.validation.operators import Subject, check_value
from instant_admin._core.validation.tables import Namespace, Tables

_COMBINATORS = ("and", "or")
_ID_PREFIX = "$entityIdStartsWith"
"""A condition of the server's own that stands where a label does (server contract, data 2.1)."""


class WhereCheck:
    """Checks the conditions of one query.

    Args:
        tables: The schema's, or None without one.
        upstream: Whether to refuse only what the JS SDK does.
    """

    __slots__ = ("_tables", "_upstream")

    def __init__(self, tables: Tables | None, *, upstream: bool) -> None:
        self._tables = tables
        self._upstream = upstream

    def check(self, where: Any, namespace: Namespace | None, path: str) -> None:
        """Check all conditions of an object.

        Raises:
            InvalidArgumentError: One does not fit.
        """
        if self._upstream and not where:  # JavaScript's falsy values, and objects without keys
            return
        plain_types = {} if namespace is None or self._upstream else namespace.plain_types
        for label, value in self._conditions(where, path):
            if label in plain_types and type(value) in plain_types[label]:
                continue  # nearly all conditions are such
            if label in _COMBINATORS and self._is_combinator(label, value, namespace, path):
                continue
            here = f"{path}.{label}"
            if label.endswith(_ID_PREFIX) and not self._upstream:
                self._subject(f"{label.removesuffix(_ID_PREFIX)}id", namespace, here)
                _check_id_prefix(value, here)
                continue
            check_value(here, value, self._subject(label, namespace, here), upstream=self._upstream)

    def _conditions(self, where: Any, path: str) -> Iterator[tuple[str, Any]]:
        if isinstance(where, dict):
            return iter(where.items())
        if self._upstream and isinstance(where, list):  # in JavaScript lists have keys as well
            return ((str(index), value) for index, value in enumerate(where))
        raise mistyped(path, "an object of conditions", where)

    def _is_combinator(self, label: str, value: Any, namespace: Namespace | None, path: str) -> bool:
        """Check a list of alternatives or of common conditions; False for an attribute of that name."""
        here = f"{path}.{label}"
        if not isinstance(value, list):
            # To the server it is an attribute then; JavaScript does not look at it.
            is_attribute = namespace is not None and label in namespace.attributes
            if not self._upstream and not is_attribute and (namespace is not None or isinstance(value, dict)):
                raise mistyped(here, "a list of conditions", value)
            return self._upstream
        is_empty = True
        for index, item in enumerate(value):
            place = f"{here}[{index}]"
            if isinstance(item, dict) and item:
                is_empty = False
                self.check(item, namespace, place)
            else:
                self._check_odd_condition(item, namespace, place, is_alternative=label == "or")
        if is_empty and not self._upstream:
            raise mistyped(here, "a list of at least one condition", value)
        return True

    def _check_odd_condition(self, item: Any, namespace: Namespace | None, path: str, *, is_alternative: bool) -> None:
        """Check what is no object of conditions among others: JavaScript finds keys in lists and texts, too."""
        if not self._upstream:
            if item == {} and not is_alternative:  # the server skips these
                return
            raise mistyped(path, "an object of conditions", item)
        if isinstance(item, list):
            self.check(item, namespace, path)
        elif item is None or (isinstance(item, str) and item):
            raise mistyped(path, "an object of conditions", item)

    def _subject(self, label: str, start: Namespace | None, path: str) -> Subject:
        """What a label, or a path of links and at last a label, stands for."""
        if self._tables is None or start is None:
            return self._unknown(label, path)
        if "." not in label:
            return self._single(label, start, path)
        steps = label.split(".")
        here = start
        for step in steps[:-1]:
            link = here.links.get(step)
            if link is None:
                raise fault(path, f"{here.name!r} has no link {step!r}. {did_you_mean(step, here.links)}")
            if link.target not in self._tables:
                raise fault(path, f"{here.name}.{step} leads to {link.target!r}, which is not in the schema.")
            here = self._tables[link.target]
        return self._last(steps[-1], here, path)

    def _unknown(self, label: str, path: str) -> Subject:
        if not self._upstream and "/" in label:
            raise fault(path, "the server drops all of a name up to its slash.")
        if not self._upstream and label.endswith("."):
            raise fault(path, "a path ends in a label, not in a dot.")
        is_last_id = label.endswith(".id")
        return Subject(label, None, is_indexed=True, is_reference=is_last_id, is_id=is_last_id or label == "id")

    def _single(self, label: str, here: Namespace, path: str) -> Subject:
        name = f"{here.name}.{label}"
        if label == "id":
            return Subject(name, "string", is_indexed=True, is_id=True)
        attribute = here.attributes.get(label)
        if attribute is not None:
            return Subject(name, attribute.value_type, attribute.is_indexed)
        return self._link(label, here, path)

    def _last(self, label: str, here: Namespace, path: str) -> Subject:
        name = f"{here.name}.{label}"
        if label == "id":
            return Subject(name, "string", is_indexed=True, is_reference=True, is_id=True)
        attribute = here.attributes.get(label)
        # At the end of a path JavaScript takes a link before an attribute of the same label, which alone it does not.
        if attribute is not None and label not in here.links:
            return Subject(name, attribute.value_type, attribute.is_indexed)
        return self._link(label, here, path)

    def _link(self, label: str, here: Namespace, path: str) -> Subject:
        if label in here.links:
            return Subject(f"{here.name}.{label}", "string", is_indexed=True, is_reference=True)
        raise fault(path, f"{here.name!r} has no attribute or link {label!r}. {did_you_mean(label, here.labels)}")


def _check_id_prefix(value: Any, path: str) -> None:
    if not isinstance(value, str):
        raise mistyped(path, "the beginning of an id (text)", value)
