"""Webhooks as they are stored."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from instant_admin.local.attributes import AttributeSet
from instant_admin.local.timestamps import timestamp

ACTIONS = ("create", "update", "delete")
ACTIVE, DISABLED = "active", "disabled"
_COLUMNS = "id, url, namespaces, actions, status, disabled_reason, created, updated, origin"


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook."""

    id: str
    url: str = field(repr=False)
    namespaces: tuple[str, ...]
    """Ids of the `id` attributes of its namespaces, so that it follows them when they are renamed."""
    actions: tuple[str, ...]
    status: str
    disabled_reason: str | None
    created_ms: int
    updated_ms: int
    origin: str
    """Where those who receive its deliveries reach this server."""

    @property
    def is_active(self) -> bool:
        """Whether it notices changes."""
        return self.status == ACTIVE

    def etypes(self, attributes: AttributeSet) -> list[str]:
        """The names of its namespaces now; those that no longer exist are missing."""
        found = (attributes.by_id(id) for id in self.namespaces)
        return sorted(attribute.etype for attribute in found if attribute is not None)

    def same_as(self, other: Hook) -> bool:
        """Whether it tells the same place the same things."""
        return (self.url, set(self.namespaces), set(self.actions)) == (
            other.url,
            set(other.namespaces),
            set(other.actions),
        )

    def shown(self, attributes: AttributeSet) -> dict[str, Any]:
        """The webhook as replies have it."""
        return {
            "id": self.id,
            "sink": {"url": self.url},
            "namespaces": self.etypes(attributes) or None,
            "actions": list(self.actions),
            "status": self.status,
            "disabled_reason": self.disabled_reason,
            "created_at": timestamp(self.created_ms),
            "updated_at": timestamp(self.updated_ms),
        }


def find_hook(db: sqlite3.Connection, app_key: int, id: str) -> Hook | None:
    """The webhook of an app with an id."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM webhook WHERE app = ? AND id = ?", (app_key, id))  # noqa: S608  own names
    return next(_hooks(rows), None)


def load_hooks(db: sqlite3.Connection, app_key: int) -> list[Hook]:
    """All webhooks of an app, the newest first."""
    statement = f"SELECT {_COLUMNS} FROM webhook WHERE app = ? ORDER BY created DESC, rowid DESC"  # noqa: S608  own names
    return list(_hooks(db.execute(statement, (app_key,))))


def active_hooks(db: sqlite3.Connection, app_key: int) -> list[Hook]:
    """The active webhooks of an app."""
    statement = f"SELECT {_COLUMNS} FROM webhook WHERE app = ? AND status = 'active'"  # noqa: S608  own names
    return list(_hooks(db.execute(statement, (app_key,))))


def save_hook(db: sqlite3.Connection, app_key: int, hook: Hook) -> None:
    """Store the present state of a webhook, new or not."""
    db.execute(
        f"INSERT INTO webhook (app, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608  own names
        " ON CONFLICT (id) DO UPDATE SET url = excluded.url, namespaces = excluded.namespaces,"
        " actions = excluded.actions, status = excluded.status, disabled_reason = excluded.disabled_reason,"
        " updated = excluded.updated, origin = excluded.origin",
        (
            app_key,
            hook.id,
            hook.url,
            json.dumps(hook.namespaces),
            json.dumps(hook.actions),
            hook.status,
            hook.disabled_reason,
            hook.created_ms,
            hook.updated_ms,
            hook.origin,
        ),
    )


def delete_hook(db: sqlite3.Connection, app_key: int, id: str) -> None:
    """Delete a webhook. Its events stay."""
    db.execute("DELETE FROM webhook WHERE app = ? AND id = ?", (app_key, id))


def _hooks(rows: Iterable[tuple[Any, ...]]) -> Iterator[Hook]:
    for id, url, namespaces, actions, *rest in rows:
        yield Hook(id, url, tuple(json.loads(namespaces)), tuple(json.loads(actions)), *rest)
