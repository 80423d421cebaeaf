"""A delivery leads to the configured server and app only, and a payload is read or refused as a whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import WebhookVerificationError
from instant_admin._core.webhooks.delivery import payload_path
from instant_admin._core.webhooks.payload import read_payload
from instant_admin.webhooks import WebhookDelivery, WebhookPayload, WebhookRecord
from tests.support.webhook_signing import APP, PAYLOAD_PATH, WEBHOOK, payload, record

SERVER = "https://api.instantdb.com"


def _path(url: str, origin: str | None = SERVER, app_id: str = APP) -> str:
    return payload_path(WebhookDelivery(url, "token", "k1", 0), origin, app_id)


# Address of the changes, address of the server.
OURS = [
    (SERVER + PAYLOAD_PATH, SERVER),
    ("HTTPS://API.instantdb.com" + PAYLOAD_PATH, SERVER),
    ("https://api.instantdb.com:443" + PAYLOAD_PATH, SERVER),
    ("http://localhost:8888" + PAYLOAD_PATH, "http://localhost:8888"),
    ("http://localhost" + PAYLOAD_PATH, "http://localhost:80"),
    ("https://example.com/instant" + PAYLOAD_PATH, "https://example.com/instant"),
    ("http://anything" + PAYLOAD_PATH, None),
    (PAYLOAD_PATH, None),
]


@pytest.mark.parametrize(("url", "origin"), OURS)
def test_changes_at_the_configured_server_are_fetched_by_their_path(url: str, origin: str | None) -> None:
    assert _path(url, origin) == PAYLOAD_PATH


def test_two_part_numbers_of_events_and_other_spellings_of_the_app_are_fine() -> None:
    assert _path(f"{SERVER}/webhooks/payload/{APP.upper()}/{WEBHOOK}/0/1A") == (
        f"/webhooks/payload/{APP.upper()}/{WEBHOOK}/0/1A"
    )


FOREIGN = [
    "https://evil.example.com" + PAYLOAD_PATH,
    "http://api.instantdb.com" + PAYLOAD_PATH,
    "https://api.instantdb.com:8443" + PAYLOAD_PATH,
    "https://api.instantdb.com@evil.example.com" + PAYLOAD_PATH,
    "https://user:pass@api.instantdb.com" + PAYLOAD_PATH,
    "https://api.instantdb.com.evil.example.com" + PAYLOAD_PATH,
    "https://evil.example.com\\@api.instantdb.com" + PAYLOAD_PATH,
    "//api.instantdb.com" + PAYLOAD_PATH,
    PAYLOAD_PATH,
    SERVER + PAYLOAD_PATH + "?x=1",
    SERVER + PAYLOAD_PATH + "#x",
    SERVER + PAYLOAD_PATH + "/../../../admin/query",
    SERVER + f"/webhooks/payload/{APP}/../admin/0/1",
    SERVER + f"/webhooks/payload/{APP}/{WEBHOOK}/0%2F1%2F2",
    SERVER + "/admin/query",
    SERVER + "/evil" + PAYLOAD_PATH,
    "https://[::1" + PAYLOAD_PATH,
    "https://api.instantdb.com:port" + PAYLOAD_PATH,
    "file:///etc/passwd",
    "",
]


@pytest.mark.parametrize("url", FOREIGN)
def test_changes_anywhere_else_are_refused(url: str) -> None:
    with pytest.raises(WebhookVerificationError) as caught:
        _path(url)
    assert caught.value.reason == "foreign-payload"


def test_changes_of_another_app_are_refused_though_the_server_signed_them() -> None:
    for origin in (SERVER, None):
        with pytest.raises(WebhookVerificationError, match="another app") as caught:
            _path(SERVER + PAYLOAD_PATH, origin, "99999999-9999-4999-8999-999999999999")
        assert caught.value.reason == "foreign-payload"


@given(st.text())
def test_whatever_the_address_is_only_our_error_leaves(url: str) -> None:
    for origin in (SERVER, None):
        with pytest.raises(WebhookVerificationError):
            _path(url, origin)


def _read(content: Any) -> WebhookPayload:
    return read_payload(json.dumps(content).encode())


def test_payload_is_read_record_by_record() -> None:
    found = _read(payload(record(), record("todos", "update", "b"), record("todos", "delete", "c")))
    entity = {"id": "b", "title": "Hello"}
    assert found.records[1] == WebhookRecord("todos", "update", "b", entity, entity, "todos-update-b")
    assert [(r.before is None, r.after is None) for r in found.records] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert (found.idempotency_key, found.is_gone) == ("55555555-5555-4555-8555-555555555555", False)


def test_payload_may_be_empty_or_gone() -> None:
    assert _read(payload()) == WebhookPayload((), "55555555-5555-4555-8555-555555555555")
    gone = _read({"data": None, "idempotencyKey": "k"})
    assert gone == WebhookPayload((), "k", is_gone=True)


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        {},
        {"data": []},
        {"data": [], "idempotencyKey": 5},
        {"data": "text", "idempotencyKey": "k"},
        {"data": {}, "idempotencyKey": None},
        payload({**record(), "namespace": None}),
        payload({**record(), "before": []}),
        payload({k: v for k, v in record().items() if k != "after"}),
        payload("record"),
    ],
)
def test_payload_of_another_shape_is_refused(content: Any) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        _read(content)
