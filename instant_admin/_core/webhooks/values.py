"""Webhooks and their events as the manager returns them, and how replies are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

import msgspec

WebhookAction: TypeAlias = Literal["create", "update", "delete"]
"""What is done to an entity."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that the server posts to when entities of some namespaces change."""

    id: str
    url: str = field(repr=False)
    """Where deliveries go. Not in the repr: it may hold a password."""
    namespaces: tuple[str, ...]
    """In no order; those that no longer exist are missing, perhaps all."""
    actions: tuple[str, ...]
    """Of "create", "update" and "delete"."""
    status: str
    """ "active" or "disabled"."""
    disabled_reason: str | None
    """Why it is disabled, where somebody said so: whoever disabled it, or the server after a 410."""
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class WebhookAttempt:
    """One try to deliver an event."""

    attempted_at: datetime
    duration_ms: int
    success: bool
    """Whether the answer was a 2xx."""
    status_code: int | None
    """Of the answer; None where there was none."""
    response_text: str | None
    """The first 256 bytes of the answer."""
    error_type: str | None
    """Why there was no answer: "timeout", "dns", "connect", "tls", "protocol", "network", "unknown" or "disabled"."""
    error_message: str | None


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """A transaction that a webhook is told of."""

    isn: str
    """Its number: hexadecimal parts with slashes, such as "0/328/48953748"."""
    status: str
    """ "pending", "processing", "success", "error" (will be tried again) or "failed" (will not)."""
    attempts: tuple[WebhookAttempt, ...] | None
    """The oldest first; None where it was never tried."""
    next_attempt_after: datetime | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class WebhookEventPage:
    """Up to 100 events, the newest first."""

    events: tuple[WebhookEvent, ...]
    start_cursor: str | None
    end_cursor: str | None
    """For `after`, to get the events before these."""
    has_next_page: bool


def read_webhook(body: bytes) -> Webhook:
    """The webhook in a reply. This and the others raise ValueError, KeyError or TypeError for another shape."""
    return _webhook(_object.decode(body)["webhook"])


def read_webhooks(body: bytes) -> list[Webhook]:
    """All webhooks in a reply."""
    return [_webhook(found) for found in _object.decode(body).get("webhooks") or ()]


def read_event(body: bytes) -> WebhookEvent:
    """The event in a reply."""
    return _event(_object.decode(body)["event"])


def read_events(body: bytes) -> WebhookEventPage:
    """The page of events in a reply."""
    content = _object.decode(body)
    page = content.get("pageInfo") or {}
    return WebhookEventPage(
        events=tuple(_event(found) for found in content.get("events") or ()),
        start_cursor=_text_or_none(page.get("startCursor")),
        end_cursor=_text_or_none(page.get("endCursor")),
        has_next_page=page.get("hasNextPage") is True,
    )


_object = msgspec.json.Decoder(dict[str, Any])


def _webhook(value: dict[str, Any]) -> Webhook:
    return Webhook(
        id=_text(value["id"]),
        url=_text(value["sink"]["url"]),
        namespaces=msgspec.convert(value["namespaces"] or (), tuple[str, ...]),
        actions=msgspec.convert(value["actions"], tuple[str, ...]),
        status=_text(value["status"]),
        disabled_reason=_text_or_none(value["disabled_reason"]),
        created_at=_time(value["created_at"]),
        updated_at=_time(value["updated_at"]),
    )


def _event(value: dict[str, Any]) -> WebhookEvent:
    attempts, next_attempt_after = value["attempts"], value["next_attempt_after"]
    return WebhookEvent(
        isn=_text(value["isn"]),
        status=_text(value["status"]),
        attempts=None if attempts is None else tuple(_attempt(attempt) for attempt in attempts),
        next_attempt_after=None if next_attempt_after is None else _time(next_attempt_after),
        created_at=_time(value["created_at"]),
        updated_at=_time(value["updated_at"]),
    )


def _attempt(value: dict[str, Any]) -> WebhookAttempt:
    return WebhookAttempt(
        attempted_at=_time(value["attempt-at"]),
        duration_ms=msgspec.convert(value["duration-ms"], int),
        success=value["success?"] is True,
        status_code=msgspec.convert(value.get("status-code"), int | None),
        response_text=_text_or_none(value.get("response-text")),
        error_type=_text_or_none(value.get("error-type")),
        error_message=_text_or_none(value.get("error-message")),
    )


def _time(value: Any) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _text(value: Any) -> str:
    return msgspec.convert(value, str)


def _text_or_none(value: Any) -> str | None:
    return msgspec.convert(value, str | None)
