"""Reading what a form asks for: one statement for the rows of each level of the tree, one for their links."""

# ruff: noqa: S608  statements are put together from own names and numbers; values are parameters

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from instant_admin.local.query.choices import Choices, read_choices
from instant_admin.local.query.match_sql import MatchSql, needs_row
from instant_admin.local.query.pages import Page, read_page
from instant_admin.local.query.plan import Plan
from instant_admin.local.query.records import RecordReader, StoredRow
from instant_admin.local.store import ReadUnit
from instant_admin.local.store.entities import NEVER_MS


@dataclass
class Level:
    """What one form found, not yet filtered, cut and sorted."""

    plan: Plan
    records: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    """Its entities by id; empty records of those for which nothing is stored."""
    created_ms: dict[str, int] = field(default_factory=dict[str, int])
    targets: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Of a nested form: its entities under each entity of the form above."""
    page: Page | None = None
    choices: Choices | None = None
    """By what its entities match; read only for callers whose view is limited."""
    children: list[Level] = field(default_factory=list["Level"])


def read_level(unit: ReadUnit, plan: Plan, *, whole: bool) -> Level:
    """A top-level form and all that is nested in it.

    Args:
        unit: The data.
        plan: The form.
        whole: Whether whole records are wanted, and by what each entity matches.
    """
    level = Level(plan)
    if plan.match is not None:
        if plan.is_paged:
            level.page = read_page(unit, plan)
        rows = level.page.rows if level.page else _matching_rows(unit, plan)
        _add_rows(unit, level, rows, whole=whole)
    _read_children(unit, level, whole=whole)
    return level


def _matching_rows(unit: ReadUnit, plan: Plan) -> list[StoredRow]:
    """The rows of a form that is not paged, in no order."""
    match = plan.match
    assert match is not None, "somebody asked for them"
    sql = MatchSql(unit.app.key, plan.root)
    if match.parts and not needs_row(match):
        # What is only the end of a link has no row of its own, and is found all the same.
        statement = (
            f"SELECT match.id, entity_0.created, entity_0.listed, entity_0.doc FROM ({sql.ids(match)}) match"
            f" LEFT JOIN entity entity_0 ON {sql.entities('entity_0', plan.root.etype)} AND entity_0.id = match.id"
        )
    else:
        tables, tests = sql.matching(match, "entity_0")
        if not match.parts:
            tests.append("entity_0.listed = 1")
        statement = (
            f"SELECT entity_0.id, entity_0.created, entity_0.listed, entity_0.doc FROM {tables}"
            f" WHERE {' AND '.join(tests)}"
        )
    return unit.db.execute(statement, sql.parameters.values).fetchall()


def _add_rows(unit: ReadUnit, level: Level, rows: Iterable[StoredRow], *, whole: bool) -> None:
    """Read the records of rows, and what else is wanted of them."""
    plan = level.plan
    reader = RecordReader(unit, plan.root.etype)
    for id, created, listed, doc in rows:
        if id not in level.records:
            level.records[id] = reader.values(id, listed=listed == 1, doc=doc)
            level.created_ms[id] = NEVER_MS if created is None else created
    reader.add_links(level.records, None if whole else plan.form.fields)
    if whole and plan.match is not None and plan.match.parts:
        level.choices = read_choices(unit, plan.root, plan.match, level.records)


def _read_children(unit: ReadUnit, level: Level, *, whole: bool) -> None:
    level.children = [_read_nested(unit, child, level.records, whole=whole) for child in level.plan.children]


def _read_nested(unit: ReadUnit, plan: Plan, above: Collection[str], *, whole: bool) -> Level:
    level = Level(plan)
    if above and plan.match is not None:
        rows = _linked_rows(unit, plan, above)
        for parent, row in rows:
            level.targets.setdefault(parent, []).append(row[0])
        _add_rows(unit, level, (row for _, row in rows), whole=whole)
    _read_children(unit, level, whole=whole)
    return level


def _linked_rows(unit: ReadUnit, plan: Plan, above: Collection[str]) -> list[tuple[str, StoredRow]]:
    """The entities that links of some entities lead to, as far as they match: the entity above, then their rows."""
    assert plan.link is not None, "nested forms are links"
    assert plan.match is not None, "somebody asked for them"
    near, far = ("src", "dst") if plan.link.is_forward else ("dst", "src")
    sql = MatchSql(unit.app.key, plan.root)
    parents = sql.parameters.add(json.dumps(list(above)))
    tests = [
        f"link_0.attr = {plan.link.attribute.key}",
        f"link_0.{near} IN (SELECT value FROM json_each({parents}))",
    ]
    if plan.match.parts:
        tests.append(sql.test(plan.match, f"link_0.{far}", "entity_0", one_by_one=True))
    statement = (
        f"SELECT link_0.{near}, link_0.{far}, entity_0.created, entity_0.listed, entity_0.doc FROM link link_0"
        f" LEFT JOIN entity entity_0 ON {sql.entities('entity_0', plan.root.etype)} AND entity_0.id = link_0.{far}"
        f" WHERE {' AND '.join(tests)}"
    )
    rows = unit.db.execute(statement, sql.parameters.values)
    return [(parent, (id, created, listed, doc)) for parent, id, created, listed, doc in rows]
