"""The changes that an event tells of, seen through its webhook as it is now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from instant_admin.local.catalog import FILES, FILES_LOCATION, FILES_URL
from instant_admin.local.store import ReadUnit
from instant_admin.local.webhooks.hooks import Hook
from instant_admin.local.webhooks.isn import isn_text
from instant_admin.local.webhooks.noticing import Change, Values, load_changes, wanted

_KEYS = UUID("0c6f5b0e-7f4c-5c56-9a6e-3a0f2b1d8e77")


def payload_path(app_id: str, webhook_id: str, isn: str) -> str:
    """Where the changes of an event are."""
    return f"/webhooks/payload/{app_id}/{webhook_id}/{isn}"


def payload(unit: ReadUnit, hook: Hook, number: int, asked_for: str) -> dict[str, Any]:
    """What is answered for an event; null where nothing is known of the transaction.

    Args:
        unit: In a transaction.
        hook: The webhook.
        number: Of the change; one below 1 is nobody's.
        asked_for: Its isn, as the sender wrote it.
    """
    changes = load_changes(unit.db, unit.app.key, number)
    isn = isn_text(number) if number > 0 else asked_for.upper()
    told = None if changes is None else wanted(hook, unit.attributes, changes)
    labels = {attribute.slot: attribute.label for attribute in unit.attributes}
    return {
        "data": None if told is None else [_record(unit, labels, change, isn) for change in told],
        "idempotencyKey": idempotency_key(hook.id, isn),
    }


def idempotency_key(*about: str) -> str:
    """The key that always belongs to these texts."""
    return str(uuid5(_KEYS, "/".join(about)))


def _record(unit: ReadUnit, labels: Mapping[str, str], change: Change, isn: str) -> dict[str, Any]:
    return {
        "namespace": change.etype,
        "action": change.action,
        "id": change.id,
        "before": _shown(unit, labels, change.etype, change.before),
        "after": _shown(unit, labels, change.etype, change.after),
        "idempotencyKey": idempotency_key(change.etype, change.action, change.id, isn),
    }


def _shown(unit: ReadUnit, labels: Mapping[str, str], etype: str, values: Values | None) -> dict[str, Any] | None:
    """Values by the names that attributes have now; a file's with its address, which is made anew each time."""
    if values is None:
        return None
    shown = {labels[slot]: value for slot, value in values.items() if slot in labels}
    if etype == FILES and FILES_LOCATION[1] in shown:
        shown[FILES_URL[1]] = unit.file_url(shown[FILES_LOCATION[1]])
    return shown
