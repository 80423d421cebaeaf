"""What the JavaScript SDK's webhook manager returns, as this SDK returns it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from instant_admin import (
    Webhook,
    WebhookAttempt,
    WebhookEvent,
    WebhookEventPage,
    WebhookPayload,
    WebhookRecord,
)

Json = dict[str, Any]


def read_result(method: str, result: Any) -> Any:
    """The result of a call of `webhooks.manager`."""
    match method:
        case "list":
            return [_webhook(each) for each in result]
        case "listEvents":
            page = result["pageInfo"]
            events = tuple(_event(each) for each in result["events"])
            return WebhookEventPage(events, page["startCursor"], page["endCursor"], page["hasNextPage"])
        case "getEvent" | "resendEvent":
            return _event(result)
        case "getPayload":
            return WebhookPayload(tuple(_record(each) for each in result["data"]), result["idempotencyKey"])
    return _webhook(result)


def from_wire(reply: Json) -> Any:
    """What the manager returns for a reply with a webhook, with webhooks, or with a page of events."""
    if "webhook" in reply:
        return _webhook(_camel(reply["webhook"]))
    if "webhooks" in reply:
        return [_webhook(_camel(each)) for each in reply["webhooks"]]
    return read_result("listEvents", {**reply, "events": [_camel(each) for each in reply["events"]]})


def _camel(value: Json) -> Json:
    """A webhook, or an event that was never tried, as the JavaScript SDK has it."""
    names = {"disabled_reason": "disabledReason", "next_attempt_after": "nextAttemptAfter"}
    found = {names.get(key, key): each for key, each in value.items()}
    return {
        **found,
        "namespaces": value.get("namespaces") or [],
        "createdAt": {"$date": value["created_at"]},
        "updatedAt": {"$date": value["updated_at"]},
    }


def _webhook(value: Json) -> Webhook:
    return Webhook(
        id=value["id"],
        url=value["sink"]["url"],
        namespaces=tuple(value["namespaces"]),
        actions=tuple(value["actions"]),
        status=value["status"],
        disabled_reason=value["disabledReason"],
        created_at=_time(value["createdAt"]),
        updated_at=_time(value["updatedAt"]),
    )


def _event(value: Json) -> WebhookEvent:
    return WebhookEvent(
        isn=value["isn"],
        status=value["status"],
        attempts=None if value["attempts"] is None else tuple(_attempt(each) for each in value["attempts"]),
        next_attempt_after=None if value["nextAttemptAfter"] is None else _time(value["nextAttemptAfter"]),
        created_at=_time(value["createdAt"]),
        updated_at=_time(value["updatedAt"]),
    )


def _attempt(value: Json) -> WebhookAttempt:
    return WebhookAttempt(
        attempted_at=_time(value["attemptAt"]),
        duration_ms=value["durationMs"],
        success=value["success"],
        status_code=value["statusCode"],
        response_text=value["responseText"],
        error_type=value["errorType"],
        error_message=value["errorMessage"],
    )


def _record(value: Json) -> WebhookRecord:
    return WebhookRecord(
        value["namespace"], value["action"], value["id"], value["before"], value["after"], value["idempotencyKey"]
    )


def _time(value: Json) -> datetime:
    return datetime.fromisoformat(value["$date"])
