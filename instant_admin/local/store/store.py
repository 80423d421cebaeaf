"""The store: the apps of a local Instant, and their data in one transaction at a time."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

from instant_admin.local.attributes import AttributeSet
from instant_admin.local.errors import record_not_unique
from instant_admin.local.files.urls import file_url
from instant_admin.local.store.apps import App, RuleVersion, add_rules, insert_app, load_apps, load_rules
from instant_admin.local.store.attribute_rows import load_attributes
from instant_admin.local.store.commits import NOTHING, Commit, Observer, OnCommit, ignore, unobserved
from instant_admin.local.store.database import open_database
from instant_admin.local.store.units import ReadUnit, WriteUnit
from instant_admin.local.wire import IN_PROCESS_ORIGIN


class Store:
    """A database of apps. Threads may share it: they take turns.

    Apps and attributes are kept in memory, and read again when another process has written to the file.
    """

    def __init__(self, path: str | Path | None = None, *, now_ms: Callable[[], int]) -> None:
        """Open or make a database.

        Args:
            path: Its file; None for one in memory.
            now_ms: The time, in milliseconds since 1970.

        Raises:
            StoreError: The file cannot be opened, or is something else.
        """
        self.is_shared = path is not None
        """Whether other processes may open it too."""
        self._db = open_database(path)
        self._lock = threading.RLock()
        self._now_ms = now_ms
        self._last_ms = 0
        self._data_version = -1
        self._apps: dict[str, App] = {}
        self._attributes: dict[int, AttributeSet] = {}
        self.on_commit: OnCommit = ignore
        """Called after each change of an app; after those that other processes make, when they are noticed."""
        self.observe: Callable[[WriteUnit], Observer | None] = unobserved
        """Asked at the beginning of each transaction who wants to notice what it changes."""

    def close(self) -> None:
        """Close the database."""
        with self._lock:
            self._db.close()

    def notice_others(self) -> None:
        """Find out whether another process has changed the file; every transaction does."""
        with self._transaction("BEGIN"):
            pass

    def apps(self) -> list[App]:
        """All apps, the oldest first."""
        with self._transaction("BEGIN"):
            return list(self._apps.values())

    def find_app(self, id: str) -> App | None:
        """The app with an id."""
        with self._transaction("BEGIN"):
            return self._apps.get(id)

    def find_app_by_token(self, admin_token: str) -> App | None:
        """The app with an admin token."""
        return next((app for app in self.apps() if app.admin_token == admin_token), None)

    def create_app(self, id: str, admin_token: str, title: str) -> App:
        """Make an app.

        Raises:
            Refusal: The id is taken.
        """
        with self._lock:
            with self._transaction("BEGIN IMMEDIATE"):
                if id in self._apps:
                    raise record_not_unique("app")
                app = insert_app(self._db, id, admin_token, title, self._now_ms())
            self._apps[id] = app
            return app

    def default_app(self, id: str, admin_token: str, title: str) -> App:
        """The app for those who name none; made with this id, token and title where there is none yet."""
        with self._lock:
            with self._transaction("BEGIN IMMEDIATE"):
                row = self._db.execute("SELECT value FROM setting WHERE name = 'default_app'").fetchone()
                if row is not None:
                    return self._apps[row[0]]
                app = insert_app(self._db, id, admin_token, title, self._now_ms())
                self._db.execute("INSERT INTO setting VALUES ('default_app', ?)", (id,))
            self._apps[id] = app
            return app

    def set_status(self, app: App, status: str) -> App:
        """Make an app active, read-only or disabled."""
        with self._lock:
            changed = self._set(app, "status", status)
            self.on_commit(Commit(app.id, NOTHING))
            return changed

    def set_title(self, app: App, title: str) -> App:
        """Give an app another title."""
        return self._set(app, "title", title)

    def set_rules(self, app: App, code: str) -> int:
        """Put other rules in force and return their version."""
        with self._lock:
            with self._transaction("BEGIN IMMEDIATE"):
                version = add_rules(self._db, app.key, code, self._now_ms())
            self._apps = {known.id: known for known in load_apps(self._db)}
            self.on_commit(Commit(app.id, None))
            return version

    def rule_versions(self, app: App) -> list[RuleVersion]:
        """All rules that an app has had, the first ones first."""
        with self._transaction("BEGIN"):
            return load_rules(self._db, app.key)

    @contextmanager
    def read(self, app: App, *, origin: str = IN_PROCESS_ORIGIN) -> Generator[ReadUnit]:
        """Read an app's data, all of it at one moment.

        Args:
            app: Whose.
            origin: Where the reader reaches this server, for addresses of files.
        """
        with self._transaction("BEGIN"):
            found = self._apps.get(app.id, app)
            yield ReadUnit(self._db, found, self._attributes_of(app), self._file_urls(found, origin))

    @contextmanager
    def write(self, app: App, *, origin: str = IN_PROCESS_ORIGIN) -> Generator[WriteUnit]:
        """Change an app's data: all that happens inside, or after an exception nothing.

        Args:
            app: Whose.
            origin: As for `read`.
        """
        with self._lock:
            with self._transaction("BEGIN IMMEDIATE"):
                known, found = self._attributes_of(app), self._apps.get(app.id, app)
                file_url = self._file_urls(found, origin)
                unit = WriteUnit(self._db, found, known, file_url, creation_ms=self._creation_ms)
                observer = unit.observer = self.observe(unit)
                yield unit
                if observer is not None:
                    observer.before_commit()
            self._attributes[app.key] = unit.attributes
            if unit.touched != NOTHING:
                self.on_commit(Commit(app.id, unit.touched, frozenset(unit.made)))
            if observer is not None:
                observer.after_commit()

    @contextmanager
    def tables(self) -> Generator[sqlite3.Connection]:
        """Read or change what belongs to no single app, or to all: all that happens inside, or nothing."""
        with self._transaction("BEGIN IMMEDIATE"):
            yield self._db

    def allow_earlier(self) -> None:
        """Let entities be created before those that exist, after the clock was set back."""
        with self._lock:
            self._last_ms = 0

    @contextmanager
    def rewrite(self, app: App) -> Generator[WriteUnit]:
        """Change anything of an app, its record and its attributes included, row by row."""
        with self._lock:
            with self.write(app) as unit:
                yield unit
            self._apps = {known.id: known for known in load_apps(self._db)}
            self._attributes.pop(app.key, None)
            self.on_commit(Commit(app.id, None))

    @contextmanager
    def _transaction(self, begin: str) -> Generator[None]:
        with self._lock:
            self._db.execute(begin)
            try:
                self._refresh()
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def _refresh(self) -> None:
        """Forget what is kept in memory if another process has changed the file."""
        version = self._db.execute("PRAGMA data_version").fetchone()[0]
        if version != self._data_version:
            self._data_version = version
            self._apps = {app.id: app for app in load_apps(self._db)}
            self._attributes = {}
            for id in self._apps:
                self.on_commit(Commit(id, None))

    def _file_urls(self, app: App, origin: str) -> Callable[[str], str]:
        return lambda location_id: file_url(origin, app.id, app.admin_token, location_id, self._now_ms())

    def _attributes_of(self, app: App) -> AttributeSet:
        known = self._attributes.get(app.key)
        if known is None:
            known = self._attributes[app.key] = load_attributes(self._db, app.key)
        return known

    def _creation_ms(self) -> int:
        # Later calls create later entities, however quick they come: a round trip to the real server takes longer
        # than the millisecond by which queries order them.
        self._last_ms = max(self._now_ms(), self._last_ms + 1)
        return self._last_ms

    def _set(self, app: App, column: str, value: str) -> App:
        with self._lock:
            with self._transaction("BEGIN IMMEDIATE"):
                self._db.execute(f"UPDATE app SET {column} = ? WHERE key = ?", (value, app.key))  # noqa: S608  own names
            self._apps = {known.id: known for known in load_apps(self._db)}
            return self._apps[app.id]
