from __future__ import annotations

from typing import Literal

WebhookAction = Literal["create", "delete", "update"]

WEBHOOK_ACTION_VALUES: set[WebhookAction] = {
    "create",
    "delete",
    "update",
}


def check_webhook_action(value: str) -> WebhookAction:
    if value in WEBHOOK_ACTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {WEBHOOK_ACTION_VALUES!r}")
