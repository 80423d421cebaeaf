"""The route that keeps the session cookie answers as the JavaScript SDK's does, over ASGI and WSGI."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import ConfigurationError
from instant_admin._core.cookies import read_session_token
from instant_admin.web import sync_user_app, sync_user_wsgi_app
from tests.support.vectors import load
from tests.support.web_calls import Answered, call_asgi, call_wsgi

Vector = dict[str, Any]

APP = "11111111-1111-4111-8111-111111111111"
TOKEN = "66666666-6666-4666-8666-666666666666"
VECTORS: dict[str, Vector] = {v["id"]: v for v in load("cookie")["vectors"] if v["kind"] == "route-handler"}

# The oracle's word for a branch -> what we say there.
ERRORS = {
    "bad-json": "The body is no JSON.",
    "missing-type": "The body has no type.",
    "app-mismatch": "The app is another one.",
    "unknown-type": "The type is unknown.",
}

# Why we differ -> whether that applies to a vector, and what we answer.
DIFFERENCES: dict[str, tuple[Callable[[Vector], bool], tuple[int, str]]] = {
    "a null is a body without a type, not a crash": (
        lambda v: v["request"]["body"] == "null",
        (400, "The body has no type."),
    ),
}


def _line(vector: Vector) -> str | None:
    return next((why for why, (applies, _) in DIFFERENCES.items() if applies(vector)), None)


def _call(
    method: str = "POST", headers: dict[str, str] | None = None, body: bytes = b"", app_id: str = APP, **options: Any
) -> Answered:
    """The answer, which is the same from both."""
    awaited = call_asgi(sync_user_app(app_id=app_id, **options), method, headers or {}, [body[:5], body[5:]])
    blocking = call_wsgi(sync_user_wsgi_app(app_id=app_id, **options), method, headers, body)
    assert awaited == blocking
    return blocking


def _call_vector(vector: Vector) -> Answered:
    request = vector["request"]
    return _call(
        request["method"], request["headers"], (request["body"] or "").encode(), app_id=vector["config"]["app_id"]
    )


def _cookie(expected: dict[str, Any] | None) -> str | None:
    if expected is None:
        return None
    given = expected["attrs"]
    attributes = [name if given[name] is True else f"{name}={given[name]}" for name in expected["attr_order"]]
    return "; ".join([f"{expected['name']}={expected['value_raw']}", *attributes])


EQUAL = {key: vector for key, vector in VECTORS.items() if _line(vector) is None}
DIFFERING = {key: vector for key, vector in VECTORS.items() if _line(vector) is not None}


@pytest.mark.parametrize("vector", [pytest.param(v, id=f"{'+'.join(v['tags'])}-{k}") for k, v in EQUAL.items()])
def test_request_is_answered_as_by_the_javascript_sdk(vector: Vector) -> None:
    answered, expected = _call_vector(vector), vector["response"]
    error = {"error": ERRORS[vector["reason"]]} if "reason" in vector else {}
    assert answered.status == expected["status"]
    assert answered.headers["content-type"] == expected["content_type"]
    assert json.loads(answered.body) == {**expected["body"], **error}
    assert answered.headers.get("set-cookie") == _cookie(expected["set_cookie"])


@pytest.mark.parametrize("vector", [pytest.param(v, id=f"{_line(v)}-{k}") for k, v in DIFFERING.items()])
def test_request_is_answered_otherwise_where_it_is_meant_to_be(vector: Vector) -> None:
    _, (status, error) = DIFFERENCES[_line(vector) or ""]
    answered = _call_vector(vector)
    assert (answered.status, json.loads(answered.body)) == (status, {"ok": False, "error": error})
    assert vector["response"] is None or vector["response"]["status"] != status


def test_every_line_of_the_differences_is_needed() -> None:
    assert {_line(vector) for vector in DIFFERING.values()} == DIFFERENCES.keys()


def _body(user: Any, **changes: Any) -> bytes:
    return json.dumps({"type": "sync-user", "appId": APP, "user": user, **changes}).encode()


def test_kept_user_is_found_again() -> None:
    cookie = _call(body=_body({"id": "u", "refresh_token": TOKEN, "name": 'Żółw; 🐢, "x"=y'})).headers["set-cookie"]
    pair, *attributes = cookie.split("; ")
    assert attributes == ["Path=/", "HttpOnly", "Secure", "SameSite=Strict", "Max-Age=604800"]
    assert read_session_token({"cookie": f"theme=dark; {pair}"}, APP) == TOKEN
    assert read_session_token({"cookie": pair}, "99999999-9999-4999-8999-999999999999") is None


def test_ended_session_is_gone() -> None:
    pair = _call(body=_body(None)).headers["set-cookie"].split("; ")[0]
    assert read_session_token({"cookie": pair}, APP) is None


@given(st.text(), st.text(min_size=1))
def test_nothing_of_a_user_can_break_out_of_the_cookie(name: str, token: str) -> None:
    cookie = _call(body=_body({"refresh_token": token, name: name})).headers["set-cookie"]
    assert cookie.isascii()
    assert cookie.isprintable()
    assert cookie.count(";") == 5


@pytest.mark.parametrize("site", ["same-origin", "same-site", "none"])
def test_requests_from_the_same_site_are_taken(site: str) -> None:
    assert _call("POST", {"sec-fetch-site": site}, _body({"refresh_token": TOKEN})).status == 200


def test_other_sites_cannot_sign_a_visitor_in() -> None:
    answered = _call(
        "POST", {"sec-fetch-site": "cross-site", "content-type": "text/plain"}, _body({"refresh_token": TOKEN})
    )
    assert (answered.status, "set-cookie" in answered.headers) == (403, False)


@pytest.mark.parametrize(
    "body",
    [
        b"<script>",
        b'{"type":"<script>","appId":"%b"}' % APP.encode(),
        b'{"type":"sync-user","appId":"<script>"}',
        b'{"type":"","user":"<script>"}',
        b"\xff\xfe<script>",
    ],
)
def test_refusal_shows_nothing_of_the_request(body: bytes) -> None:
    answered = _call(headers={"x-name": "<script>"}, body=body)
    assert answered.status in (400, 403)
    assert b"script" not in answered.body
    assert "set-cookie" not in answered.headers


def test_body_beyond_the_limit_is_refused() -> None:
    body = _body({"refresh_token": TOKEN, "filler": "x" * 70_000})
    assert _call(body=body).status == 413
    assert _call(body=body, max_body_bytes=100_000).status == 200


def test_cookie_that_browsers_drop_is_reported(caplog: pytest.LogCaptureFixture) -> None:
    _call(body=_body({"refresh_token": TOKEN, "filler": "x" * 3000}))
    assert caplog.text == ""
    _call(body=_body({"refresh_token": TOKEN, "filler": "x" * 5000}))
    assert "browsers may drop it" in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    ("depth", "statuses"),
    [
        pytest.param(900, {200, 400}, id="as deep as some interpreters can go"),
        pytest.param(30_000, {400}, id="deeper than any"),
    ],
)
def test_nesting_without_end_is_refused(depth: int, statuses: set[int]) -> None:
    body = _body({"refresh_token": TOKEN, "deep": "DEEP"}).replace(b'"DEEP"', b"[" * depth + b"]" * depth)
    assert _call(body=body).status in statuses


@pytest.mark.parametrize("app_id", ["undefined", 5, [APP], {"a": APP}, f"{APP} ", "\ud800", None])
def test_requests_for_other_apps_are_refused(app_id: Any) -> None:
    assert _call(body=_body({"refresh_token": TOKEN}, appId=app_id)).status == 403


@pytest.mark.parametrize("make", [sync_user_app, sync_user_wsgi_app])
def test_app_id_comes_from_the_environment_or_is_missed(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match="No app id"):
        make()
    with pytest.raises(ConfigurationError, match="must be a UUID"):
        make(app_id="undefined")
    monkeypatch.setenv("INSTANT_APP_ID", APP)
    assert make() is not None


def test_value_of_the_cookie_is_what_javascript_would_write() -> None:
    body = (
        b'{"type":"sync-user","appId":"%b","user":{"b":1.0,"10":1e21,"2":-0,"a":"\\u2028\\ud83d\\udc22\\ud800\\u007f/\\/",'
        b'"n":[1e-7,0.1,123456789012345680000,12345678901234567890123],"b":true,"refresh_token":"t"}}' % APP.encode()
    )
    expected = (
        '{"2":0,"10":1e+21,"b":true,"a":"\u2028🐢\\ud800\x7f//","n":[1e-7,0.1,123456789012345680000,'
        '1.2345678901234568e+22],"refresh_token":"t"}'
    )
    value = _call(body=body).headers["set-cookie"].partition("=")[2].partition(";")[0]
    assert value == quote(expected, safe="-_.!~*'()")


async def test_asgi_application_goes_along_with_the_servers_life() -> None:
    incoming = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    sent: list[Any] = []

    async def receive() -> Any:
        return incoming.pop(0)

    async def send(message: Any) -> None:
        sent.append(message["type"])

    await sync_user_app(APP)({"type": "lifespan"}, receive, send)
    await sync_user_app(APP)({"type": "websocket"}, receive, send)
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete", "websocket.close"]


@pytest.mark.parametrize("length", ["", "abc", "-5", "9" * 30])
def test_wsgi_request_without_a_length_has_no_body(length: str) -> None:
    answered = call_wsgi_raw(length)
    assert json.loads(answered.body)["error"] == "The body is no JSON."


def call_wsgi_raw(length: str) -> Answered:
    """A request that announces such a length; the specification's checker would refuse it."""
    from io import BytesIO

    started: list[Any] = []
    environ = {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": length, "wsgi.input": BytesIO(_body(None))}
    [content] = sync_user_wsgi_app(APP)(environ, lambda *given: started.extend(given))
    return Answered(int(started[0].split()[0]), dict(started[1]), content)


def test_wsgi_server_that_marks_the_end_of_the_body_needs_no_length() -> None:
    answered = call_wsgi(
        sync_user_wsgi_app(APP), body=_body(None), CONTENT_LENGTH="", **{"wsgi.input_terminated": True}
    )
    assert answered.status == 200


def test_body_that_ends_early_is_what_arrived() -> None:
    assert call_wsgi(sync_user_wsgi_app(APP), body=_body(None)[:-1], CONTENT_LENGTH="500").status == 400
