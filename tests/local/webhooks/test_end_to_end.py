"""A local Instant delivers to receivers of ours over real sockets: verified, fetched, handled."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import uvicorn

from instant_admin import AsyncInstantAdmin, InstantAdmin, new_id
from instant_admin.local import LocalInstant
from instant_admin.webhooks import (
    AsyncWebhookReceiver,
    WebhookEvent,
    WebhookHandlers,
    WebhookReceiver,
    WebhookRecord,
    webhook_app,
    webhook_wsgi_app,
)
from scripts.served import serving
from tests.local.shapes import schema, value

WSGIApp = Any


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving_wsgi(app: WSGIApp) -> Iterator[str]:
    """The address of a WSGI application on a socket."""
    with make_server("127.0.0.1", 0, app, handler_class=_Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/hooks"
        finally:
            server.shutdown()
            thread.join()


def summary(records: list[WebhookRecord]) -> list[tuple[str, str, str | None]]:
    """What handlers have seen."""
    return [(r.namespace, r.action, (r.after or r.before or {}).get("title")) for r in records]


def act(db: InstantAdmin) -> None:
    """Make, change and delete a goal."""
    goal = new_id()
    db.transact(db.tx.goals[goal].update({"title": "Get fit"}))
    db.transact(db.tx.goals[goal].update({"title": "Get fitter"}))
    db.transact(db.tx.goals[goal].delete())


SEEN = {("goals", "create", "Get fit"), ("goals", "update", "Get fitter"), ("goals", "delete", "Get fitter")}
SCHEMA = schema(goals={"title": value("string")})


def test_instance_in_this_process_delivers_to_a_wsgi_receiver() -> None:
    seen: list[WebhookRecord] = []
    with LocalInstant() as instance:
        app = instance.create_app(schema=SCHEMA)
        with (
            InstantAdmin.local(instance=instance, app=app) as db,
            serving_wsgi(webhook_wsgi_app(WebhookReceiver(db), WebhookHandlers({"$default": seen.append}))) as url,
        ):
            webhook = db.webhooks.create(url, namespaces=["goals"], actions=["create", "update", "delete"])
            act(db)
            instance.control.settle()
            events = list(db.webhooks.iter_events(webhook.id))
            payloads = [db.webhooks.get_payload(webhook.id, event.isn) for event in events]
    assert set(summary(seen)) == SEEN
    assert [event.status for event in events] == ["success"] * 3
    assert {record for payload in payloads for record in summary(list(payload.records))} == SEEN


def test_handler_that_fails_is_asked_again_a_minute_later() -> None:
    seen: list[WebhookRecord] = []
    handlers = WebhookHandlers()

    @handlers.on("goals")
    def stumble(record: WebhookRecord) -> None:
        seen.append(record)
        if len(seen) == 1:
            raise ValueError("not yet")

    def errors_are_500(environ: Any, start_response: Any) -> Any:
        try:
            return receiver(environ, start_response)
        except ValueError:
            start_response("500 Internal Server Error", [])
            return [b""]

    with LocalInstant() as instance:
        app = instance.create_app(schema=SCHEMA)
        with InstantAdmin.local(instance=instance, app=app) as db:
            receiver = webhook_wsgi_app(WebhookReceiver(db), handlers)
            with serving_wsgi(errors_are_500) as url:
                webhook = db.webhooks.create(url, namespaces=["goals"], actions=["create"])
                db.transact(db.tx.goals[new_id()].update({"title": "Get fit"}))
                instance.control.settle()
                instance.control.advance(60)
                instance.control.settle()
                (event,) = db.webhooks.list_events(webhook.id).events
    assert [attempt.status_code for attempt in event.attempts or ()] == [500, 200]
    assert [record.idempotency_key for record in seen] == [seen[0].idempotency_key] * 2


def test_server_in_another_process_delivers_to_an_asgi_receiver_that_checks_where_changes_are() -> None:
    with serving() as served:
        seen, event = asyncio.run(_receive_from(served.url, served.app_id, served.admin_token))
    assert summary(seen) == [("goals", "create", "Get fit")]
    assert event.status == "success"


async def _receive_from(url: str, app_id: str, admin_token: str) -> tuple[list[WebhookRecord], WebhookEvent]:
    seen: list[WebhookRecord] = []
    handled = asyncio.Event()
    handlers = WebhookHandlers()

    @handlers.on("goals", "create")
    async def note(record: WebhookRecord) -> None:
        seen.append(record)
        handled.set()

    async with AsyncInstantAdmin(app_id, admin_token, base_url=url) as db:
        await db.transact(db.tx.goals[new_id()].update({"title": "before there was a webhook"}))
        listener = socket.create_server(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(webhook_app(AsyncWebhookReceiver(db), handlers), log_config=None))
        with closing(listener):
            running = asyncio.create_task(server.serve([listener]))
            address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
            webhook = await db.webhooks.create(address, namespaces=["goals"], actions=["create"])
            await db.transact(db.tx.goals[new_id()].update({"title": "Get fit"}))
            async with asyncio.timeout(10):
                await handled.wait()
                event = await _ended(db, webhook.id)
            server.should_exit = True
            await running
    return seen, event


async def _ended(db: AsyncInstantAdmin, webhook_id: str) -> WebhookEvent:
    """The only event of a webhook, when its delivery has ended."""
    while True:
        (event,) = [event async for event in db.webhooks.iter_events(webhook_id)]
        if event.status not in ("pending", "processing"):
            return event
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("origin", ["https://api.instantdb.com", "http://127.0.0.1:1"])
def test_receiver_of_another_server_refuses_the_delivery(origin: str) -> None:
    seen: list[WebhookRecord] = []
    with LocalInstant() as instance:
        app = instance.create_app(schema=SCHEMA)
        with InstantAdmin.local(instance=instance, app=app) as db:
            receiver = WebhookReceiver(db, origin=origin)
            with serving_wsgi(webhook_wsgi_app(receiver, WebhookHandlers({"$default": seen.append}))) as url:
                webhook = db.webhooks.create(url, namespaces=["goals"], actions=["create"])
                db.transact(db.tx.goals[new_id()].update({"title": "Get fit"}))
                instance.control.settle()
                (event,) = db.webhooks.list_events(webhook.id).events
    assert seen == []
    assert [(a.status_code, a.response_text) for a in event.attempts or ()] == [
        (400, '{"ok":false,"error":"foreign-payload"}')
    ]
