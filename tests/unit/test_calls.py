"""Arguments become requests, replies become results; what cannot be sent is explained before anything is."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import ConfigurationError, InvalidArgumentError, PresenceSession, SignIn, TransactResult, User, tx
from instant_admin._core import auth_calls, data_calls, reading
from instant_admin._core.context import Context
from instant_admin._core.generated import wire_request
from instant_admin._core.wire import Call
from instant_admin._version import __version__

APP = "11111111-1111-4111-8111-111111111111"
SECRET = "22222222-2222-4222-8222-222222222222"
ID = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
TOKEN = "66666666-6666-4666-8666-666666666666"
CONTEXT = Context(APP, SECRET, converter=float)
GUEST = CONTEXT.as_user(None, None, True)
USER = {"id": ID, "email": "a@b.co", "refresh_token": TOKEN}


def body(call: Call[Any]) -> Any:
    return None if call.request.body is None else json.loads(call.request.body)


def query(call: Call[Any]) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(call.request.target).query, keep_blank_values=True, strict_parsing=True))


BODIES: dict[str, tuple[Callable[[], Call[Any]], Any]] = {
    "rule parameters": (
        lambda: data_calls.query(CONTEXT, {"a": {}}, {"k": UUID(ID)}),
        {"query": {"$$ruleParams": {"k": ID}, "a": {}}, "inference?": False},
    ),
    "a converted value": (
        lambda: data_calls.query(CONTEXT, {"a": {"$": {"where": {"x": Decimal("1.5")}}}}, None),
        {"query": {"a": {"$": {"where": {"x": 1.5}}}}, "inference?": False},
    ),
    "no chunks": (
        lambda: data_calls.transact(CONTEXT, []),
        {"steps": [], "throw-on-missing-attrs?": False},
    ),
    "rules to try": (
        lambda: data_calls.debug_query(GUEST, {"a": {}}, {}, None, "::1", "https://a"),
        {
            "query": {"a": {}},
            "inference?": False,
            "rules-override": {},
            "ip-override": "::1",
            "origin-override": "https://a",
        },
    ),
    "a trial": (
        lambda: data_calls.debug_transact(GUEST, tx.a[ID].delete(), None, None, None, False),
        {"steps": [["delete", "a", ID, None]]},
    ),
    "a trial that is kept": (
        lambda: data_calls.debug_transact(GUEST, tx.a[ID].delete(), None, None, None, True),
        {"steps": [["delete", "a", ID, None]], "dangerously-commit-tx": True},
    ),
    "a code with a guest's token": (
        lambda: auth_calls.verify_magic_code(CONTEXT, "a@b.co", "012345", {"n": Decimal(1)}, TOKEN),
        {"email": "a@b.co", "code": "012345", "extra-fields": {"n": 1.0}, "refresh-token": TOKEN},
    ),
    "a guest with fields": (lambda: auth_calls.sign_in_guest(CONTEXT, {"n": 1}), {"extra-fields": {"n": 1}}),
    "a guest without": (lambda: auth_calls.sign_in_guest(CONTEXT, None), {}),
    "empty fields": (lambda: auth_calls.sign_in_guest(CONTEXT, {}), {"extra-fields": {}}),
    "a token for an id": (lambda: auth_calls.create_token(CONTEXT, None, UUID(ID), None), {"id": ID}),
    "a sign-in with fields": (
        lambda: auth_calls.sign_in(CONTEXT, "a@b.co", None, {"n": 1}),
        {"email": "a@b.co", "extra-fields": {"n": 1}},
    ),
    "the end of a session": (lambda: auth_calls.sign_out(CONTEXT, None, None, TOKEN), {"refresh_token": TOKEN}),
    "a token's user": (
        lambda: auth_calls.verify_refresh_token(CONTEXT, TOKEN),
        {"app-id": APP, "refresh-token": TOKEN},
    ),
    "a user to be found": (lambda: auth_calls.get_user(CONTEXT, "a@b.co", None, None), None),
    "a room": (lambda: data_calls.get_presence(CONTEXT, "chat", "1"), None),
}


@pytest.mark.parametrize(("make", "sent"), BODIES.values(), ids=BODIES)
def test_body_is_sent(make: Callable[[], Call[Any]], sent: Any) -> None:
    assert body(make()) == sent


def test_every_request_names_the_app_the_sdk_and_json() -> None:
    for make, _ in BODIES.values():
        call = make()
        assert query(call)["app_id"] == APP
        assert call.request.headers["content-type"] == "application/json"
        assert call.request.headers["instant-admin-version"] == f"v{__version__}"
        assert call.request.headers["user-agent"] == f"instant-admin-python/{__version__}"
        is_open = call.operation == "verifyRefreshToken"
        assert call.request.headers.get("authorization") == (None if is_open else f"Bearer {SECRET}")
        assert call.request.headers.get("app-id") == (None if is_open else APP)


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1).filter(str.strip))
def test_any_address_and_room_survives_the_url(text: str) -> None:
    assert query(auth_calls.get_user(CONTEXT, text, None, None))["email"] == text
    presence = data_calls.get_presence(CONTEXT, text, text)
    assert query(presence) == {"app_id": APP, "room-type": text, "room-id": text}
    assert presence.request.target.isascii()
    assert "+" not in presence.request.target


def test_a_request_without_parameters_has_no_query_string() -> None:
    request = wire_request({"method": "get", "url": "/a", "headers": {"X-Y": "z"}}, {"authorization": "Bearer t"})
    assert (request.method, request.target, request.body) == ("GET", "/a", None)
    assert request.headers["x-y"] == "z"


SECRETS: dict[str, tuple[Callable[[], Call[Any]], set[str]]] = {
    "a query as a guest": (lambda: data_calls.query(GUEST, {}, None), {SECRET}),
    "a query by token": (lambda: data_calls.query(CONTEXT.as_user(None, TOKEN, False), {}, None), {SECRET, TOKEN}),
    "a code": (lambda: auth_calls.verify_magic_code(CONTEXT, "a@b.co", "012345", None, None), {SECRET, "012345"}),
    "a code and a token": (
        lambda: auth_calls.verify_magic_code(CONTEXT, "a@b.co", "012345", None, TOKEN),
        {SECRET, "012345", TOKEN},
    ),
    "a user's token in the address": (lambda: auth_calls.get_user(CONTEXT, None, None, TOKEN), {SECRET, TOKEN}),
    "the same to delete": (lambda: auth_calls.delete_user(CONTEXT, None, None, TOKEN), {SECRET, TOKEN}),
    "the same to sign out": (lambda: auth_calls.sign_out(CONTEXT, None, None, TOKEN), {SECRET, TOKEN}),
    "a token to verify": (lambda: auth_calls.verify_refresh_token(CONTEXT, TOKEN), {TOKEN}),
}


@pytest.mark.parametrize(("make", "secrets"), SECRETS.values(), ids=SECRETS)
def test_what_must_not_come_back_in_errors_is_known(make: Callable[[], Call[Any]], secrets: set[str]) -> None:
    call = make()
    assert set(call.secrets) == secrets
    assert not any(secret in repr(call) for secret in secrets)


def test_only_reads_count_as_reads() -> None:
    trial = data_calls.debug_transact(GUEST, [], None, None, None, False)
    kept = data_calls.debug_transact(GUEST, [], None, None, None, True)
    reads = {make().operation for make, _ in BODIES.values() if make().is_read} | {trial.operation}
    assert reads == {
        "query",
        "checkQueryPermissions",
        "checkTransactPermissions",
        "verifyRefreshToken",
        "getUser",
        "getPresence",
    }
    assert (trial.is_read, kept.is_read) == (True, False)


def test_only_calls_that_honour_a_user_are_made_as_one() -> None:
    assert data_calls.query(GUEST, {}, None).impersonated
    assert data_calls.query(GUEST, {}, None).request.headers["as-guest"] == "true"
    for call in (auth_calls.get_user(GUEST, "a@b.co", None, None), data_calls.get_presence(GUEST, "a", "b")):
        assert not call.impersonated
        assert "as-guest" not in call.request.headers


REFUSED: dict[str, tuple[Callable[[], object], str]] = {
    "a code that is a number": (
        lambda: auth_calls.verify_magic_code(CONTEXT, "a@b.co", 12345, None, None),  # type: ignore[arg-type]  # tested
        "code must be text, so that leading zeros stay, got int",
    ),
    "a blank code": (
        lambda: auth_calls.verify_magic_code(CONTEXT, "a@b.co", " ", None, None),
        "code must be text that is not blank",
    ),
    "no address": (
        lambda: auth_calls.create_magic_code(CONTEXT, None),  # type: ignore[arg-type]  # that is what is tested
        "email must be text that is not blank, got NoneType",
    ),
    "a blank token": (
        lambda: auth_calls.verify_magic_code(CONTEXT, "a@b.co", "1", None, ""),
        "refresh_token must be text that is not blank",
    ),
    "no identity": (
        lambda: auth_calls.get_user(CONTEXT, None, None, None),
        "get_user takes exactly one of email, id, refresh_token; got none.",
    ),
    "two identities": (
        lambda: auth_calls.delete_user(CONTEXT, "a@b.co", ID, None),
        "delete_user takes exactly one of email, id, refresh_token; got email, id.",
    ),
    "two identities to sign in": (
        lambda: auth_calls.sign_in(CONTEXT, "a@b.co", ID, None),
        "sign_in takes exactly one of email, id; got email, id.",
    ),
    "an id that is no UUID": (lambda: auth_calls.sign_out(CONTEXT, None, "x", None), "sign_out: id must be a UUID"),
    "fields that are no object": (
        lambda: auth_calls.sign_in_guest(CONTEXT, [1]),  # type: ignore[arg-type]  # that is what is tested
        "extra_fields must be an object, such as a dict, got list",
    ),
    "fields that cannot travel": (
        lambda: auth_calls.sign_in_guest(Context(APP, SECRET), {"a": {1}}),
        "extra_fields.a is set, which has no order",
    ),
    "a blank room": (lambda: data_calls.get_presence(CONTEXT, "chat", " "), "room_id must be text that is not blank"),
    "a room that is a number": (
        lambda: data_calls.get_presence(CONTEXT, 5, "1"),  # type: ignore[arg-type]  # that is what is tested
        "room_type must be text that is not blank, got 5",
    ),
    "rules that are no object": (
        lambda: data_calls.debug_query(GUEST, {}, "x", None, None, None),  # type: ignore[arg-type]  # likewise
        "rules must be an object",
    ),
    "a blank ip": (lambda: data_calls.debug_query(GUEST, {}, None, None, "", None), "ip must be text that is not"),
    "an origin that is a number": (
        lambda: data_calls.debug_transact(GUEST, [], None, None, 5, False),  # type: ignore[arg-type]  # likewise
        "origin must be text that is not blank, got 5",
    ),
    "a commit that is text": (
        lambda: data_calls.debug_transact(GUEST, [], None, None, None, "no"),  # type: ignore[arg-type]  # likewise
        "debug_transact: commit must be True or False, got 'no'",
    ),
    "a lone surrogate": (
        lambda: data_calls.query(CONTEXT, {"a": {"$": {"where": {"x": {"$in": ["\ud800"]}}}}}, None),
        "request.query.a.$.where.x.$in[0] holds a lone surrogate",
    ),
}


@pytest.mark.parametrize(("make", "explanation"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_sent_is_explained(make: Callable[[], object], explanation: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        make()
    assert explanation in str(caught.value)


@pytest.mark.parametrize(
    "make",
    [
        lambda: data_calls.debug_query(CONTEXT, {}, None, None, None, None),
        lambda: data_calls.debug_transact(CONTEXT, [], None, None, None, False),
    ],
    ids=["query", "transact"],
)
def test_debug_calls_need_a_user(make: Callable[[], object]) -> None:
    with pytest.raises(ConfigurationError, match=r"under no rules: call it on db\.as_user"):
        make()


READ: dict[str, tuple[Callable[[bytes], Any], Any, Any]] = {
    "rows": (reading.read_rows, {"a": [{"id": ID}]}, {"a": [{"id": ID}]}),
    "a transaction": (reading.read_transact, {"tx-id": 5}, TransactResult(5)),
    "a code": (reading.read_code, {"code": "012345"}, "012345"),
    "a sign-in": (reading.read_sign_in, {"user": USER, "created": True}, SignIn(User(USER), True)),
    "a sign-in of old": (reading.read_sign_in, {"user": USER, "created": None}, SignIn(User(USER), False)),
    "a guest": (reading.read_guest_sign_in, {"user": USER}, SignIn(User(USER), True)),
    "a token": (reading.read_token, {"user": USER, "created": False}, TOKEN),
    "a user": (reading.read_user, {"user": USER}, User(USER)),
    "nobody": (reading.read_found_user, {"user": None}, None),
    "a found user": (reading.read_found_user, {"user": USER}, User(USER)),
    "nobody deleted": (reading.read_deleted_user, {"deleted": None}, None),
    "a deleted user": (reading.read_deleted_user, {"deleted": USER}, User(USER)),
    "an acknowledgement": (reading.read_nothing, {"ok": True}, None),
    "an empty room": (reading.read_presence, {"sessions": None}, {}),
    "a room": (reading.read_presence, {"sessions": {"s": {"peer-id": "s"}}}, {"s": PresenceSession({"peer-id": "s"})}),
}


@pytest.mark.parametrize(("read", "content", "result"), READ.values(), ids=READ)
def test_reply_is_read(read: Callable[[bytes], Any], content: Any, result: Any) -> None:
    found = read(json.dumps(content).encode())
    assert found == result
    assert type(found) is type(result)


WRONG: dict[str, tuple[Callable[[bytes], Any], Any]] = {
    "rows that are no list": (reading.read_rows, {"a": {}}),
    "a number as text": (reading.read_transact, {"tx-id": "5"}),
    "a number that is a flag": (reading.read_transact, {"tx-id": True}),
    "a missing number": (reading.read_transact, {}),
    "a code that is a number": (reading.read_code, {"code": 12345}),
    "a user that is text": (reading.read_user, {"user": "ann"}),
    "no user": (reading.read_user, {"user": None}),
    "no key of a user": (reading.read_found_user, {}),
    "a missing flag": (reading.read_sign_in, {"user": USER}),
    "no token": (reading.read_token, {"user": {"id": ID}}),
    "rows of a trial that are none": (reading.read_debug_query, {"result": 5, "check-results": []}),
    "verdicts that are none": (reading.read_debug_query, {"result": {}, "check-results": {}}),
    "a trial without a verdict": (reading.read_debug_transact, {"tx-id": 1, "check-results": []}),
    "sessions that are a list": (reading.read_presence, {"sessions": [1]}),
    "a session that is text": (reading.read_presence, {"sessions": {"s": "x"}}),
    "no object": (reading.read_nothing, []),
}


@pytest.mark.parametrize(("read", "content"), WRONG.values(), ids=WRONG)
def test_reply_of_another_shape_is_refused(read: Callable[[bytes], Any], content: Any) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        read(json.dumps(content).encode())
