"""The changes that a webhook event tells of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec


@dataclass(frozen=True, slots=True)
class WebhookRecord:
    """One entity that was created, changed or deleted."""

    namespace: str
    action: str
    """ "create", "update" or "delete"."""
    id: str
    """The entity's id."""
    before: dict[str, Any] | None = field(repr=False)
    """All its attributes before, without links; None for a create."""
    after: dict[str, Any] | None = field(repr=False)
    """All its attributes after, without links; None for a delete. A `$files` entity has a presigned `url`."""
    idempotency_key: str
    """The same each time this change is delivered: keep it to notice repetitions."""


@dataclass(frozen=True, slots=True)
class WebhookPayload:
    """The changes of one transaction that a webhook asks for, filtered by what it asks for now."""

    records: tuple[WebhookRecord, ...]
    """In no defined order, and perhaps none."""
    idempotency_key: str
    """The same each time this event is delivered; also the delivery's `Idempotency-Key` header."""
    is_gone: bool = False
    """Whether the server no longer has the changes, so that asking again will not help."""


def read_payload(body: bytes) -> WebhookPayload:
    """The payload in a reply. Raises ValueError, KeyError or TypeError for a body of another shape."""
    content = msgspec.json.decode(body, type=dict[str, Any])
    found = content["data"]
    return WebhookPayload(
        records=() if found is None else tuple(_read_record(record) for record in found),
        idempotency_key=_text(content["idempotencyKey"]),
        is_gone=found is None,
    )


def _read_record(record: dict[str, Any]) -> WebhookRecord:
    return WebhookRecord(
        namespace=_text(record["namespace"]),
        action=_text(record["action"]),
        id=_text(record["id"]),
        before=_entity(record["before"]),
        after=_entity(record["after"]),
        idempotency_key=_text(record["idempotencyKey"]),
    )


def _entity(value: Any) -> dict[str, Any] | None:
    return msgspec.convert(value, dict[str, Any] | None)


def _text(value: Any) -> str:
    return msgspec.convert(value, str)
