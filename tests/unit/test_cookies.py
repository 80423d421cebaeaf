"""The session cookie is read as the JavaScript SDK reads it; one that cannot be read counts as none."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import (
    APIError,
    AsyncInstantAdmin,
    InstantAdmin,
    InvalidArgumentError,
    InvalidParameterError,
    RecordNotFoundError,
    ServerError,
)
from instant_admin._core.cookies import read_session_token
from tests.support.stub_engine import plug_in, reply, sent_json, stub_reply
from tests.support.vectors import load

APP = "11111111-1111-4111-8111-111111111111"
TOKEN = "66666666-6666-4666-8666-666666666666"
COOKIE = f"instant_user_{APP}={quote(json.dumps({'refresh_token': TOKEN}))}"
VECTORS: dict[str, dict[str, Any]] = {v["id"]: v for v in load("cookie")["vectors"] if v["kind"] == "get-user"}


def _is_trusted(vector: dict[str, Any]) -> bool:
    """Whether JavaScript was told to believe the cookie without asking the server, which is not on offer here."""
    return bool((vector["options"] or {}).get("disableValidation"))


ASKED = {key: vector for key, vector in VECTORS.items() if not _is_trusted(vector)}


@pytest.mark.parametrize("vector", [pytest.param(v, id=f"{'+'.join(v['tags'])}-{k}") for k, v in ASKED.items()])
def test_user_of_a_request_is_found_as_by_the_javascript_sdk(
    monkeypatch: pytest.MonkeyPatch, vector: dict[str, Any]
) -> None:
    engine = plug_in(monkeypatch, stub_reply(vector["stub"]))
    client = vector["client"]
    with InstantAdmin(client["app_id"], client["admin_token"], retry=None) as db:
        if "error_status" in vector:
            with pytest.raises(APIError) as caught:
                db.auth.get_user_from_request({"cookie": vector["cookie"]})
            assert caught.value.status == vector["error_status"]
        else:
            # Where the cookie cannot be parsed, JavaScript throws; there is no user here either.
            assert db.auth.get_user_from_request({"cookie": vector["cookie"]}) == vector.get("result")
    asked = [
        {
            "method": request.method,
            "path": urlsplit(request.target).path,
            "query": dict(parse_qsl(urlsplit(request.target).query)),
            "body_json": sent_json(request),
            "has_authorization": "authorization" in request.headers,
        }
        for request in engine.sent
    ]
    assert asked == ([vector["verify_request"]] if vector["verify_request"] else [])


def test_a_cookie_is_never_believed_without_asking_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    trusted = [vector for vector in VECTORS.values() if _is_trusted(vector)]
    assert trusted
    engine = plug_in(monkeypatch, reply({"type": "record-not-found"}, 400))
    with InstantAdmin(APP, retry=None) as db:
        for vector in trusted:
            assert db.auth.get_user_from_request({"cookie": vector["cookie"]}) is None
    assert len(engine.sent) == len(trusted)


@pytest.mark.parametrize("name", ["cookie", "Cookie", "COOKIE"])
def test_name_of_the_header_may_be_in_any_case(name: str) -> None:
    assert read_session_token({"host": "x", name: COOKIE}, APP) == TOKEN


def test_cookies_may_come_in_several_headers() -> None:
    assert read_session_token({"cookie": "a=1", "Cookie": COOKIE}, APP) == TOKEN


@pytest.mark.parametrize("headers", [None, [("cookie", COOKIE)], COOKIE])
def test_what_has_no_headers_is_refused(headers: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="headers"):
        read_session_token(headers, APP)


def test_no_header_is_no_session() -> None:
    assert read_session_token({}, APP) is None


@given(st.text())
def test_any_header_is_read_or_counts_as_none(header: str) -> None:
    assert read_session_token({"cookie": header}, APP) is None


@given(st.text())
def test_any_value_is_read_or_counts_as_none(value: str) -> None:
    found = read_session_token({"cookie": f"instant_user_{APP}={value}"}, APP)
    assert found is None or isinstance(found, str)


@given(st.text(min_size=1), st.text())
def test_token_is_found_whatever_else_is_in_the_cookie(token: str, other: str) -> None:
    value = quote(json.dumps({"a": other, "refresh_token": token}))
    assert read_session_token({"cookie": f"x=1; instant_user_{APP}={value}; y=2"}, APP) == token


def test_value_nested_without_end_counts_as_none() -> None:
    assert read_session_token({"cookie": f"instant_user_{APP}=" + "[" * 100_000}, APP) is None


@pytest.mark.parametrize(
    ("kind", "status", "is_nobody"),
    [("record-not-found", 400, True), ("param-malformed", 400, True), ("unknown", 500, False)],
)
def test_only_a_token_that_the_server_does_not_know_is_nobody(
    monkeypatch: pytest.MonkeyPatch, kind: str, status: int, is_nobody: bool
) -> None:
    plug_in(monkeypatch, reply({"type": kind, "message": "own text"}, status))
    with InstantAdmin(APP, retry=None) as db:
        if is_nobody:
            assert db.auth.get_user_from_request({"cookie": COOKIE}) is None
        else:
            with pytest.raises(ServerError):
                db.auth.get_user_from_request({"cookie": COOKIE})
        with pytest.raises((RecordNotFoundError, InvalidParameterError, ServerError)):
            db.auth.verify_token(TOKEN)


@pytest.mark.parametrize(
    ("content", "status", "found"),
    [
        ({"user": {"id": "i"}}, 200, {"id": "i"}),
        ({"type": "record-not-found"}, 400, None),
        ({"type": "param-malformed"}, 400, None),
    ],
)
async def test_the_awaitable_flavour_asks_alike(content: Any, status: int, found: Any) -> None:
    transport = httpx.MockTransport(lambda request: httpx.Response(status, json=content))
    async with httpx.AsyncClient(transport=transport) as client, AsyncInstantAdmin(APP, http_client=client) as db:
        assert await db.auth.get_user_from_request({"cookie": COOKIE}) == found
        assert await db.auth.get_user_from_request({"host": "x"}) is None
