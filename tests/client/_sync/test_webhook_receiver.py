# Derived from tests/client/_async/test_webhook_receiver.py by scripts/generate_sync.py (make sync). Do not edit.
"""A receiver asks the configured server for keys and changes, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from instant_admin import NoReplyError, UnexpectedReplyError, ValidationFailedError, WebhookVerificationError
from instant_admin.webhooks import WebhookHandlers, WebhookReceiver, WebhookRecord
from tests.client._sync.flavour import connect, together
from tests.client.values import OTHER_APP, every_engine
from tests.client.values import TOKEN as ADMIN_TOKEN
from tests.support.fake_server import Answer, FakeServer, Received, dropped, refusal, reply
from tests.support.webhook_signing import (
    APP,
    JWKS,
    KEY,
    PAYLOAD_PATH,
    TOKEN,
    WEBHOOK,
    delivery_body,
    payload,
    record,
    sign,
)

KEYS_PATH = "/.well-known/webhooks/jwks.json"


def answering(keys: Answer, changes: Answer) -> Callable[[Received], Answer]:
    """A server with these keys and these changes."""
    return lambda request: keys if request.path == KEYS_PATH else changes


def collecting(seen: list[WebhookRecord]) -> WebhookHandlers:
    """Handlers that keep every change."""
    return WebhookHandlers({"$default": seen.append})


@every_engine
def test_delivery_is_verified_fetched_and_handled(server: FakeServer, engine: str) -> None:
    server.always(answering(reply(JWKS), reply(payload(record(), record("todos", "delete", "b")))))
    body = delivery_body(server.url)
    seen: list[WebhookRecord] = []
    with connect(server, engine, admin_token=None) as db:
        receiver = WebhookReceiver(db)
        found = receiver.process(body, sign(body), collecting(seen))
    assert [(r.namespace, r.action, r.id) for r in seen] == [("posts", "create", "a"), ("todos", "delete", "b")]
    assert found.records == tuple(seen)
    keys, changes = server.received
    assert (keys.path, keys.headers.get("authorization")) == (KEYS_PATH, None)
    assert (changes.target, changes.headers["authorization"]) == (PAYLOAD_PATH, f"Bearer {TOKEN}")


def test_admin_token_goes_to_neither_endpoint(server: FakeServer) -> None:
    server.always(answering(reply(JWKS), reply(payload())))
    body = delivery_body(server.url)
    with connect(server) as db:
        WebhookReceiver(db).process(body, sign(body), WebhookHandlers())
    assert len(server.received) == 2
    assert all(ADMIN_TOKEN not in str(request.headers) for request in server.received)


def test_keys_are_asked_for_once_for_all_deliveries(server: FakeServer) -> None:
    server.always(answering(reply(JWKS), reply(payload())))
    body = delivery_body(server.url)
    with connect(server) as db:
        receiver = WebhookReceiver(db)

        def take(index: int) -> str:
            return (receiver.verify(body, sign(body))).token

        assert together(20, take) == [TOKEN] * 20
        receiver.verify(body, sign(body))
    assert [request.path for request in server.received] == [KEYS_PATH]


def test_unknown_keys_are_asked_for_once_in_a_while(server: FakeServer) -> None:
    server.always(reply(JWKS))
    body = delivery_body(server.url)
    with connect(server) as db:
        receiver = WebhookReceiver(db)
        for index in range(5):
            with pytest.raises(WebhookVerificationError) as caught:
                receiver.verify(body, sign(body, key_id=str(index)))
            assert caught.value.reason == "unknown-key"
        assert (receiver.verify(body, sign(body))).token == TOKEN
    assert len(server.received) == 1


def test_nothing_is_sent_for_what_cannot_be_genuine(server: FakeServer) -> None:
    body = delivery_body(server.url)
    with connect(server) as db:
        receiver = WebhookReceiver(db)
        for header, reason in (
            (None, "bad-header"),
            ("t=1,kid=k1,v1=00", "too-old"),
            ("t=x,kid=k1,v1=00", "bad-header"),
        ):
            with pytest.raises(WebhookVerificationError) as caught:
                receiver.process(body, header, WebhookHandlers())
            assert caught.value.reason == reason
    assert server.received == []


def test_server_without_keys_for_now_is_an_error_of_the_call(server: FakeServer) -> None:
    server.script(dropped(), reply([]))
    body = delivery_body(server.url)
    with connect(server, retry=None) as db:
        with pytest.raises(NoReplyError):
            WebhookReceiver(db).verify(body, sign(body))
        with pytest.raises(UnexpectedReplyError):
            WebhookReceiver(db).verify(body, sign(body))


FOREIGN = [
    ("https://evil.example.com", PAYLOAD_PATH),
    ("", "/admin/query"),
    ("", f"/webhooks/payload/{OTHER_APP}/{WEBHOOK}/0/1/2"),
]


@pytest.mark.parametrize(("origin", "path"), FOREIGN)
def test_changes_are_fetched_from_the_configured_server_and_app_only(
    server: FakeServer, origin: str, path: str
) -> None:
    server.always(answering(reply(JWKS), reply(payload(record()))))
    body = delivery_body(origin or server.url, path)
    seen: list[WebhookRecord] = []
    with connect(server) as db:
        with pytest.raises(WebhookVerificationError) as caught:
            WebhookReceiver(db).process(body, sign(body), collecting(seen))
    assert caught.value.reason == "foreign-payload"
    assert [request.path for request in server.received] == [KEYS_PATH]
    assert seen == []


def test_server_that_calls_itself_otherwise_is_named_by_its_origin(server: FakeServer) -> None:
    server.always(answering(reply(JWKS), reply(payload())))
    body = delivery_body("https://instant.example.com")
    with connect(server) as db:
        receiver = WebhookReceiver(db, origin="https://instant.example.com/")
        receiver.process(body, sign(body), WebhookHandlers())
        assert repr(receiver).endswith(f"(app_id='{APP}', origin='https://instant.example.com')")
    assert server.last.target == PAYLOAD_PATH


def test_changes_that_are_gone_are_no_failure(server: FakeServer) -> None:
    server.always(answering(reply(JWKS), reply({"data": None, "idempotencyKey": "k"})))
    body = delivery_body(server.url)
    with connect(server) as db:
        assert (WebhookReceiver(db).process(body, sign(body), WebhookHandlers())).is_gone


def test_refused_token_is_an_error_that_does_not_show_it(server: FakeServer) -> None:
    server.always(answering(reply(JWKS), refusal("validation-failed", hint={"data-type": "jwt", "input": TOKEN})))
    body = delivery_body(server.url)
    with connect(server) as db:
        with pytest.raises(ValidationFailedError) as caught:
            WebhookReceiver(db).process(body, sign(body), WebhookHandlers())
    assert TOKEN not in f"{caught.value}{caught.value!r}{caught.value.hint}"


@pytest.mark.parametrize("content", [[], {"data": []}, {"data": [{}], "idempotencyKey": "k"}, b"<html>"])
def test_changes_of_another_shape_are_an_unexpected_reply(server: FakeServer, content: Any) -> None:
    server.always(answering(reply(JWKS), reply(content)))
    body = delivery_body(server.url)
    with connect(server, retry=None) as db:
        with pytest.raises(UnexpectedReplyError):
            WebhookReceiver(db).process(body, sign(body), WebhookHandlers())


def test_keys_of_the_cloud_are_known_without_asking(server: FakeServer) -> None:
    body = delivery_body("https://api.instantdb.com")
    header = sign(body, key_id="1034696293")
    with connect("https://api.instantdb.com") as db:
        with pytest.raises(WebhookVerificationError) as caught:  # which shows that the key was found
            WebhookReceiver(db).verify(body, header)
    assert caught.value.reason == "bad-signature"
    with connect(server) as db:
        server.always(reply({"keys": [KEY]}))
        with pytest.raises(WebhookVerificationError) as caught:
            WebhookReceiver(db).verify(body, header)
    assert caught.value.reason == "unknown-key"
