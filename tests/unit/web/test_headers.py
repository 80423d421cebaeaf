"""A header is found in a request of every kind, and so is the session."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from email.message import Message
from typing import Any
from urllib.parse import quote
from wsgiref.util import setup_testing_defaults

import httpx
import pytest
from django import conf as django_conf
from django.http import HttpRequest
from django.test import RequestFactory
from fastapi import Request as FastAPIRequest
from flask import Request as FlaskRequest
from starlette.requests import Request as StarletteRequest
from werkzeug.datastructures import Headers

from instant_admin import InstantAdmin, InvalidArgumentError
from instant_admin._core.cookies import read_session_token
from instant_admin._core.web.headers import read_header
from tests.support.stub_engine import plug_in, reply

APP = "11111111-1111-4111-8111-111111111111"
TOKEN = "66666666-6666-4666-8666-666666666666"
COOKIE = f"theme=dark; instant_user_{APP}={quote(json.dumps({'refresh_token': TOKEN}))}"


def _environ(cookie: str) -> dict[str, Any]:
    environ: dict[str, Any] = {"HTTP_COOKIE": cookie, "wsgi.input": io.BytesIO()}
    setup_testing_defaults(environ)
    return environ


def _scope(*cookies: str) -> dict[str, Any]:
    headers = [(b"host", b"example.com"), *((b"cookie", cookie.encode()) for cookie in cookies)]
    return {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers}


def _django(cookie: str) -> HttpRequest:
    if not django_conf.settings.configured:
        django_conf.settings.configure()
    return RequestFactory().get("/", headers={"cookie": cookie})


def _message(cookie: str) -> Message:
    message = Message()
    message["Cookie"] = cookie
    return message


REQUESTS: dict[str, Callable[[str], Any]] = {
    "headers as a dict": lambda cookie: {"Cookie": cookie},
    "headers in bytes": lambda cookie: {b"cookie": cookie.encode()},
    "headers of httpx": lambda cookie: httpx.Headers({"cookie": cookie}),
    "headers of Werkzeug": lambda cookie: Headers([("Cookie", cookie)]),
    "headers of the standard library": _message,
    "a WSGI environ": _environ,
    "an ASGI scope": _scope,
    "a request of Starlette": lambda cookie: StarletteRequest(_scope(cookie)),
    "a request of FastAPI": lambda cookie: FastAPIRequest(_scope(cookie)),
    "a request of Flask": lambda cookie: FlaskRequest(_environ(cookie)),
    "a request of Django": _django,
}


@pytest.mark.parametrize("make", REQUESTS.values(), ids=REQUESTS)
def test_session_is_found_in(make: Callable[[str], Any]) -> None:
    assert read_session_token(make(COOKIE), APP) == TOKEN
    assert read_session_token(make("theme=dark"), APP) is None


@pytest.mark.parametrize("make", REQUESTS.values(), ids=REQUESTS)
def test_user_is_verified_whatever_the_request_is(monkeypatch: pytest.MonkeyPatch, make: Callable[[str], Any]) -> None:
    engine = plug_in(monkeypatch, reply({"user": {"id": "u", "refresh_token": TOKEN}}))
    with InstantAdmin(APP, retry=None) as db:
        assert db.auth.get_user_from_request(make("")) is None
        user = db.auth.get_user_from_request(make(COOKIE))
    assert user is not None
    assert user.id == "u"
    assert len(engine.sent) == 1


def test_cookies_in_several_headers_are_all_read() -> None:
    first, second = COOKIE.split("; ")
    assert read_session_token(_scope(first, second), APP) == TOKEN
    assert read_session_token(StarletteRequest(_scope(second, first)), APP) == TOKEN


def test_missing_header_is_none_and_an_empty_one_is_not() -> None:
    assert read_header(_scope(), "cookie") is None
    assert read_header({"X-Signature": ""}, "x-signature") == ""


def test_blanks_around_a_value_do_not_belong_to_it() -> None:
    assert read_header({"type": "text/plain", "headers": "x", "Cookie": " a=b\t"}, "cookie") == "a=b"


def test_several_values_are_joined() -> None:
    assert read_header({"type": "http", "headers": [(b"x", b"1"), (b"X", b"2")]}, "x") == "1, 2"


@pytest.mark.parametrize("request_", [None, "cookie: a=b", b"", 5, ["cookie"], object()])
def test_what_is_no_request_is_refused(request_: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="request must be"):
        read_header(request_, "cookie")
