"""Events that are due, made into deliveries, and what comes of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from instant_admin.local.errors import Refusal
from instant_admin.local.store import App
from instant_admin.local.webhooks import events
from instant_admin.local.webhooks.events import Attempt, Event
from instant_admin.local.webhooks.hooks import DISABLED, Hook, find_hook, save_hook
from instant_admin.local.webhooks.payload import idempotency_key, payload_path
from instant_admin.local.webhooks.sending import Delivery, post

if TYPE_CHECKING:
    import httpx

    from instant_admin.local.instance import LocalInstant

Job: TypeAlias = "Callable[[httpx.AsyncClient], Awaitable[None]]"
_GONE_REASON = f"Endpoint returned {events.GONE} status code."
_IS_DISABLED = "Webhook is disabled."


class Outgoing:
    """What an instance has to deliver."""

    def __init__(self, instance: LocalInstant) -> None:
        self._instance = instance

    def begin(self) -> None:
        """What was being delivered when an earlier process ended is due.

        So is what another process is delivering that has the file open too: deliveries may repeat.
        """
        with self._instance.store.tables() as db:
            events.release_taken(db, self._instance.now_ms())

    def take(self, limit: int) -> list[Job]:
        """So many of the deliveries that are due, each to be done once."""
        with self._instance.store.tables() as db:
            due = events.take_due(db, self._instance.now_ms(), limit)
        return [partial(self._deliver, event) for event in due]

    def seconds_to_next(self) -> float | None:
        """How long until one is due; None where none waits."""
        with self._instance.store.tables() as db:
            due_ms = events.next_due(db)
        return None if due_ms is None else (due_ms - self._instance.now_ms()) / 1000

    async def _deliver(self, event: Event, client: httpx.AsyncClient) -> None:
        app = next((app for app in self._instance.store.apps() if app.key == event.app_key), None)
        if app is None:
            return
        with self._instance.store.tables() as db:
            hook = find_hook(db, app.key, event.webhook_id)
        if hook is None or not hook.is_active:
            attempt = self._failed("disabled", _IS_DISABLED)
            self._note(event.after(attempt, self._instance.now_ms(), is_final=True))
            return
        now_ms = self._instance.now_ms()
        try:
            delivery = self._prepare(app, hook, event, now_ms)
        except Refusal as refusal:  # there is nothing to sign with
            attempt = self._failed("unknown", refusal.message)
        else:
            attempt = await post(client, delivery, now_ms)
        is_gone = attempt.status_code == events.GONE
        self._note(event.after(attempt, self._instance.now_ms(), is_final=is_gone), disables=is_gone)

    def _prepare(self, app: App, hook: Hook, event: Event, now_ms: int) -> Delivery:
        key = self._instance.webhooks.key
        content = {
            "payloadUrl": hook.origin + payload_path(app.id, hook.id, event.isn),
            "token": key.token(hook.origin, app.id, hook.id, event.isn, now_ms),
        }
        body = msgspec.json.encode(content)
        return Delivery(hook.url, body, key.signature_header(body, now_ms), idempotency_key(hook.id, event.isn))

    def _failed(self, kind: str, message: str) -> Attempt:
        """An attempt at which nothing was sent."""
        return Attempt(events.precise_time(self._instance.now_ms()), 0, False, error_type=kind, error_message=message)

    def _note(self, event: Event, *, disables: bool = False) -> None:
        """Store what came of an attempt, unless the event has been deleted meanwhile."""
        with self._instance.store.tables() as db:
            if events.find_event(db, event.app_key, event.webhook_id, event.number) is None:
                return
            events.save_event(db, event)
            hook = find_hook(db, event.app_key, event.webhook_id) if disables else None
            if hook is not None:
                disabled = replace(hook, status=DISABLED, disabled_reason=_GONE_REASON, updated_ms=event.updated_ms)
                save_hook(db, event.app_key, disabled)
