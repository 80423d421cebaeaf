"""All rows of an app at once: deleting them, keeping them aside, putting them back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from instant_admin.errors import InvalidArgumentError
from instant_admin.local.store.indexes import drop_indexes, sync_indexes
from instant_admin.local.store.units import ReadUnit, WriteUnit

_Rows = list[tuple[Any, ...]]

_WEBHOOKS = ("webhook", "webhook_change", "webhook_event")
_CONTENT = ("entity", "unique_value", "link", "indexing_job", *_WEBHOOKS)
_RULES = "rule_version"
_ATTRIBUTES = "attribute"
_OF_APP = "app = ?"
_OF_ATTRIBUTES = "attr IN (SELECT value FROM json_each(?))"
"""Rows of links name their attribute alone, whose key belongs to one app."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An app as it was: data, schema, rules and status. Good for this database only."""

    app_id: str
    status: str
    rules: str | None = field(repr=False)
    rows: dict[str, _Rows] = field(repr=False)
    """By table."""


def delete_data(unit: WriteUnit) -> None:
    """Delete all entities and links of an app, users and sessions included, its indexing jobs and its webhooks."""
    for table in _CONTENT:
        _delete(unit, table)


def delete_schema(unit: WriteUnit) -> None:
    """Delete all attributes of an app, the soft-deleted ones included. Its data must be gone."""
    for attribute in unit.attributes:
        if not attribute.is_system:
            drop_indexes(unit.db, attribute)
    _delete(unit, _ATTRIBUTES)
    unit.reload_attributes()


def delete_rules(unit: WriteUnit) -> None:
    """Delete all rules that an app has and had."""
    _delete(unit, _RULES)
    unit.db.execute("UPDATE app SET rules = NULL WHERE key = ?", (unit.app.key,))


def delete_app(unit: WriteUnit) -> None:
    """Delete an app with all that it has."""
    delete_data(unit)
    delete_schema(unit)
    delete_rules(unit)
    unit.db.execute("DELETE FROM app WHERE key = ?", (unit.app.key,))
    unit.db.execute("DELETE FROM setting WHERE name = 'default_app' AND value = ?", (unit.app.id,))


def take_snapshot(unit: ReadUnit) -> Snapshot:
    """All rows of an app."""
    rows = {table: _rows(unit, table) for table in (_ATTRIBUTES, _RULES, *_CONTENT)}
    return Snapshot(unit.app.id, unit.app.status, unit.app.rules, rows)


def restore_snapshot(unit: WriteUnit, snapshot: Snapshot) -> None:
    """Make an app what it was.

    Raises:
        InvalidArgumentError: The snapshot is of another app.
    """
    if snapshot.app_id != unit.app.id:
        raise InvalidArgumentError(f"The snapshot is of app {snapshot.app_id}, not of {unit.app.id}.")
    delete_data(unit)
    delete_rules(unit)
    attributes = snapshot.rows[_ATTRIBUTES]
    if _rows(unit, _ATTRIBUTES) != attributes:
        delete_schema(unit)
        _insert(unit, _ATTRIBUTES, attributes)
        unit.reload_attributes()
        for attribute in unit.attributes:
            if not attribute.is_system:
                sync_indexes(unit.db, unit.app.key, attribute)
    for table in (_RULES, *_CONTENT):
        _insert(unit, table, snapshot.rows[table])
    unit.db.execute(
        "UPDATE app SET status = ?, rules = ? WHERE key = ?", (snapshot.status, snapshot.rules, unit.app.key)
    )


def _rows(unit: ReadUnit, table: str) -> _Rows:
    condition, parameters = _where(unit, table)
    return unit.db.execute(f"SELECT * FROM {table} WHERE {condition}", parameters).fetchall()  # noqa: S608  own names


def _insert(unit: WriteUnit, table: str, rows: _Rows) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        unit.db.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608  own names


def _delete(unit: WriteUnit, table: str) -> None:
    condition, parameters = _where(unit, table)
    unit.db.execute(f"DELETE FROM {table} WHERE {condition}", parameters)  # noqa: S608  own names


def _where(unit: ReadUnit, table: str) -> tuple[str, tuple[object]]:
    """Which rows of a table are an app's."""
    if table == "link":
        return _OF_ATTRIBUTES, (json.dumps(_link_keys(unit)),)
    return _OF_APP, (unit.app.key,)


def _link_keys(unit: ReadUnit) -> list[int]:
    stored = unit.db.execute("SELECT key FROM attribute WHERE app = ?", (unit.app.key,))
    system = [attribute.key for attribute in unit.attributes if attribute.is_system and attribute.is_link]
    return [*system, *(key for (key,) in stored)]
