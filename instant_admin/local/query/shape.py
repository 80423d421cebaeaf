"""What a query may look like: forms, their options, and the shape of a `where`.

Faults are found in the order of the options below, then unknown ones, nested paging, and limits given twice (recording
query_error_precedence). The values inside are looked at later, in `forms` and `conditions`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, cast

from instant_admin.local.coerce import as_uuid, is_given
from instant_admin.local.errors import Refusal, bad_request
from instant_admin.local.query.conditions import COMBINATORS
from instant_admin.local.query.faults import query_fault
from instant_admin.local.query.names import name_of

OPTIONS = "$"
COUNT = "count"
_LARGEST_LONG = 2**63 - 1
_CURSOR_ITEMS = (3, 4)
"""Three belong to apps on an external database; here they are refused when the value is read."""
_PAGE_LIMITS = ("limit", "first", "last")
_TOP_LEVEL_PAGING = ("offset", "before", "after")
_SUPPORTED = "We only support `where`, `order`, `limit`, `offset`, `before`, and `after` clauses."
_NESTED_PAGING = (
    "We currently only support `offset`, `before`, and `after` clauses on the top-level field."
    " Nested limits are ignored."
)

Form = Mapping[str, Any]
_Place = tuple[str, ...]


def check_shape(query: Mapping[str, Any]) -> None:
    """Look at everything but the values.

    Raises:
        Refusal: A form, an option or a list of conditions is not as it must be.
    """
    checks = _Checks(query)
    for name, form in query.items():
        checks.form(form, (name,))


class _Checks:
    """The checks of one query."""

    def __init__(self, query: object) -> None:
        self._query = query

    def form(self, form: object, at: _Place) -> None:
        if not isinstance(form, dict):
            raise self._fault("map?", at)
        known = cast("Form", form)
        if known.get(OPTIONS) is not None:
            self._check_options(known[OPTIONS], (*at, OPTIONS))
        for label, child in known.items():
            if label != OPTIONS:
                self.form(child, (*at, label))

    def _check_options(self, options: object, at: _Place) -> None:
        if not isinstance(options, dict):
            raise bad_request("The options of a form, its `$`, must be an object.")
        given = cast("dict[str, Any]", options)
        checks: dict[str, Callable[[Any, _Place], None]] = {
            "where": self._where,
            "order": self._order,
            "limit": self._limit,
            "first": self._limit,
            "last": self._limit,
            "offset": self._offset,
            "after": self._cursor,
            "afterInclusive": self._flag,
            "before": self._cursor,
            "beforeInclusive": self._flag,
            "aggregate": self._aggregate,
            "fields": self._fields,
        }
        for name, check in checks.items():
            if given.get(name) is not None:
                check(given[name], (*at, name))
        if given.keys() - checks.keys():
            raise self._fault("supported-options?", at, _SUPPORTED)
        self._check_paging(given, at)

    def _check_paging(self, given: Form, at: _Place) -> None:
        is_nested = len(at) > len(("namespace", OPTIONS))
        if is_nested and any(is_given(given.get(name)) for name in _TOP_LEVEL_PAGING):
            raise self._fault("supported-options?", at, _NESTED_PAGING)
        limits = [name for name in _PAGE_LIMITS if is_given(given.get(name))]
        if len(limits) > 1:
            named = " or ".join(f"`{name}`" for name in limits)
            raise self._fault("supported-options?", at, f"Only provide one of {named}.")

    def _where(self, where: object, at: _Place) -> None:
        if not isinstance(where, dict):
            raise self._fault("map?", at)
        self._conditions(cast("Form", where), at[:-1])

    def _conditions(self, where: Form, options: _Place) -> None:
        for key, value in where.items():
            name = name_of(key)
            if name in COMBINATORS and isinstance(value, list):
                self._combinator(name, cast("list[object]", value), options)

    def _combinator(self, key: str, members: list[object], options: _Place) -> None:
        for member in members:
            if not isinstance(member, dict):
                raise bad_request(f"A condition in the list of `{key}` must be an object.")
            if key == "or" and not member:
                raise bad_request("A condition in the list of `or` must not be empty.")
        if not any(members):
            raise self._fault("non-empty-list?", (*options, key), f"The list of `{key}` conditions can't be empty.")
        for member in members:
            self._conditions(cast("Form", member), options)

    def _order(self, order: object, at: _Place) -> None:
        if not isinstance(order, dict):
            raise self._fault("map?", at)
        directions = cast("dict[str, object]", order)
        if len(directions) > 1:
            raise self._fault("single-key?", at, "An `order` has one attribute.")
        for label, direction in directions.items():
            if direction not in ("asc", "desc"):
                message = f'We only support "asc" or "desc" in the `order` clause. Got {json.dumps(direction)}.'
                raise self._fault("valid-direction?", (*at, label), message)

    def _limit(self, limit: object, at: _Place) -> None:
        if limit is not False and not is_long(limit, at_least=1):
            raise self._fault("supported-options?", at, f"`{at[-1]}` must be a positive integer.")

    def _offset(self, offset: object, at: _Place) -> None:
        if offset is not False and not is_long(offset, at_least=0):
            raise self._fault("supported-options?", at, "`offset` must be zero or a positive integer.")

    def _cursor(self, cursor: object, at: _Place) -> None:
        if cursor is False:
            return
        items = cast("list[object]", cursor) if isinstance(cursor, list) else []
        if len(items) not in _CURSOR_ITEMS:
            raise self._fault("join-row?", at, f"Expected a join row with 4 items in `{at[-1]}`.")
        if as_uuid(items[1]) is None:
            raise self._fault("join-row?", at, "The second item of a join row is the id of an attribute.")
        if len(items) == max(_CURSOR_ITEMS) and is_given(items[-1]) and not is_long(items[-1]):
            raise self._fault("join-row?", at, "The last item of a join row is a time in milliseconds.")

    def _flag(self, flag: object, at: _Place) -> None:
        if not isinstance(flag, bool):
            raise self._fault("boolean?", at)

    def _aggregate(self, aggregate: object, at: _Place) -> None:
        if aggregate is not False and aggregate != COUNT:
            raise self._fault("supported-options?", at, 'The only aggregate is "count".')

    def _fields(self, fields: object, at: _Place) -> None:
        if fields is not False and not isinstance(fields, list):
            raise self._fault("array?", at, "The `fields` property should be an array of field names.")

    def _fault(self, predicate: str, at: _Place, message: str | None = None) -> Refusal:
        return query_fault(self._query, predicate, at, message)


def is_long(value: object, *, at_least: int = -_LARGEST_LONG - 1) -> bool:
    """Whether a number is an integer as Java has them, and not too small."""
    return isinstance(value, int) and not isinstance(value, bool) and at_least <= value <= _LARGEST_LONG
