"""What deliveries lead to: the keys that they are signed with, and the changes that they tell of."""

from __future__ import annotations

from dataclasses import replace

from instant_admin.local import coerce
from instant_admin.local.errors import record_not_found
from instant_admin.local.files.urls import origin_of
from instant_admin.local.identity import managed_app
from instant_admin.local.router import Call, Router
from instant_admin.local.store import App
from instant_admin.local.webhooks.hooks import find_hook
from instant_admin.local.webhooks.isn import isn_text
from instant_admin.local.webhooks.payload import payload, payload_path
from instant_admin.local.webhooks.routes import isn_of, unknown_hook
from instant_admin.local.webhooks.signing import is_token
from instant_admin.local.wire import Reply

_NOT_KEPT = {"cache-control": "no-store, private", "pragma": "no-cache", "expires": "0", "vary": "Authorization"}


def register(router: Router) -> None:
    """Add the routes."""
    router.add("GET", "/.well-known/webhooks/jwks.json", show_keys)
    router.add("GET", payload_path("{app_id}", "{webhook_id}", "{isn*}"), show_payload)


def show_keys(call: Call) -> object:
    """The public keys, to anybody."""
    return {"keys": [call.instance.webhooks.key.published()]}


def show_payload(call: Call) -> object:
    """The changes of an event, to the admin and to whoever has the token of the delivery."""
    app = _reader(call)
    webhook_id, number = call.path_uuid("webhook_id"), isn_of(call)
    with call.instance.store.read(app, origin=origin_of(call.request)) as unit:
        hook = find_hook(unit.db, app.key, webhook_id)
        if hook is None:
            raise unknown_hook(app, webhook_id)
        reply = Reply.json(payload(unit, hook, number, call.path_parameters["isn"]))
    return replace(reply, headers={**reply.headers, **_NOT_KEPT})


def _reader(call: Call) -> App:
    """The app whose changes the sender may see.

    Raises:
        Refusal: They may see none, or there is no such app.
    """
    token = coerce.trim(call.request.headers.get("authorization", "").rsplit("Bearer ", 1)[-1])
    key = call.instance.webhooks.key  # without one there are no webhooks
    if not is_token(token):
        return managed_app(call)
    app_id, webhook_id, number = call.path_uuid("app_id"), call.path_uuid("webhook_id"), isn_of(call)
    key.check_token(token, app_id, webhook_id, isn_text(number), call.instance.now_ms())
    app = call.instance.store.find_app(app_id)
    if app is None:
        raise record_not_found("app", {"id": app_id})
    return app
