"""Managing webhooks and their events.

The order of checks is the server's: parameters, address, namespaces, actions, limit, duplicate. Evidence: recordings of
the area `webhooks`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast
from uuid import uuid4

from instant_admin.local import coerce
from instant_admin.local.errors import Refusal, bad_request, param_malformed, record_not_found, validation_failed
from instant_admin.local.files.urls import origin_of
from instant_admin.local.identity import managed_app
from instant_admin.local.router import Call, Router
from instant_admin.local.store import App, ReadUnit, WriteUnit
from instant_admin.local.webhooks import events
from instant_admin.local.webhooks.addresses import why_refused
from instant_admin.local.webhooks.hooks import (
    ACTIONS,
    ACTIVE,
    DISABLED,
    Hook,
    active_hooks,
    delete_hook,
    find_hook,
    load_hooks,
    save_hook,
)
from instant_admin.local.webhooks.isn import read_isn

_MOST_ACTIVE = 100
_WEBHOOKS = "/dash/apps/{app_id}/webhooks"
_WEBHOOK = f"{_WEBHOOKS}/{{webhook_id}}"


def register(router: Router) -> None:
    """Add the routes."""
    router.add("GET", _WEBHOOKS, show_all)
    router.add("POST", _WEBHOOKS, create)
    router.add("POST", _WEBHOOK, update)
    router.add("DELETE", _WEBHOOK, delete)
    router.add("POST", f"{_WEBHOOK}/enable", enable)
    router.add("POST", f"{_WEBHOOK}/disable", disable)
    router.add("GET", f"{_WEBHOOK}/events", show_events)
    router.add("GET", f"{_WEBHOOK}/events/{{isn*}}", show_event)
    router.add("POST", f"{_WEBHOOK}/events/{{isn*}}", resend)


def show_all(call: Call) -> object:
    """All webhooks, the newest first."""
    app = _app(call)
    with call.instance.store.read(app) as unit:
        return {"webhooks": [hook.shown(unit.attributes) for hook in load_hooks(unit.db, app.key)]}


def create(call: Call) -> object:
    """Make a webhook."""
    app = _app(call)
    given = {
        "url": call.required("url", coerce.as_non_blank),
        "namespaces": call.required("namespaces", _as_texts),
        "actions": call.required("actions", _as_texts),
    }
    now_ms = call.instance.now_ms()
    with call.instance.store.write(app) as unit:
        properties = _properties(unit, given)
        _check_limit(unit)
        hook = Hook(
            id=str(uuid4()),
            **properties,
            status=ACTIVE,
            disabled_reason=None,
            created_ms=now_ms,
            updated_ms=now_ms,
            origin=origin_of(call.request),
        )
        _check_duplicate(unit, hook)
        saved = _saved(unit, hook)
    call.instance.webhooks.wake()  # so that it is up when there is something to deliver
    return saved


def update(call: Call) -> object:
    """Change what is given of a webhook."""
    app, id = _app(call), call.path_uuid("webhook_id")
    readers = {"url": coerce.as_non_blank, "namespaces": _as_texts, "actions": _as_texts}
    sent = cast("dict[str, object]", call.body.value) if isinstance(call.body.value, dict) else {}
    given = {key: call.required(key, read) for key, read in readers.items() if key in sent}
    with call.instance.store.write(app) as unit:
        properties = _properties(unit, given)
        hook = replace(
            _found(unit, id), **properties, updated_ms=call.instance.now_ms(), origin=origin_of(call.request)
        )
        _check_duplicate(unit, hook)
        return _saved(unit, hook)


def delete(call: Call) -> object:
    """Delete a webhook."""
    app, id = _app(call), call.path_uuid("webhook_id")
    with call.instance.store.write(app) as unit:
        hook = _found(unit, id)
        delete_hook(unit.db, app.key, id)
        return {"webhook": hook.shown(unit.attributes)}


def enable(call: Call) -> object:
    """Make a webhook active."""
    app, id = _app(call), call.path_uuid("webhook_id")
    with call.instance.store.write(app) as unit:
        _check_limit(unit)
        hook = replace(_found(unit, id), status=ACTIVE, disabled_reason=None, updated_ms=call.instance.now_ms())
        _check_duplicate(unit, hook)
        return _saved(unit, replace(hook, origin=origin_of(call.request)))


def disable(call: Call) -> object:
    """Let a webhook rest."""
    app, id = _app(call), call.path_uuid("webhook_id")
    reason = call.optional("reason", coerce.as_non_blank)
    with call.instance.store.write(app) as unit:
        hook = replace(_found(unit, id), status=DISABLED, disabled_reason=reason, updated_ms=call.instance.now_ms())
        return _saved(unit, hook)


def show_events(call: Call) -> object:
    """A page of the events of a webhook, also of one that is deleted or never was."""
    app, id = _app(call), call.path_uuid("webhook_id")
    before = call.optional_parameter("after", events.read_cursor)
    with call.instance.store.read(app) as unit:
        found, has_more = events.list_events(unit.db, app.key, id, before, call.instance.now_ms())
    return {
        "events": [event.shown() for event in found],
        "pageInfo": {
            "startCursor": events.cursor_text(found[0]) if found else None,
            "endCursor": events.cursor_text(found[-1]) if found else None,
            "hasNextPage": has_more,
        },
    }


def show_event(call: Call) -> object:
    """One event."""
    app, id, number = _app(call), call.path_uuid("webhook_id"), isn_of(call)
    with call.instance.store.read(app) as unit:
        event = events.find_event(unit.db, app.key, id, number)
    if event is None:
        about = {"app-id": app.id, "webhook-id": id, "isn": call.path_parameters["isn"]}
        raise record_not_found("webhook-event", about)
    return {"event": event.shown()}


def resend(call: Call) -> object:
    """Deliver an event again."""
    app, id, number = _app(call), call.path_uuid("webhook_id"), isn_of(call)
    now_ms = call.instance.now_ms()
    with call.instance.store.write(app) as unit:
        event = events.find_event(unit.db, app.key, id, number)
        if event is None or event.status == events.PROCESSING:
            message = "Could not resend event. Try again in one minute."
            raise validation_failed("webhook-events", {"isn": call.path_parameters["isn"]}, [{"message": message}])
        event = replace(event, status=events.PENDING, due_ms=now_ms, updated_ms=now_ms)
        events.save_event(unit.db, event)
    call.instance.webhooks.wake()
    return {"event": event.shown()}


def isn_of(call: Call) -> int:
    """The number of the change that the path of a request names.

    Raises:
        Refusal: It names none.
    """
    text = call.path_parameters["isn"]
    number = read_isn(text)
    if number is None:
        raise param_malformed(("params", "*"), text)
    return number


def unknown_hook(app: App, id: str) -> Refusal:
    """There is no such webhook."""
    return record_not_found("webhook", {"app-id": app.id, "webhook-id": id})


def _app(call: Call) -> App:
    app = managed_app(call)
    _ = call.instance.webhooks.key  # without one there are no webhooks
    return app


def _found(unit: ReadUnit, id: str) -> Hook:
    hook = find_hook(unit.db, unit.app.key, id)
    if hook is None:
        raise unknown_hook(unit.app, id)
    return hook


def _saved(unit: WriteUnit, hook: Hook) -> object:
    save_hook(unit.db, unit.app.key, hook)
    return {"webhook": hook.shown(unit.attributes)}


def _as_texts(value: object) -> list[str] | None:
    if not isinstance(value, list):
        return None
    items = cast("list[object]", value)
    texts = [item for item in items if isinstance(item, str)]
    return texts if len(texts) == len(items) else None


def _properties(unit: ReadUnit, given: dict[str, Any]) -> dict[str, Any]:
    """What was given, as it is stored.

    Raises:
        Refusal: The server would not have it.
    """
    properties: dict[str, Any] = {}
    if "url" in given:
        reason = why_refused(given["url"])
        if reason is not None:
            raise _refused(given, reason)
        properties["url"] = given["url"]
    if "namespaces" in given:
        properties["namespaces"] = _namespaces(unit, given["namespaces"], given)
    if "actions" in given:
        properties["actions"] = _actions(given["actions"], given)
    return properties


def _namespaces(unit: ReadUnit, etypes: Sequence[str], given: dict[str, Any]) -> tuple[str, ...]:
    if not etypes:
        raise _refused(given, "Webhook must have at least one table.")
    ids: dict[str, None] = {}
    for etype in etypes:
        attribute = unit.attributes.id_of(etype)
        if attribute is None:
            raise _refused(given, f"Could not find matching table for {etype}")
        ids[attribute.id] = None
    return tuple(ids)


def _actions(actions: Sequence[str], given: dict[str, Any]) -> tuple[str, ...]:
    if not actions:
        raise _refused(given, "Webhook must have at least one action.")
    for action in actions:
        if action not in ACTIONS:
            raise bad_request(f"There is no action {action!r:.80}: it is one of {', '.join(ACTIONS)}.")
    return tuple(actions)


def _check_limit(unit: ReadUnit) -> None:
    if len(active_hooks(unit.db, unit.app.key)) >= _MOST_ACTIVE:
        raise _too_many(unit, f"An app may not have more than {_MOST_ACTIVE} active webhooks.")


def _check_duplicate(unit: ReadUnit, hook: Hook) -> None:
    for other in active_hooks(unit.db, unit.app.key):
        if other.id != hook.id and other.same_as(hook):
            message = "A webhook already exists with all of the same properties"
            raise _too_many(unit, message, hint={"webhook-id": other.id})


def _too_many(unit: ReadUnit, message: str, **more: object) -> Refusal:
    return validation_failed("webhooks", {"app-id": unit.app.id}, [{"message": message, **more}])


def _refused(given: dict[str, Any], message: str) -> Refusal:
    return validation_failed("webhook", given, [{"message": message}])
