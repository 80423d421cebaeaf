"""A query's levels: namespaces, options and links."""

from __future__ import annotations

from typing import Any

from instant_admin._core.nearest import did_you_mean
from instant_admin._core.validation.faults import fault, mistyped
from instant_admin._core.validation.options import OPTIONS, PAGING, check_options
from instant_admin._core.validation.tables import Namespace, Tables
from instant_admin._core.validation.where import WhereCheck

RULE_PARAMS = "$$ruleParams"
_FORM = "an object: {} or {'$': options, link: {...}}"


def check_query(query: dict[str, Any], tables: Tables | None, *, upstream: bool = False) -> None:
    """Check a query that is made of JSON values.

    Args:
        query: It.
        tables: The schema's, or None without one.
        upstream: Whether to refuse only what the JS SDK does.

    Raises:
        InvalidArgumentError: Something in it is wrong; `path` says where.
    """
    check = _QueryCheck(tables, upstream=upstream)
    for name, form in query.items():
        if name == RULE_PARAMS:
            if isinstance(form, list) or not (upstream or isinstance(form, dict)):
                raise mistyped(name, "an object of rule parameters by name", form)
            continue
        namespace = check.namespace(name)
        if not isinstance(form, dict):
            raise mistyped(name, _FORM, form)
        check.form(form, namespace, name, is_nested=False)


class _QueryCheck:
    __slots__ = ("_tables", "_upstream", "_where")

    def __init__(self, tables: Tables | None, *, upstream: bool) -> None:
        self._tables = tables
        self._upstream = upstream
        self._where = WhereCheck(tables, upstream=upstream)

    def namespace(self, name: str) -> Namespace | None:
        """The namespace of that name, or None without a schema."""
        if self._tables is None:
            if not self._upstream and "/" in name:
                raise fault(name, "the server drops all of a name up to its slash.")
            return None
        found = self._tables.get(name)
        if found is None:
            raise fault(name, f"there is no namespace {name!r}. {did_you_mean(name, self._tables)}")
        return found

    def form(self, form: Any, namespace: Namespace | None, path: str, *, is_nested: bool) -> None:
        """Check the options and links of one level."""
        items = form.items() if isinstance(form, dict) else ((str(index), item) for index, item in enumerate(form))
        for label, inner in items:
            here = f"{path}.{label}"
            if label == "$":
                self._options(inner, namespace, here, is_nested=is_nested, has_links=len(form) > 1)
            elif not (self._upstream and self._tables is None):  # where JavaScript does not look at all
                self._link(label, inner, namespace, here)

    def _link(self, label: str, inner: Any, namespace: Namespace | None, path: str) -> None:
        target = None
        if self._tables is not None and namespace is not None:
            link = namespace.links.get(label)
            if link is None:
                is_attribute = label in namespace.attributes
                about = f"{label!r} is an attribute, which comes without asking. " if is_attribute else ""
                raise fault(
                    path, f"{namespace.name!r} has no link {label!r}. {about}{did_you_mean(label, namespace.links)}"
                )
            target = self._tables.get(link.target)
        elif not self._upstream and "/" in label:
            raise fault(path, "the server drops all of a name up to its slash.")
        if isinstance(inner, dict) or (isinstance(inner, list) and self._upstream):
            is_known = target is not None or self._tables is None
            if is_known or not self._upstream:
                self.form(inner, target, path, is_nested=True)
        elif not self._upstream:
            raise mistyped(path, _FORM, inner)

    def _options(
        self, options: Any, namespace: Namespace | None, path: str, *, is_nested: bool, has_links: bool
    ) -> None:
        if options == [] and self._upstream:  # in JavaScript a list is an object without these keys
            return
        if not isinstance(options, dict):
            raise mistyped(path, "an object of options such as {'where': {...}}", options)
        for option in options:
            if option not in OPTIONS:
                raise fault(path, f"there is no option {option!r}. {did_you_mean(option, OPTIONS)}")
            if is_nested and option in PAGING:
                raise fault(path, f"{option!r} works for namespaces at the top only, not for links.")
        where = options.get("where")
        if not (self._upstream and self._tables is None) and (self._upstream or where is not None):
            self._where.check(where, namespace, f"{path}.where")
        if not self._upstream:
            check_options(options, namespace, path, is_nested=is_nested, has_links=has_links)
