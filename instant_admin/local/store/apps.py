"""The record of an app."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from typing import Any

_COLUMNS = "key, id, admin_token, title, status, created, rules"


@dataclass(frozen=True, slots=True)
class App:
    """An app as it was when it was read."""

    key: int
    """Short key in this database."""
    id: str
    admin_token: str = field(repr=False)
    title: str
    status: str
    created_ms: int
    rules: str | None = field(default=None, repr=False)
    """Permission rules as JSON text; None where none were ever set."""


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """The rules of an app as they were at some time."""

    version: int
    code: Any
    created_ms: int


def insert_app(db: sqlite3.Connection, id: str, admin_token: str, title: str, created_ms: int) -> App:
    """Make an app.

    Raises:
        sqlite3.IntegrityError: The id is taken.
    """
    cursor = db.execute(
        "INSERT INTO app (id, admin_token, title, status, created) VALUES (?, ?, ?, 'active', ?)",
        (id, admin_token, title, created_ms),
    )
    assert cursor.lastrowid is not None
    return App(cursor.lastrowid, id, admin_token, title, "active", created_ms)


def load_apps(db: sqlite3.Connection) -> list[App]:
    """All apps, the oldest first."""
    return [App(*row) for row in db.execute(f"SELECT {_COLUMNS} FROM app ORDER BY key")]  # noqa: S608  own names


def add_rules(db: sqlite3.Connection, app_key: int, code: str, created_ms: int) -> int:
    """Put other rules in force and return their version; the first is 0."""
    (version,) = db.execute("SELECT count(*) FROM rule_version WHERE app = ?", (app_key,)).fetchone()
    db.execute("INSERT INTO rule_version VALUES (?, ?, ?, ?)", (app_key, version, code, created_ms))
    db.execute("UPDATE app SET rules = ? WHERE key = ?", (code, app_key))
    return int(version)


def load_rules(db: sqlite3.Connection, app_key: int) -> list[RuleVersion]:
    """All rules that an app has had, the first ones first."""
    rows = db.execute("SELECT version, code, created FROM rule_version WHERE app = ? ORDER BY version", (app_key,))
    return [RuleVersion(version, json.loads(code), created) for version, code, created in rows]
