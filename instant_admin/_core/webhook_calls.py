"""Managing webhooks: from arguments to calls. Made as the app itself, whoever the context acts as."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from instant_admin._core.context import Context
from instant_admin._core.generated import wire_request
from instant_admin._core.ids import is_uuid
from instant_admin._core.webhooks.payload import WebhookPayload, read_payload
from instant_admin._core.webhooks.values import (
    Webhook,
    WebhookEvent,
    WebhookEventPage,
    read_event,
    read_events,
    read_webhook,
    read_webhooks,
)
from instant_admin._core.wire import Call
from instant_admin.errors import InvalidArgumentError
from instant_admin.types import EntityId

_ACTIONS = ("create", "update", "delete")
_ISN = re.compile(r"[0-9A-Fa-f]+(?:/[0-9A-Fa-f]+){1,2}")


def list_webhooks(context: Context) -> Call[list[Webhook]]:
    """All webhooks."""
    from instant_admin_api.api.webhooks import list_webhooks as operation

    return _call("listWebhooks", context, operation._get_kwargs(context.app_id), read_webhooks, is_read=True)


def create_webhook(context: Context, url: str, namespaces: Iterable[str], actions: Iterable[str]) -> Call[Webhook]:
    """Make a webhook."""
    from instant_admin_api.api.webhooks import create_webhook as operation
    from instant_admin_api.models.create_webhook_request import CreateWebhookRequest

    body = CreateWebhookRequest(url=_url(url), namespaces=_namespaces(namespaces), actions=_actions(actions))
    return _call("createWebhook", context, operation._get_kwargs(context.app_id, body=body), read_webhook)


def update_webhook(
    context: Context,
    webhook_id: EntityId,
    url: str | None,
    namespaces: Iterable[str] | None,
    actions: Iterable[str] | None,
) -> Call[Webhook]:
    """Change a webhook."""
    from instant_admin_api.api.webhooks import update_webhook as operation
    from instant_admin_api.models.update_webhook_request import UpdateWebhookRequest

    given: dict[str, Any] = {}
    if url is not None:
        given["url"] = _url(url)
    if namespaces is not None:
        given["namespaces"] = _namespaces(namespaces)
    if actions is not None:
        given["actions"] = _actions(actions)
    if not given:
        raise InvalidArgumentError("update needs at least one of url, namespaces and actions.")
    body = UpdateWebhookRequest(**given)
    kwargs = operation._get_kwargs(context.app_id, _webhook_id(webhook_id), body=body)
    return _call("updateWebhook", context, kwargs, read_webhook)


def delete_webhook(context: Context, webhook_id: EntityId) -> Call[Webhook]:
    """Delete a webhook."""
    from instant_admin_api.api.webhooks import delete_webhook as operation

    kwargs = operation._get_kwargs(context.app_id, _webhook_id(webhook_id))
    return _call("deleteWebhook", context, kwargs, read_webhook)


def enable_webhook(context: Context, webhook_id: EntityId) -> Call[Webhook]:
    """Make a webhook active."""
    from instant_admin_api.api.webhooks import enable_webhook as operation
    from instant_admin_api.models.enable_webhook_request import EnableWebhookRequest

    kwargs = operation._get_kwargs(context.app_id, _webhook_id(webhook_id), body=EnableWebhookRequest())
    return _call("enableWebhook", context, kwargs, read_webhook)


def disable_webhook(context: Context, webhook_id: EntityId, reason: str | None) -> Call[Webhook]:
    """Let a webhook rest."""
    from instant_admin_api.api.webhooks import disable_webhook as operation
    from instant_admin_api.models.disable_webhook_request import DisableWebhookRequest

    if not isinstance(reason, str | None):
        raise InvalidArgumentError(f"reason must be text, got {type(reason).__name__}.")
    # The server refuses a blank one; as in the JS SDK it counts as none.
    body = DisableWebhookRequest(reason=reason) if reason and reason.strip() else DisableWebhookRequest()
    kwargs = operation._get_kwargs(context.app_id, _webhook_id(webhook_id), body=body)
    return _call("disableWebhook", context, kwargs, read_webhook)


def list_events(context: Context, webhook_id: EntityId, after: str | None) -> Call[WebhookEventPage]:
    """A page of events."""
    from instant_admin_api.api.webhooks import list_webhook_events as operation

    if not isinstance(after, str | None):
        raise InvalidArgumentError(f"after must be a cursor, got {type(after).__name__}.")
    given = {"after": after} if after else {}
    kwargs = operation._get_kwargs(context.app_id, _webhook_id(webhook_id), **given)
    return _call("listWebhookEvents", context, kwargs, read_events, is_read=True)


def get_event(context: Context, webhook_id: EntityId, isn: str) -> Call[WebhookEvent]:
    """One event."""
    from instant_admin_api.api.webhooks import get_webhook_event as operation

    kwargs = operation._get_kwargs(context.app_id, _webhook_id(webhook_id), _isn(isn))
    return _call("getWebhookEvent", context, _with_slashes(kwargs), read_event, is_read=True)


def get_payload(context: Context, webhook_id: EntityId, isn: str) -> Call[WebhookPayload]:
    """What one event tells of."""
    from instant_admin_api.api.webhooks import get_webhook_payload as operation

    kwargs = operation._get_kwargs(context.app_id, _webhook_id(webhook_id), _isn(isn))
    return _call("getWebhookPayload", context, _with_slashes(kwargs), read_payload, is_read=True)


def resend_event(context: Context, webhook_id: EntityId, isn: str) -> Call[WebhookEvent]:
    """Deliver an event again."""
    from instant_admin_api.api.webhooks import resend_webhook_event as operation

    kwargs = operation._get_kwargs(context.app_id, _webhook_id(webhook_id), _isn(isn))
    # The server reads no body; the JS SDK sends an empty object all the same.
    return _call("resendWebhookEvent", context, _with_slashes({**kwargs, "json": {}}), read_event)


def _call(operation: str, context: Context, kwargs: dict[str, Any], parse: Any, *, is_read: bool = False) -> Call[Any]:
    request = wire_request(kwargs, context.credentials(needs_token=True))
    return Call(operation, request, parse, is_read=is_read, secrets=context.secrets)


def _with_slashes(kwargs: dict[str, Any]) -> dict[str, Any]:
    """A request whose event stands in the path as the JS SDK writes it: the generated code encodes its slashes."""
    return {**kwargs, "url": kwargs["url"].replace("%2F", "/")}


def _webhook_id(value: EntityId) -> str:
    text = str(value)
    if not is_uuid(text):
        raise InvalidArgumentError(f"webhook_id must be a UUID, got {value!r:.80}.")
    return text


def _isn(value: str) -> str:
    if not isinstance(value, str) or not _ISN.fullmatch(value):
        raise InvalidArgumentError(
            f"isn must be the isn of an event, such as '0/328/48953748', with its slashes; got {value!r:.80}."
        )
    return value


def _url(value: str) -> str:
    if not isinstance(value, str):
        raise InvalidArgumentError(f"url must be text, got {type(value).__name__}.")
    try:
        url = urlsplit(value.strip())
        is_address = url.scheme in ("https", "http") and bool(url.hostname)
    except ValueError:
        is_address = False
    if not is_address:
        raise InvalidArgumentError("url must be a whole address, such as https://example.com/webhooks.")
    return value


def _namespaces(value: Iterable[str]) -> list[str]:
    found = _texts(value, "namespaces")
    if not found:
        raise InvalidArgumentError("namespaces: a webhook needs at least one.")
    return found


def _actions(value: Iterable[str]) -> list[Any]:
    found = _texts(value, "actions")
    unknown = [action for action in found if action not in _ACTIONS]
    if unknown or not found:
        raise InvalidArgumentError(f"actions must be some of {', '.join(_ACTIONS)}; got {unknown or 'none'!r:.80}.")
    return found


def _texts(value: Iterable[str], name: str) -> list[str]:
    # A text is an iterable of texts too, and never what is meant.
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise InvalidArgumentError(f"{name} must be a list of texts, got {value!r:.80}.")
    found = list(value)
    if any(not isinstance(item, str) or not item.strip() for item in found):
        raise InvalidArgumentError(f"{name} must hold texts that are not blank, got {found!r:.80}.")
    return found
