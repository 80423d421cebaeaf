"""`db.webhooks`: what is sent, what comes back, and what never leaves."""

# What type checkers would refuse, too, is what is tested.
# mypy: disable-error-code="arg-type, list-item"

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from instant_admin import (
    AsyncInstantAdmin,
    ConfigurationError,
    InvalidArgumentError,
    InvalidParameterError,
    NoReplyError,
    RecordNotFoundError,
    UnexpectedReplyError,
    ValidationFailedError,
    Webhook,
    WebhookAttempt,
    WebhookEvent,
)
from tests.client._async.flavour import connect
from tests.client.values import APP, AT_ONCE, ID, TOKEN, every_engine
from tests.support.fake_server import FakeServer, dropped, refusal, reply

BASE = f"/dash/apps/{APP}/webhooks"
ISN = "0/328/48953748"
NOON = "2026-01-02T12:00:00Z"
WEBHOOK: dict[str, Any] = {
    "id": ID,
    "sink": {"url": "https://u:secret@hooks.example.com/in"},
    "namespaces": ["goals"],
    "actions": ["create"],
    "status": "active",
    "disabled_reason": None,
    "created_at": NOON,
    "updated_at": "2026-01-02T12:00:01.250000+00:00",
}
EVENT: dict[str, Any] = {
    "isn": ISN,
    "status": "pending",
    "attempts": None,
    "next_attempt_after": None,
    "created_at": NOON,
    "updated_at": NOON,
}
ATTEMPT: dict[str, Any] = {
    "attempt-at": "2026-01-02T12:00:00.123456789Z",
    "duration-ms": 31,
    "success?": False,
    "status-code": 503,
    "response-text": "",
    "error-type": None,
    "error-message": None,
}


def page(*isns: str, end: str | None = None, more: bool = False) -> dict[str, Any]:
    """A page of events."""
    info = {"startCursor": "s", "endCursor": end, "hasNextPage": more}
    return {"events": [{**EVENT, "isn": isn} for isn in isns], "pageInfo": info}


@every_engine
async def test_webhook_is_made_and_returned_with_its_dates(server: FakeServer, engine: str) -> None:
    server.script(reply({"webhook": WEBHOOK}))
    async with connect(server, engine) as db:
        webhook = await db.webhooks.create("https://hooks.example.com/in", namespaces=("goals",), actions={"create"})
    assert webhook == Webhook(
        id=ID,
        url="https://u:secret@hooks.example.com/in",
        namespaces=("goals",),
        actions=("create",),
        status="active",
        disabled_reason=None,
        created_at=datetime(2026, 1, 2, 12, tzinfo=UTC),
        updated_at=datetime(2026, 1, 2, 12, 0, 1, 250_000, tzinfo=UTC),
    )
    assert "secret" not in repr(webhook)
    (sent,) = server.received
    assert (sent.method, sent.path, sent.headers["authorization"]) == ("POST", BASE, f"Bearer {TOKEN}")
    assert sent.json == {"url": "https://hooks.example.com/in", "namespaces": ["goals"], "actions": ["create"]}


Request = tuple[str, str, Any]

