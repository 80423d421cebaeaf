"""Pages of a top-level form: which rows they hold, and what their page info says.

Rows go by the order's attribute or by creation time, then by id; the database's order, not yet the one of the answer
(server contract, data 2.2 and 2.3).
"""

# ruff: noqa: S608  statements are put together from own names and numbers; values are parameters

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from instant_admin.local.attributes import Attribute
from instant_admin.local.errors import bad_request
from instant_admin.local.query.forms import Cursor, Paging
from instant_admin.local.query.match_sql import MatchSql
from instant_admin.local.query.plan import Plan
from instant_admin.local.query.records import StoredRow
from instant_admin.local.query.value_sql import sort_key
from instant_admin.local.store import ReadUnit
from instant_admin.local.values import is_storable_date, read_query_date, sort_value

_ENTITY = "entity_0"
_COLUMNS = f"{_ENTITY}.id, {_ENTITY}.created, {_ENTITY}.listed, {_ENTITY}.doc"
_STRING_EDGE = "cursor-row.sym"
"""With an order by a string the server compares with this text instead of a page's edge (recording
query_page_info_string_flags)."""


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a page, and whether there are others around it."""

    rows: list[StoredRow]
    has_next: bool
    has_previous: bool


def read_page(unit: ReadUnit, plan: Plan) -> Page:
    """The rows of a paged or ordered form."""
    paging = plan.form.paging
    reader = _PageReader(unit, plan)
    rows, has_more = reader.rows()
    if paging.from_end:
        rows.reverse()
    return Page(rows, _has_next(reader, rows, has_more), _has_previous(reader, rows, has_more))


def _has_next(reader: _PageReader, rows: list[StoredRow], has_more: bool) -> bool:
    paging = reader.paging
    if paging.limit is None and paging.before is None:
        return False
    if not paging.from_end and paging.before is None:
        return has_more
    return bool(rows) and reader.exists_beyond(rows[-1], forward=True)


def _has_previous(reader: _PageReader, rows: list[StoredRow], has_more: bool) -> bool:
    paging = reader.paging
    if paging.from_end and paging.after is None:
        return has_more
    if paging.after is None and not paging.offset and not paging.from_end:
        return False
    return not rows or reader.exists_beyond(rows[0], forward=False)


class _PageReader:
    """The statements about one page."""

    def __init__(self, unit: ReadUnit, plan: Plan) -> None:
        self._unit = unit
        self._plan = plan
        self._order = plan.order
        self.paging: Paging = plan.form.paging

    def rows(self) -> tuple[list[StoredRow], bool]:
        """The rows, from the end where the page counts from there, and whether there is one more."""
        paging, descending = self.paging, self._plan.is_descending != self.paging.from_end
        sql, tables, tests = self._whole()
        for cursor, inclusive, forward in (
            (paging.after, paging.after_inclusive, True),
            (paging.before, paging.before_inclusive, False),
        ):
            if cursor is not None:
                position = self._position(cursor)
                beyond = self._beyond(sql, position, forward=forward, inclusive=inclusive)
                tests.append(f"({' OR '.join(beyond)})")
        direction = "DESC" if descending else "ASC"
        order = f"{self._sort_column()} {direction}, {_ENTITY}.id {direction}"
        statement = f"SELECT {_COLUMNS} FROM {tables} WHERE {' AND '.join(tests)} ORDER BY {order}"
        if paging.limit is not None or paging.offset:
            most = -1 if paging.limit is None else paging.limit + 1
            statement += f" LIMIT {sql.parameters.add(most)} OFFSET {sql.parameters.add(paging.offset or 0)}"
        found: list[StoredRow] = self._unit.db.execute(statement, sql.parameters.values).fetchall()
        has_more = paging.limit is not None and len(found) > paging.limit
        return found[: paging.limit], has_more

    def exists_beyond(self, row: StoredRow, *, forward: bool) -> bool:
        """Whether any row of the whole result comes after a row, or before it."""
        sql, tables, tests = self._whole()
        # The order makes SQLite look from the far end, where such a row is first.
        direction = "DESC" if forward != self._plan.is_descending else "ASC"
        order = f"{self._sort_column()} {direction}, {_ENTITY}.id {direction}"
        statement = " UNION ALL ".join(
            f"SELECT * FROM (SELECT 1 FROM {tables} WHERE {' AND '.join((*tests, beyond))} ORDER BY {order} LIMIT 1)"
            for beyond in self._beyond(sql, self._edge(row), forward=forward, inclusive=False)
        )
        return self._unit.db.execute(statement, sql.parameters.values).fetchone() is not None

    def _whole(self) -> tuple[MatchSql, str, list[str]]:
        """Tables and tests of all rows that the form matches, in whatever order."""
        plan = self._plan
        assert plan.match is not None, "a form that matches nothing has no page"
        sql = MatchSql(self._unit.app.key, plan.root)
        tables, tests = sql.matching(plan.match, _ENTITY)
        is_in_order = f"{_ENTITY}.listed = 1" if self._order is None else sql.values(_ENTITY).has_triple(self._order)
        return sql, tables, [*tests, is_in_order]

    def _sort_column(self) -> str:
        return f"{_ENTITY}.created" if self._order is None else sort_key(_ENTITY, self._order)

    def _position(self, cursor: Cursor) -> tuple[object, str]:
        """What a cursor's row would sort by."""
        if self._order is None:
            return cursor.created_ms, cursor.entity_id
        return _cursor_key(self._order, cursor.value), cursor.entity_id

    def _edge(self, row: StoredRow) -> tuple[object, str]:
        if self._order is None:
            return row[1], row[0]
        if self._order.checked_data_type == "string":
            return sort_value("string", _STRING_EDGE), row[0]
        statement = f"SELECT {self._sort_column()} FROM entity {_ENTITY} WHERE app = ? AND etype = ? AND id = ?"
        (key,) = self._unit.db.execute(statement, (self._unit.app.key, self._plan.etype, row[0])).fetchone()
        return key, row[0]

    def _beyond(self, sql: MatchSql, position: tuple[object, str], *, forward: bool, inclusive: bool) -> list[str]:
        """Tests for rows after a position in the form's order, or before it: one of them must hold.

        Nulls are below all values.
        """
        key, id = position
        column, upward = self._sort_column(), forward != self._plan.is_descending
        sign, place = ">" if upward else "<", sql.parameters.add(id)
        id_test = f"{_ENTITY}.id {sign}{'=' if inclusive else ''} {place}"
        if key is None:
            tied = f"({column} IS NULL AND {id_test})"
            return [tied, f"{column} IS NOT NULL"] if upward else [tied]
        edge = sql.parameters.add(key)
        # The first test says nothing new, but an index finds by it.
        further = f"({column} {sign}= {edge} AND ({column} {sign} {edge} OR {id_test}))"
        return [further] if upward else [further, f"{column} IS NULL"]


def _cursor_key(order: Attribute, value: Any) -> object:
    """What a cursor's value sorts by, which is read as the attribute's type (recording query_cursor_odd)."""
    data_type = order.checked_data_type
    try:
        if value is None:
            return None
        if data_type == "number":
            return float(value)
        if data_type == "date":
            key = sort_value("date", value) if is_storable_date(value) else read_query_date(value, words=True)
        else:
            kind = bool if data_type == "boolean" else str
            assert data_type is not None, "an order has a type"
            key = sort_value(data_type, value) if isinstance(value, kind) else None
    except (TypeError, ValueError, OverflowError):
        key = None
    if key is None:
        raise bad_request(f"The value of a cursor must be a {data_type}, as the attribute of its order is.")
    return key


def cursor_of(plan: Plan, attribute_id: str, row: StoredRow, value: object) -> list[object]:
    """A row as a cursor.

    Args:
        plan: Its form.
        attribute_id: The order's attribute, or the `id` of the namespace.
        row: The row.
        value: Its value of the order's attribute.
    """
    id, created_ms = row[0], row[1]
    return [id, attribute_id, id if plan.order is None else value, created_ms]
