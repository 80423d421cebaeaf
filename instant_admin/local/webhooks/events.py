"""Events as they are stored, which of them are due, and what comes of an attempt."""

from __future__ import annotations

import re
import sqlite3
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import msgspec

from instant_admin.local.store.entities import encode
from instant_admin.local.timestamps import timestamp
from instant_admin.local.webhooks.isn import isn_text

PENDING, PROCESSING, SUCCESS, ERROR, FAILED = "pending", "processing", "success", "error", "failed"
PAGE = 100
GONE = 410
"""What an endpoint answers that wants no more: the webhook is disabled."""

_MINUTE_MS, _HOUR_MS, _DAY_MS = 60_000, 3_600_000, 24 * 3_600_000
_LISTED_MS = 60 * _DAY_MS
_WAITS_MS = (
    *(1 * _MINUTE_MS, 5 * _MINUTE_MS, 30 * _MINUTE_MS),
    *(2 * _HOUR_MS, 5 * _HOUR_MS, 10 * _HOUR_MS),
    *[12 * _HOUR_MS] * 4,
)
"""How long to wait after each attempt but the last (server contract, webhooks 5)."""
_CURSOR = re.compile(rb"isn:([0-9]{1,18})")
_COLUMNS = "app, webhook, isn, status, attempts, due, created, updated"


class Attempt(msgspec.Struct, frozen=True):
    """One try to deliver an event, as replies have it."""

    at: str = msgspec.field(name="attempt-at")
    duration_ms: int = msgspec.field(name="duration-ms")
    success: bool = msgspec.field(name="success?")
    status_code: int | None = msgspec.field(name="status-code", default=None)
    response_text: str | None = msgspec.field(name="response-text", default=None)
    error_type: str | None = msgspec.field(name="error-type", default=None)
    error_message: str | None = msgspec.field(name="error-message", default=None)


_attempts = msgspec.json.Decoder(tuple[Attempt, ...])


@dataclass(frozen=True, slots=True)
class Event:
    """What one webhook is told of one transaction."""

    app_key: int
    webhook_id: str
    number: int
    """Of the change: see `isn`."""
    status: str
    attempts: tuple[Attempt, ...]
    due_ms: int | None
    """When it is to be delivered; None for never, and while it is being delivered."""
    created_ms: int
    updated_ms: int

    @property
    def isn(self) -> str:
        """The number as replies have it."""
        return isn_text(self.number)

    def shown(self) -> dict[str, Any]:
        """The event as replies have it."""
        return {
            "isn": self.isn,
            "status": self.status,
            "attempts": self.attempts or None,
            "next_attempt_after": timestamp(self.due_ms) if self.status == ERROR and self.due_ms is not None else None,
            "created_at": timestamp(self.created_ms),
            "updated_at": timestamp(self.updated_ms),
        }

    def after(self, attempt: Attempt, now_ms: int, *, is_final: bool = False) -> Event:
        """The event after one more attempt.

        Args:
            attempt: What came of it.
            now_ms: When it ended.
            is_final: Whether there is none after it, even though it failed.
        """
        attempts = (*self.attempts, attempt)
        left = None if is_final or len(attempts) > len(_WAITS_MS) else _WAITS_MS[len(attempts) - 1]
        status = SUCCESS if attempt.success else FAILED if left is None else ERROR
        due_ms = now_ms + left if status == ERROR and left is not None else None
        return replace(self, status=status, attempts=attempts, due_ms=due_ms, updated_ms=now_ms)


def precise_time(ms: int) -> str:
    """A moment with its fraction, as attempts have it."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def save_event(db: sqlite3.Connection, event: Event) -> None:
    """Store the present state of an event, new or not."""
    db.execute(
        f"INSERT OR REPLACE INTO webhook_event ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608  own names
        (
            event.app_key,
            event.webhook_id,
            event.number,
            event.status,
            encode(event.attempts),
            event.due_ms,
            event.created_ms,
            event.updated_ms,
        ),
    )


def find_event(db: sqlite3.Connection, app_key: int, webhook_id: str, number: int) -> Event | None:
    """An event of an app."""
    return next(_select(db, "app = ? AND webhook = ? AND isn = ?", app_key, webhook_id, number), None)


def list_events(
    db: sqlite3.Connection, app_key: int, webhook_id: str, before: int | None, now_ms: int
) -> tuple[list[Event], bool]:
    """A page of the events of a webhook, the newest first, and whether there are more.

    Args:
        db: In a transaction.
        app_key: Of the app.
        webhook_id: Whose.
        before: Only events of changes before this one.
        now_ms: The time, beyond 60 days before which nothing is listed.
    """
    found = _select(
        db,
        "app = ? AND webhook = ? AND isn < ? AND created >= ? ORDER BY isn DESC LIMIT ?",
        *(app_key, webhook_id, (1 << 63) - 1 if before is None else before, now_ms - _LISTED_MS, PAGE + 1),
    )
    events = list(found)
    return events[:PAGE], len(events) > PAGE


def take_due(db: sqlite3.Connection, now_ms: int, limit: int) -> list[Event]:
    """Some events whose time has come, marked as being delivered, so that nobody else delivers them."""
    due = list(_select(db, "due <= ? ORDER BY due LIMIT ?", now_ms, limit))
    taken = [replace(event, status=PROCESSING, due_ms=None, updated_ms=now_ms) for event in due]
    for event in taken:
        save_event(db, event)
    return taken


def has_work(db: sqlite3.Connection) -> bool:
    """Whether something is being delivered, or waits for it."""
    statement = "SELECT EXISTS (SELECT 1 FROM webhook_event WHERE due IS NOT NULL OR status = ?)"
    return bool(db.execute(statement, (PROCESSING,)).fetchone()[0])


def next_due(db: sqlite3.Connection) -> int | None:
    """When the next event is due."""
    due: int | None = db.execute("SELECT min(due) FROM webhook_event WHERE due IS NOT NULL").fetchone()[0]
    return due


def release_taken(db: sqlite3.Connection, now_ms: int) -> None:
    """Let be delivered again what somebody was delivering who is there no more."""
    db.execute("UPDATE webhook_event SET status = ?, due = ? WHERE status = ?", (PENDING, now_ms, PROCESSING))


def cursor_text(event: Event) -> str:
    """Where the list goes on after an event."""
    return urlsafe_b64encode(b"isn:%d" % event.number).rstrip(b"=").decode()


def read_cursor(value: object) -> int | None:
    """The number of the change that a cursor stands at; None for what is no cursor."""
    if not isinstance(value, str):
        return None
    try:
        text = urlsafe_b64decode(value.encode() + b"=" * (-len(value) % 4))
    except ValueError:
        return None
    found = _CURSOR.fullmatch(text)
    return None if found is None else int(found[1])


def _select(db: sqlite3.Connection, condition: str, *parameters: object) -> Iterator[Event]:
    statement = f"SELECT {_COLUMNS} FROM webhook_event WHERE {condition}"  # noqa: S608  own names
    rows: Iterable[tuple[Any, ...]] = db.execute(statement, parameters)
    for app_key, webhook_id, number, status, attempts, *rest in rows:
        yield Event(app_key, webhook_id, number, status, _attempts.decode(attempts), *rest)