CALLS: dict[str, tuple[Callable[[AsyncInstantAdmin], Awaitable[object]], Any, Request]] = {
    "list": (lambda db: db.webhooks.list(), {"webhooks": []}, ("GET", BASE, None)),
    "one thing changed": (
        lambda db: db.webhooks.update(ID, namespaces=["goals", "todos"]),
        {"webhook": WEBHOOK},
        ("POST", f"{BASE}/{ID}", {"namespaces": ["goals", "todos"]}),
    ),
    "everything changed": (
        lambda db: db.webhooks.update(UUID(ID), url="http://localhost:3000", namespaces=["a"], actions=["delete"]),
        {"webhook": WEBHOOK},
        ("POST", f"{BASE}/{ID}", {"url": "http://localhost:3000", "namespaces": ["a"], "actions": ["delete"]}),
    ),
    "delete": (lambda db: db.webhooks.delete(ID), {"webhook": WEBHOOK}, ("DELETE", f"{BASE}/{ID}", None)),
    "enable": (lambda db: db.webhooks.enable(ID), {"webhook": WEBHOOK}, ("POST", f"{BASE}/{ID}/enable", {})),
    "disable": (lambda db: db.webhooks.disable(ID), {"webhook": WEBHOOK}, ("POST", f"{BASE}/{ID}/disable", {})),
    "disable with a reason": (
        lambda db: db.webhooks.disable(ID, reason="too slow"),
        {"webhook": WEBHOOK},
        ("POST", f"{BASE}/{ID}/disable", {"reason": "too slow"}),
    ),
    "disable with an empty reason": (
        lambda db: db.webhooks.disable(ID, reason=" "),
        {"webhook": WEBHOOK},
        ("POST", f"{BASE}/{ID}/disable", {}),
    ),
    "events": (lambda db: db.webhooks.list_events(ID), page(), ("GET", f"{BASE}/{ID}/events", None)),
    "an event": (
        lambda db: db.webhooks.get_event(ID, ISN),
        {"event": EVENT},
        ("GET", f"{BASE}/{ID}/events/{ISN}", None),
    ),
    "an event once more": (
        lambda db: db.webhooks.resend_event(ID, ISN),
        {"event": EVENT},
        ("POST", f"{BASE}/{ID}/events/{ISN}", {}),
    ),
    "a payload": (
        lambda db: db.webhooks.get_payload(ID, ISN),
        {"data": [], "idempotencyKey": "k"},
        ("GET", f"/webhooks/payload/{APP}/{ID}/{ISN}", None),
    ),
}


@pytest.mark.parametrize(("call", "answer", "request_"), CALLS.values(), ids=CALLS)
async def test_call_sends_what_the_server_wants(
    server: FakeServer,
    call: Callable[[AsyncInstantAdmin], Awaitable[object]],
    answer: Any,
    request_: Request,
) -> None:
    server.script(reply(answer))
    async with connect(server) as db:
        await call(db)
    (sent,) = server.received
    assert (sent.method, sent.target, sent.json if sent.body else None) == request_


async def test_user_that_a_client_acts_as_changes_nothing(server: FakeServer) -> None:
    server.always(reply({"webhooks": [WEBHOOK]}))
    async with connect(server) as db:
        await db.as_user(guest=True).webhooks.list()
    assert "as-guest" not in server.last.headers
    assert server.last.headers["authorization"] == f"Bearer {TOKEN}"


async def test_client_without_the_admin_token_is_told_before_anything_is_sent(server: FakeServer) -> None:
    async with connect(server, admin_token=None) as db:
        with pytest.raises(ConfigurationError, match="needs the app's admin token"):
            await db.as_user(guest=True).webhooks.list()
    assert server.connections == 0


async def test_namespaces_that_no_longer_exist_are_none(server: FakeServer) -> None:
    server.script(reply({"webhooks": [{**WEBHOOK, "namespaces": None, "status": "disabled", "disabled_reason": "x"}]}))
    async with connect(server) as db:
        (webhook,) = await db.webhooks.list()
    assert (webhook.namespaces, webhook.status, webhook.disabled_reason) == ((), "disabled", "x")


async def test_event_tells_whether_it_was_ever_tried(server: FakeServer) -> None:
    later = {**EVENT, "status": "error", "attempts": [ATTEMPT], "next_attempt_after": "2026-01-02T12:01:00Z"}
    server.script(reply({"event": EVENT}), reply({"event": {**EVENT, "attempts": []}}), reply({"event": later}))
    async with connect(server) as db:
        never, none, once = [await db.webhooks.get_event(ID, ISN) for _ in range(3)]
    assert (never.attempts, none.attempts) == (None, ())
    assert once == WebhookEvent(
        isn=ISN,
        status="error",
        attempts=(
            WebhookAttempt(
                attempted_at=datetime(2026, 1, 2, 12, 0, 0, 123_456, tzinfo=UTC),
                duration_ms=31,
                success=False,
                status_code=503,
                response_text="",
                error_type=None,
                error_message=None,
            ),
        ),
        next_attempt_after=datetime(2026, 1, 2, 12, 1, tzinfo=UTC),
        created_at=datetime(2026, 1, 2, 12, tzinfo=UTC),
        updated_at=datetime(2026, 1, 2, 12, tzinfo=UTC),
    )


