"""The dates of a query's rows, made datetimes where they stand.

Only what the query asks for and the schema calls a date is touched, column by column, since that is quickest: most
columns are read at once by msgspec, others value by value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, NamedTuple

import msgspec

from instant_admin._core.dates.parsing import find_date
from instant_admin._core.validation.tables import Tables

_SLICE = 512
"""So that an odd value slows down these many only."""
_COLUMN = list[Annotated[datetime, msgspec.Meta(tz=True)] | int | float | None]

_Row = dict[str, Any]


class DatePlan(NamedTuple):
    """Where the dates of one level are."""

    labels: tuple[str, ...]
    links: tuple[tuple[str, DatePlan], ...]
    """Links of the query that lead to dates."""


def plan_dates(query: Mapping[str, Any], tables: Tables) -> dict[str, DatePlan]:
    """Where in a query's result the dates are: a plan for each namespace at the top that has some."""
    plans = ((name, _plan(form, name, tables)) for name, form in query.items() if name in tables)
    return {name: plan for name, plan in plans if plan is not None}


def read_dates(plans: Mapping[str, DatePlan], rows: Mapping[str, Any]) -> None:
    """Make datetimes of the dates in rows by namespace, in place.

    What no datetime can be stays as it is stored: "infinity", and years outside 1 to 9999.
    """
    for name, plan in plans.items():
        _read_level(rows.get(name) or [], plan)


def _plan(form: Any, name: str, tables: Tables) -> DatePlan | None:
    namespace = tables.get(name)
    if namespace is None:
        return None
    links = []
    for label, inner in form.items() if isinstance(form, Mapping) else ():
        link = namespace.links.get(label)
        plan = None if link is None else _plan(inner, link.target, tables)
        if plan is not None:
            links.append((label, plan))
    labels = tuple(label for label, attribute in namespace.attributes.items() if attribute.value_type == "date")
    return DatePlan(labels, tuple(links)) if labels or links else None


def _read_level(rows: list[_Row], plan: DatePlan) -> None:
    for label in plan.labels:
        for start in range(0, len(rows), _SLICE):
            _read_column(rows[start : start + _SLICE], label)
    for label, inner in plan.links:
        _read_level(list(_linked(rows, label)), inner)


def _linked(rows: list[_Row], label: str) -> Iterator[_Row]:
    for row in rows:
        found = row.get(label)
        if isinstance(found, list):
            yield from found
        elif isinstance(found, dict):
            yield found


def _read_column(rows: list[_Row], label: str) -> None:
    stored = [row.get(label) for row in rows]
    try:
        moments = msgspec.convert(stored, _COLUMN)
    except msgspec.ValidationError:
        moments = stored
    for row, moment in zip(rows, moments, strict=True):
        if moment is not None:
            if type(moment) is not datetime:
                moment = find_date(moment)  # a number, or a text of another form
                if moment is None:
                    continue
            row[label] = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
