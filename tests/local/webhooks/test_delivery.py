"""Deliveries over real sockets: what is posted, what comes of each answer, and when it is tried again."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from instant_admin.local import LocalInstant
from instant_admin.local.webhooks import sending
from instant_admin.webhooks import verify
from tests.local.shapes import done, eid, new_app, value
from tests.local.support import AdminCalls, Clock, call
from tests.local.webhooks.hooked import Hooks
from tests.support.fake_server import Answer, FakeServer, Sequel, cut, dropped, raw, reply, reset, stalled

HOURS = (1 / 60, 5 / 60, 0.5, 2, 5, 10, 12, 12, 12, 12)
"""How long a real server waits between attempts (server contract, webhooks 5)."""


def change(hooks: Hooks, rank: int = 1) -> None:
    """Something to tell of."""
    done(hooks.admin, ["update", "goals", eid(1), {"rank": rank}])


def tried(hooks: Hooks, endpoint: FakeServer, *answers: Answer) -> dict[str, Any]:
    """The event of a change, when the endpoint has answered with this."""
    endpoint.script(*answers)
    id = hooks.make(f"{endpoint.url}/in")
    change(hooks)
    return hooks.events(id)[0]


def test_delivery_is_a_signed_post_that_says_where_the_changes_are(
    hooks: Hooks, endpoint: FakeServer, clock: Clock
) -> None:
    endpoint.script(reply(b"", 204))
    id = hooks.make(f"{endpoint.url}/in?secret=1")
    change(hooks)
    (event,) = hooks.events(id)
    (received,) = endpoint.received
    keys = call(hooks.admin.instance, "GET", "/.well-known/webhooks/jwks.json").body
    delivery = verify(received.body, received.headers["instant-signature"], jwks=keys, now=clock.seconds)
    path = f"/webhooks/payload/{hooks.admin.app.app_id}/{id}/{event['isn']}"
    assert (received.method, received.target) == ("POST", "/in?secret=1")
    assert received.headers["user-agent"] == "InstantDB Webhook Sender"
    assert received.headers["content-type"] == "application/json; charset=utf-8"
    assert json.loads(received.body) == {"payloadUrl": delivery.payload_url, "token": delivery.token}
    assert (delivery.payload_url, delivery.signed_at) == (f"http://local-instant.invalid{path}", int(clock.seconds))
    with_token = {"authorization": f"Bearer {delivery.token}"}
    fetched = call(hooks.admin.instance, "GET", delivery.payload_url, headers=with_token)
    assert fetched.body["idempotencyKey"] == received.headers["idempotency-key"]
    assert fetched.body == hooks.payload(id, event["isn"]).body


def test_changes_are_where_the_sender_of_the_webhook_has_reached_the_server(hooks: Hooks, endpoint: FakeServer) -> None:
    endpoint.always(lambda _: reply(b""))
    given = {"url": endpoint.url, "namespaces": ["goals"], "actions": ["create"]}
    headers = {"host": "instant.example.com:8888"}
    made = hooks.admin.call("POST", hooks.path, given, headers=headers).body["webhook"]
    change(hooks)
    hooks.events(made["id"])
    assert endpoint.received[0].json["payloadUrl"].startswith("http://instant.example.com:8888/webhooks/payload/")


@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_answer_of_the_two_hundreds_is_success(hooks: Hooks, endpoint: FakeServer, status: int) -> None:
    event = tried(hooks, endpoint, reply(b"thanks" if status != 204 else b"", status))
    (attempt,) = event["attempts"]
    assert (event["status"], event["next_attempt_after"]) == ("success", None)
    assert (attempt["success?"], attempt["status-code"], attempt["error-type"]) == (True, status, None)


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 429, 500, 503])
def test_any_other_answer_is_a_failed_attempt_and_no_redirect_is_followed(
    hooks: Hooks, endpoint: FakeServer, status: int
) -> None:
    event = tried(hooks, endpoint, reply(b"no", status, {"location": f"{endpoint.url}/elsewhere"}))
    assert event["status"] == "error"
    assert event["attempts"] == [
        {
            "attempt-at": "2026-09-21T14:13:20.000Z",
            "duration-ms": event["attempts"][0]["duration-ms"],
            "success?": False,
            "status-code": status,
            "response-text": "no",
            "error-type": None,
            "error-message": None,
        }
    ]
    assert event["next_attempt_after"] == "2026-09-21T14:14:20Z"
    assert len(endpoint.received) == 1


@pytest.mark.parametrize(
    ("body", "text"), [(b"", ""), (b"x" * 300, "x" * 256), ("grüß".encode(), "grüß"), (b"\xff", "\ufffd")]
)
def test_beginning_of_the_answer_is_kept(hooks: Hooks, endpoint: FakeServer, body: bytes, text: str) -> None:
    (attempt,) = tried(hooks, endpoint, reply(body, 500))["attempts"]
    assert attempt["response-text"] == text


def test_answer_without_end_is_read_no_further_than_it_is_kept(hooks: Hooks, endpoint: FakeServer) -> None:
    endless = Answer(reply(b"x" * 4096, 500).data[:1024], sequel=Sequel())
    (attempt,) = tried(hooks, endpoint, endless)["attempts"]
    assert (attempt["status-code"], attempt["response-text"]) == (500, "x" * 256)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (dropped(), "protocol"),
        (reset(), "network"),
        (raw(b"SSH-2.0-OpenSSH\r\n"), "protocol"),
        (cut(reply(b"half", 200), -2), "protocol"),
    ],
    ids=["dropped", "reset", "no HTTP", "half an answer"],
)
def test_answer_that_is_none_is_named(hooks: Hooks, endpoint: FakeServer, answer: Answer, kind: str) -> None:
    event = tried(hooks, endpoint, answer)
    (attempt,) = event["attempts"]
    assert (event["status"], attempt["success?"], attempt["status-code"]) == ("error", False, None)
    assert (attempt["error-type"], bool(attempt["error-message"])) == (kind, True)


def test_endpoint_that_says_nothing_is_given_up(
    hooks: Hooks, endpoint: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "TIMEOUT_SECONDS", 0.05)
    (attempt,) = tried(hooks, endpoint, stalled())["attempts"]
    assert attempt["error-type"] == "timeout"


def test_nobody_there_is_a_failed_connection(hooks: Hooks) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    id = hooks.make(f"http://127.0.0.1:{port}/")
    change(hooks)
    assert hooks.events(id)[0]["attempts"][0]["error-type"] == "connect"


def test_name_that_is_only_an_example_is_not_looked_up(hooks: Hooks) -> None:
    id = hooks.make("https://hooks.example.com/in")
    change(hooks)
    assert hooks.events(id)[0]["attempts"][0]["error-type"] == "dns"


def test_failed_delivery_is_repeated_at_the_times_of_the_server_and_then_given_up(
    hooks: Hooks, endpoint: FakeServer, instance: LocalInstant
) -> None:
    endpoint.always(lambda _: reply(b"", 500))
    id = hooks.make(endpoint.url)
    change(hooks)
    for number, hours in enumerate(HOURS, 1):
        (event,) = hooks.events(id)
        assert (event["status"], len(event["attempts"])) == ("error", number)
        instance.advance(hours * 3600 - 1)
        assert len(hooks.events(id)[0]["attempts"]) == number
        instance.advance(1)
    (event,) = hooks.events(id)
    assert (event["status"], len(event["attempts"]), event["next_attempt_after"]) == ("failed", 11, None)
    instance.advance(24 * 3600)
    assert len(hooks.events(id)[0]["attempts"]) == len(endpoint.received) == 11


def test_repeated_delivery_is_signed_anew_and_tells_of_the_same(
    hooks: Hooks, endpoint: FakeServer, instance: LocalInstant
) -> None:
    event = tried(hooks, endpoint, reply(b"", 500), reply(b""))
    instance.advance(60)
    assert event["status"] == "error"
    instance.control.settle()
    first, second = endpoint.received
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    assert first.headers["instant-signature"] != second.headers["instant-signature"]
    assert first.json["payloadUrl"] == second.json["payloadUrl"]
    assert first.json["token"] != second.json["token"]


def test_clock_that_somebody_else_moves_is_followed(hooks: Hooks, endpoint: FakeServer, clock: Clock) -> None:
    tried(hooks, endpoint, reply(b"", 500), reply(b""))
    clock.advance(60)
    endpoint.wait_for_requests(2)


def test_gone_ends_the_event_and_disables_the_webhook(hooks: Hooks, endpoint: FakeServer) -> None:
    event = tried(hooks, endpoint, reply(b"", 410))
    assert (event["status"], event["next_attempt_after"]) == ("failed", None)
    (hook,) = hooks.all()
    assert (hook["status"], hook["disabled_reason"]) == ("disabled", "Endpoint returned 410 status code.")
    assert hooks.post(f"/{hook['id']}/enable", {}).body["webhook"]["disabled_reason"] is None


@pytest.mark.parametrize("ends", ["disabled", "deleted"])
def test_delivery_for_a_webhook_that_has_ended_fails_without_being_sent(
    hooks: Hooks, endpoint: FakeServer, instance: LocalInstant, ends: str
) -> None:
    tried(hooks, endpoint, reply(b"", 500))
    id = hooks.all()[0]["id"]
    if ends == "disabled":
        hooks.post(f"/{id}/disable", {})
    else:
        hooks.admin.call("DELETE", f"{hooks.path}/{id}")
    instance.advance(60)
    (event,) = hooks.events(id)
    assert (event["status"], event["next_attempt_after"], len(endpoint.received)) == ("failed", None, 1)
    last = event["attempts"][-1]
    assert (last["error-type"], last["error-message"], last["status-code"]) == (
        "disabled",
        "Webhook is disabled.",
        None,
    )


@pytest.mark.parametrize("before", [200, 500, 410])
def test_event_is_delivered_again_on_demand_whatever_came_of_it(
    hooks: Hooks, endpoint: FakeServer, before: int
) -> None:
    event = tried(hooks, endpoint, reply(b"", before), reply(b""))
    id = hooks.all()[0]["id"]
    hooks.post(f"/{id}/enable", {})
    again = hooks.post(f"/{id}/events/{event['isn']}", {})
    assert (again.status, again.body["event"]["status"]) == (200, "pending")
    assert again.body["event"]["next_attempt_after"] is None
    (event,) = hooks.events(id)
    assert (event["status"], [a["status-code"] for a in event["attempts"]]) == ("success", [before, 200])


def test_event_on_its_way_cannot_be_sent_again_and_says_so(hooks: Hooks, endpoint: FakeServer) -> None:
    sequel = Sequel()
    endpoint.script(Answer(sequel=sequel))
    id = hooks.make(endpoint.url)
    change(hooks)
    endpoint.wait_for_requests(1)
    (event,) = hooks.admin.get(f"{hooks.path}/{id}/events").body["events"]
    assert (event["status"], event["attempts"], event["next_attempt_after"]) == ("processing", None, None)
    refused = hooks.post(f"/{id}/events/{event['isn']}", {})
    assert (refused.type, refused.hint["data-type"]) == ("validation-failed", "webhook-events")
    sequel.send(reply(b"").data)
    sequel.end()
    assert hooks.events(id)[0]["status"] == "success"


def test_slow_endpoint_holds_no_other_one_up(hooks: Hooks, endpoint: FakeServer) -> None:
    sequel = Sequel()
    endpoint.script(Answer(sequel=sequel))
    hooks.make(endpoint.url)
    with FakeServer() as quick:
        quick.always(lambda _: reply(b""))
        hooks.make(quick.url)
        change(hooks)
        quick.wait_for_requests(1)
    sequel.send(reply(b"").data)
    sequel.end()


def test_many_events_are_all_delivered_once(hooks: Hooks, endpoint: FakeServer) -> None:
    endpoint.always(lambda _: reply(b""))
    id = hooks.make(endpoint.url)
    for rank in range(150):
        change(hooks, rank)
    hooks.admin.instance.control.settle()
    told = [received.json["payloadUrl"] for received in endpoint.received]
    assert len(told) == len(set(told)) == 150
    assert {event["status"] for event in hooks.events(id)} == {"success"}


def test_closing_waits_for_no_endpoint_and_leaves_no_thread(endpoint: FakeServer) -> None:
    before = set(threading.enumerate())
    endpoint.script(stalled())
    with LocalInstant() as instance:
        hooks = Hooks(new_app(instance, goals={"rank": value("number")}))
        hooks.make(endpoint.url)
        change(hooks)
        endpoint.wait_for_requests(1)
        started = time.monotonic()
    assert time.monotonic() - started < 1
    left = {thread.name for thread in set(threading.enumerate()) - before}
    assert "instant-admin webhooks" not in left


def test_what_was_under_way_when_an_instance_ended_is_delivered_by_the_next(
    tmp_path: Path, endpoint: FakeServer
) -> None:
    endpoint.script(stalled(), reply(b""))
    with LocalInstant(tmp_path / "dev.sqlite") as instance:
        hooks = Hooks(new_app(instance, goals={"rank": value("number")}))
        id = hooks.make(endpoint.url)
        change(hooks)
        endpoint.wait_for_requests(1)
    with LocalInstant(tmp_path / "dev.sqlite") as instance:
        hooks.admin.instance = instance
        (event,) = hooks.events(id)
    assert (event["status"], len(endpoint.received)) == ("success", 2)


def test_instance_without_webhooks_has_no_thread_for_them(admin: AdminCalls) -> None:
    done(admin, ["update", "goals", eid(1), {"rank": 1}])
    admin.instance.advance(3600)
    admin.instance.control.settle()
    assert "instant-admin webhooks" not in {thread.name for thread in threading.enumerate()}


def test_endpoint_sets_no_cookies(hooks: Hooks, endpoint: FakeServer, instance: LocalInstant) -> None:
    tried(hooks, endpoint, reply(b"", 500, {"set-cookie": "session=1"}), reply(b""))
    instance.advance(60)
    instance.control.settle()
    assert "cookie" not in endpoint.last.headers


def test_endpoint_whose_certificate_cannot_be_checked_is_named(endpoint: FakeServer) -> None:
    endpoint.always(raw(b"no TLS"))

    async def attempt() -> str | None:
        delivery = sending.Delivery(endpoint.url.replace("http://", "https://"), b"{}", "t=1,kid=1,v1=00", "key")
        async with sending.open_client() as client:
            return (await sending.post(client, delivery, 0)).error_type

    assert asyncio.run(attempt()) == "tls"