async def test_all_events_are_read_page_by_page(server: FakeServer) -> None:
    server.script(reply(page("0/1/3", "0/1/2", end="a b+c", more=True)), reply(page("0/1/1", end="d")))
    async with connect(server) as db:
        isns = [event.isn async for event in db.webhooks.iter_events(ID)]
    assert isns == ["0/1/3", "0/1/2", "0/1/1"]
    assert [request.query for request in server.received] == [{}, {"after": "a b+c"}]


async def test_page_is_asked_for_only_when_it_is_wanted(server: FakeServer) -> None:
    server.always(reply(page("0/1/3", "0/1/2", end="next", more=True)))
    async with connect(server) as db:
        async for event in db.webhooks.iter_events(ID):
            assert event.isn == "0/1/3"
            break
    assert len(server.received) == 1


async def test_server_that_repeats_a_cursor_is_not_asked_for_ever(server: FakeServer) -> None:
    server.always(reply(page("0/1/1", end="same", more=True)))
    async with connect(server) as db:
        assert [event.isn async for event in db.webhooks.iter_events(ID)] == ["0/1/1", "0/1/1"]


async def test_page_gives_the_cursor_of_the_next(server: FakeServer) -> None:
    server.script(reply(page("0/1/3", end="e", more=True)))
    async with connect(server) as db:
        first = await db.webhooks.list_events(ID, after="b")
    assert (first.start_cursor, first.end_cursor, first.has_next_page) == ("s", "e", True)
    assert server.last.query == {"after": "b"}


async def test_payload_that_is_gone_is_told_from_an_empty_one(server: FakeServer) -> None:
    server.script(reply({"data": None, "idempotencyKey": "k"}), reply({"data": [], "idempotencyKey": "k"}))
    async with connect(server) as db:
        gone, empty = [await db.webhooks.get_payload(ID, ISN) for _ in range(2)]
    assert (gone.is_gone, gone.records) == (True, ())
    assert (empty.is_gone, empty.records) == (False, ())


Mistake = Callable[[AsyncInstantAdmin], Awaitable[object]]
URL = "https://hooks.example.com"

MISTAKES: dict[str, tuple[Mistake, str]] = {
    "no address": (lambda db: db.webhooks.create("", namespaces=["a"], actions=["create"]), "whole address"),
    "half an address": (
        lambda db: db.webhooks.create("hooks.example.com", namespaces=["a"], actions=["create"]),
        "whole address",
    ),
    "another protocol": (
        lambda db: db.webhooks.create("ftp://hooks.example.com", namespaces=["a"], actions=["create"]),
        "whole address",
    ),
    "an address without a host": (
        lambda db: db.webhooks.create("https:///in", namespaces=["a"], actions=["create"]),
        "whole address",
    ),
    "an address that cannot be read": (
        lambda db: db.webhooks.create("https://[::1", namespaces=["a"], actions=["create"]),
        "whole address",
    ),
    "an address that is no text": (
        lambda db: db.webhooks.create(5, namespaces=["a"], actions=["create"]),
        "url must be text",
    ),
    "one namespace as text": (
        lambda db: db.webhooks.create(URL, namespaces="goals", actions=["create"]),
        "namespaces must be a list of texts",
    ),
    "no namespaces": (lambda db: db.webhooks.create(URL, namespaces=[], actions=["create"]), "needs at least one"),
    "a blank namespace": (lambda db: db.webhooks.create(URL, namespaces=[" "], actions=["create"]), "not blank"),
    "a namespace that is no text": (
        lambda db: db.webhooks.create(URL, namespaces=[1], actions=["create"]),
        "not blank",
    ),
    "namespaces that are none": (
        lambda db: db.webhooks.update(ID, namespaces=5),
        "namespaces must be a list of texts",
    ),
    "one action as text": (
        lambda db: db.webhooks.create(URL, namespaces=["a"], actions="create"),
        "actions must be a list of texts",
    ),
    "no actions": (lambda db: db.webhooks.create(URL, namespaces=["a"], actions=[]), "some of create, update, delete"),
    "an unknown action": (
        lambda db: db.webhooks.update(ID, actions=["create", "CREATE"]),
        r"got \['CREATE'\]",
    ),
    "an update of nothing": (lambda db: db.webhooks.update(ID), "at least one of url, namespaces and actions"),
    "an id that is none": (lambda db: db.webhooks.delete("a/b c?d"), "webhook_id must be a UUID"),
    "a reason that is no text": (
        lambda db: db.webhooks.disable(ID, reason=5),
        "reason must be text",
    ),
    "a cursor that is none": (
        lambda db: db.webhooks.list_events(ID, after=5),
        "after must be a cursor",
    ),
    "an event without slashes": (lambda db: db.webhooks.get_event(ID, "48953748"), "with its slashes"),
    "an event that leads elsewhere": (lambda db: db.webhooks.get_payload(ID, "0/1/2?x=#y"), "with its slashes"),
    "an event that is a number": (
        lambda db: db.webhooks.resend_event(ID, 7),
        "with its slashes",
    ),
}


