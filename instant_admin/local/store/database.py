"""Opening the SQLite database of a local Instant, and its tables."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from instant_admin.local.values import like

_APPLICATION_ID = 0x496E7374
"""Marks a file as a local Instant's: "Inst"."""
_FORMAT = 1
"""Version of the tables below."""
_BUSY_SECONDS = 30.0
"""How long to wait for another process that writes to the file."""
_STATEMENTS_KEPT = 512
_CACHE_KIB = 64 * 1024
"""How much of a file is kept in memory at most; SQLite's 2 MiB are few for a scan."""
_MEMORY_PAGE = 16 * 1024
"""Bytes; fewer and larger pages than SQLite's usual 4 KiB load faster, and in memory nobody writes them out."""

_TABLES = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE app (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    admin_token TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    created INTEGER NOT NULL,
    rules TEXT
);
CREATE TABLE rule_version (
    app INTEGER, version INTEGER, code TEXT NOT NULL, created INTEGER NOT NULL, PRIMARY KEY (app, version)
) WITHOUT ROWID;
CREATE TABLE attribute (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    app INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    forward_id TEXT NOT NULL UNIQUE,
    reverse_id TEXT UNIQUE,
    deleted INTEGER NOT NULL,
    definition TEXT NOT NULL
);
CREATE INDEX attribute_of_app ON attribute(app, deleted);
CREATE TABLE entity (
    app INTEGER NOT NULL,
    etype TEXT NOT NULL,
    id TEXT NOT NULL,
    created INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    doc TEXT NOT NULL,
    sort TEXT NOT NULL,
    UNIQUE (app, etype, id)
);
CREATE INDEX entity_by_age ON entity(app, etype, created, id) WHERE listed = 1;
CREATE TABLE link (attr INTEGER, src TEXT, dst TEXT, PRIMARY KEY (attr, src, dst)) WITHOUT ROWID;
CREATE INDEX link_reverse ON link(attr, dst, src);
CREATE TABLE unique_value (
    app INTEGER, attr INTEGER, value TEXT, id TEXT NOT NULL, PRIMARY KEY (app, attr, value)
) WITHOUT ROWID;
CREATE TABLE webhook (
    app INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, url TEXT NOT NULL, namespaces TEXT NOT NULL, actions TEXT NOT NULL,
    status TEXT NOT NULL, disabled_reason TEXT, created INTEGER NOT NULL, updated INTEGER NOT NULL, origin TEXT NOT NULL
);
CREATE INDEX webhook_of_app ON webhook(app, status);
CREATE TABLE webhook_change (isn INTEGER PRIMARY KEY AUTOINCREMENT, app INTEGER NOT NULL, changes TEXT NOT NULL);
CREATE TABLE webhook_event (
    app INTEGER NOT NULL, webhook TEXT NOT NULL, isn INTEGER NOT NULL, status TEXT NOT NULL, attempts TEXT NOT NULL,
    due INTEGER, created INTEGER NOT NULL, updated INTEGER NOT NULL, PRIMARY KEY (webhook, isn)
) WITHOUT ROWID;
CREATE INDEX webhook_event_due ON webhook_event(due) WHERE due IS NOT NULL;
CREATE TABLE indexing_job (
    app INTEGER NOT NULL, id TEXT NOT NULL UNIQUE, group_id TEXT, detail TEXT NOT NULL
);
"""
"""
attribute     keys are never used again: a snapshot of an app may still hold them.
entity        one row for each (app, namespace, id). `listed`: it has an `id`, so that queries list it; `created` is
              when it got it. `doc` has the plain values and `sort` their sort keys, by attribute key.
link          the links, has-one ones included; a row may stand without an entity at either end.
rule_version  all rules that an app has had; `app.rules` are those in force.
webhook_change  what transactions have changed that some webhook was told of; the numbers are never used again.
webhook_event   which webhook is told of which change. `due` is when it is to be delivered, null for never and for while
                it is being delivered.
unique_value  the values of unique attributes, in the form that `equality_key` gives.
"""


class StoreError(Exception):
    """The database cannot be opened."""


def open_database(path: str | Path | None) -> sqlite3.Connection:
    """Open or make a database; without a path one in memory.

    The connection is in autocommit mode and may be used by any thread, by one at a time.

    Raises:
        StoreError: The file cannot be opened, or is something else.
    """
    name = ":memory:" if path is None else str(path)
    try:
        connection = sqlite3.connect(
            name,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=_STATEMENTS_KEPT,
        )
    except sqlite3.Error as cause:
        raise StoreError(str(cause)) from cause
    try:
        _prepare(connection, in_memory=path is None)
    except (sqlite3.Error, StoreError) as cause:
        connection.close()
        raise StoreError(str(cause)) from cause
    return connection


def _prepare(connection: sqlite3.Connection, *, in_memory: bool) -> None:
    if in_memory:
        connection.execute(f"PRAGMA page_size = {_MEMORY_PAGE}")
    else:
        connection.execute("PRAGMA journal_mode = WAL")
        # A commit is in the operating system's hands before it is acknowledged: killing this process loses none.
        connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = {-_CACHE_KIB}")
    connection.create_function("alike", 3, _alike, deterministic=True)
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _is_empty(connection):
            _create(connection)
        elif _pragma(connection, "application_id") != _APPLICATION_ID:
            raise StoreError("it is another program's database")
        elif _pragma(connection, "user_version") != _FORMAT:
            raise StoreError("another version of instant-admin made it")
        connection.execute("DELETE FROM setting WHERE false")  # refused in a file that is read-only, where BEGIN is not
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _alike(pattern: str, text: str | None, ignore_case: int) -> bool:
    return text is not None and like(pattern, text, ignore_case=bool(ignore_case))


def _create(connection: sqlite3.Connection) -> None:
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            connection.execute(statement)
    connection.execute("INSERT INTO setting VALUES ('transaction', 0)")
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {_FORMAT}")


def _is_empty(connection: sqlite3.Connection) -> bool:
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return bool(tables == 0)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    value: int = connection.execute(f"PRAGMA {name}").fetchone()[0]
    return value
