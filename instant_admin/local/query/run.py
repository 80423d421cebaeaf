"""From a query to its result."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from instant_admin.local.attributes import ID_LABEL
from instant_admin.local.errors import bad_request
from instant_admin.local.query.choices import count_choices, count_listed
from instant_admin.local.query.forms import read_forms
from instant_admin.local.query.levels import Level, read_level
from instant_admin.local.query.plan import Plan, plan_form
from instant_admin.local.query.records import RecordReader
from instant_admin.local.query.shape import COUNT, check_shape
from instant_admin.local.query.tree import TreeBuilder
from instant_admin.local.query.visibility import EntityKey, Record, Visibility
from instant_admin.local.store import ReadUnit

RULE_PARAMS = "$$ruleParams"


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query found."""

    tree: dict[str, list[dict[str, Any]]]
    """Entities by namespace."""
    page_info: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    """For each namespace with an order or a page: its cursors, and whether there is more on either side."""
    aggregate: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])
    """For each namespace that was counted `{"count": n}`."""


def run_query(
    unit: ReadUnit, wanted: Mapping[str, Any], *, inference: bool = False, visibility: Visibility | None = None
) -> QueryResult:
    """Run an InstaQL query.

    Args:
        unit: The data.
        wanted: The query as sent; `$$ruleParams` in it is not looked at.
        inference: Whether singular links are objects or null instead of lists.
        visibility: What the caller may see; None for the admin.

    Raises:
        Refusal: The query is no valid one, or a rule cannot be evaluated.
    """
    query = {name: form for name, form in wanted.items() if name != RULE_PARAMS}
    check_shape(query)
    forms = read_forms(query, unit.attributes)
    plans = [plan_form(query, unit.attributes, form, is_admin=visibility is None) for form in forms]
    unit.read.update(etype for plan in plans for etype in plan.etypes())
    try:
        return _run(unit, plans, inference=inference, visibility=visibility)
    except sqlite3.OperationalError as cause:
        if "user-defined function" not in str(cause):
            raise
        raise bad_request("A pattern must not end in a lone backslash.") from cause


def _run(unit: ReadUnit, plans: Sequence[Plan], *, inference: bool, visibility: Visibility | None) -> QueryResult:
    result = QueryResult({plan.form.name: [] for plan in plans})
    listed = [plan for plan in plans if not plan.form.is_count]
    levels = [read_level(unit, plan, whole=visibility is not None) for plan in listed]
    builder = TreeBuilder(unit.attributes, inference=inference, visibility=visibility)
    if visibility is not None:
        examined = _examined(unit, levels)
        visibility.examine(examined, _labels(unit, levels))
        builder.limit_to(examined)
    for level in levels:
        name = level.plan.form.name
        if (page_info := builder.page_info(level)) is not None:
            result.page_info[name] = page_info
        result.tree[name] = builder.top(level)
    for plan in plans:
        if plan.form.is_count and plan.match is not None:
            result.aggregate[plan.form.name] = {COUNT: _count(unit, plan)}
    return result


def _count(unit: ReadUnit, plan: Plan) -> int:
    if plan.match is None or not plan.match.parts:
        return count_listed(unit, plan.root.etype)
    return sum(count_choices(unit, plan.root, plan.match).values())


def _examined(unit: ReadUnit, levels: Iterable[Level]) -> dict[EntityKey, Record]:
    """Whole records of all entities of the tree, and of those that only a `where` looks at."""
    records: dict[EntityKey, Record] = {}
    looked_at: dict[str, set[str]] = {}
    for level in _all_levels(levels):
        if level.plan.etype is not None:
            etype = level.plan.etype
            records.update((EntityKey(etype, id), dict(record)) for id, record in level.records.items())
        for key, _ in level.choices.all_touches() if level.choices else ():
            looked_at.setdefault(key.etype, set()).add(key.id)
    for etype, ids in looked_at.items():
        missing = {id for id in ids if EntityKey(etype, id) not in records}
        if missing:
            loaded = RecordReader(unit, etype).load(missing)
            records.update((EntityKey(etype, id), record) for id, record in loaded.items())
    return {key: record for key, record in records.items() if record}


def _labels(unit: ReadUnit, levels: Iterable[Level]) -> dict[str, set[str]]:
    """For each namespace the labels that the query returns or filters by."""
    labels: dict[str, set[str]] = {}
    for level in _all_levels(levels):
        plan = level.plan
        if plan.etype is None:
            continue
        own = labels.setdefault(plan.etype, {ID_LABEL})
        returned = (attribute.label for attribute in unit.attributes.of(plan.etype) if attribute.is_single)
        own.update(returned if plan.form.fields is None else plan.form.fields)
        if plan.order is not None:
            own.add(plan.order.label)
        if plan.link is not None and level.targets:
            labels.setdefault(plan.link.attribute.etype, set()).add(plan.link.attribute.label)
        for key, label in level.choices.all_touches() if level.choices else ():
            labels.setdefault(key.etype, set()).add(label)
    return labels


def _all_levels(levels: Iterable[Level]) -> Iterator[Level]:
    for level in levels:
        yield level
        yield from _all_levels(level.children)