@pytest.mark.parametrize(("mistake", "message"), MISTAKES.values(), ids=MISTAKES)
async def test_mistake_is_explained_and_nothing_is_sent(server: FakeServer, mistake: Mistake, message: str) -> None:
    async with connect(server) as db:
        with pytest.raises(InvalidArgumentError, match=message):
            await mistake(db)
    assert server.connections == 0


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("record-not-found", RecordNotFoundError),
        ("validation-failed", ValidationFailedError),
        ("param-malformed", InvalidParameterError),
    ],
)
async def test_refusal_is_an_error_of_its_kind(server: FakeServer, kind: str, error: type[Exception]) -> None:
    server.script(refusal(kind))
    async with connect(server) as db:
        with pytest.raises(error):
            await db.webhooks.enable(ID)


@pytest.mark.parametrize(
    "answer",
    [
        {"webhook": None},
        {"webhook": {**WEBHOOK, "created_at": 5}},
        {"webhook": {**WEBHOOK, "created_at": "yesterday"}},
        {"webhook": {**WEBHOOK, "sink": {}}},
        {"webhook": {**WEBHOOK, "actions": None}},
        {},
        [],
    ],
    ids=str,
)
async def test_reply_of_another_shape_is_an_error(server: FakeServer, answer: Any) -> None:
    server.script(reply(answer))
    async with connect(server) as db:
        with pytest.raises(UnexpectedReplyError):
            await db.webhooks.enable(ID)


async def test_reading_is_repeated_after_a_lost_reply_and_making_is_not(server: FakeServer) -> None:
    server.script(dropped(), reply({"webhooks": []}), dropped())
    async with connect(server, retry=AT_ONCE) as db:
        assert await db.webhooks.list() == []
        with pytest.raises(NoReplyError):
            await db.webhooks.create(URL, namespaces=["goals"], actions=["create"])
    assert len(server.received) == 3


async def test_local_instant_has_webhooks_too() -> None:
    async with AsyncInstantAdmin.local() as db:
        with pytest.raises(ValidationFailedError, match="Could not find matching table for goals"):
            await db.webhooks.create("http://127.0.0.1:1/", namespaces=["goals"], actions=["create"])
        made = await db.webhooks.create(URL, namespaces=["$users"], actions=["create", "delete"])
        assert await db.webhooks.list() == [made]
        changed = await db.webhooks.update(made.id, actions=["create"])
        assert changed.actions == ("create",)
        await db.auth.create_token("ann@example.com")
        (event,) = (await db.webhooks.list_events(made.id)).events
        payload = await db.webhooks.get_payload(made.id, event.isn)
        assert [(record.action, record.before) for record in payload.records] == [("create", None)]
        assert (await db.webhooks.disable(made.id, reason="enough")).disabled_reason == "enough"
        assert (await db.webhooks.delete(made.id)).status == "disabled"
        assert (await db.webhooks.get_event(made.id, event.isn)).created_at == event.created_at
