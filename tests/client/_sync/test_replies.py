# Derived from tests/client/_async/test_replies.py by scripts/generate_sync.py (make sync). Do not edit.
"""Whatever arrives, a call returns a value or raises one of our errors."""

from __future__ import annotations

import copy
import gzip
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from instant_admin import APIError, InstantAdmin, InstantError, NoReplyError, UnexpectedReplyError, errors
from tests.client._sync.flavour import connect, open_http_client
from tests.client.values import ENGINES, ID, SIGNED_IN, USER, USER_TOKEN, every_engine
from tests.support.fake_server import Answer, FakeServer, cut, raw, refusal, reply

TYPES: dict[str, tuple[int, type[APIError]]] = {
    "param-missing": (400, errors.InvalidParameterError),
    "param-malformed": (400, errors.InvalidParameterError),
    "validation-failed": (400, errors.ValidationFailedError),
    "record-not-found": (400, errors.RecordNotFoundError),
    "record-expired": (400, errors.RecordExpiredError),
    "record-not-unique": (400, errors.RecordNotUniqueError),
    "record-foreign-key-invalid": (400, errors.ValidationFailedError),
    "record-check-violation": (400, errors.ValidationFailedError),
    "sql-raise": (400, errors.ValidationFailedError),
    "permission-denied": (400, errors.PermissionDeniedError),
    "permission-evaluation-failed": (400, errors.PermissionEvaluationError),
    "parameter-limit-exceeded": (400, errors.RequestTooLargeError),
    "app-read-only": (400, errors.AppReadOnlyError),
    "app-disabled": (400, errors.AppDisabledError),
    "app-creation-disabled": (400, errors.SunsetError),
    "signups-closed": (400, errors.SunsetError),
    "billing-closed": (400, errors.SunsetError),
    "session-missing": (400, errors.SessionLostError),
    "member-missing": (400, errors.SessionLostError),
    "connection-closed": (400, errors.SessionLostError),
    "oauth-error": (400, errors.APIError),
    "rate-limited": (429, errors.RateLimitedError),
    "timeout": (429, errors.QueryTimeoutError),
    "sql-exception": (500, errors.ServerError),
    "email-send-failed": (500, errors.EmailNotSentError),
    "operation-timed-out": (500, errors.QueryTimeoutError),
    "socket-missing": (500, errors.SessionLostError),
    "socket-error": (500, errors.SessionLostError),
    "unknown": (500, errors.ServerError),
    "something-new": (418, errors.APIError),
}


def refused_query(server: FakeServer, answer: Answer, **settings: Any) -> APIError:
    server.script(answer)
    with connect(server, retry=None, **settings) as db:
        with pytest.raises(APIError) as caught:
            db.query({"goals": {}})
    return caught.value


@pytest.mark.parametrize("type", TYPES)
def test_class_of_an_error_follows_its_type(server: FakeServer, type: str) -> None:
    status, cls = TYPES[type]
    hint = {"in": ["body", "query"], "more": [1, None]}
    error = refused_query(server, refusal(type, status, message="So it is.", hint=hint))
    assert error.__class__ is cls
    assert (error.status, error.type, error.message) == (status, type, "So it is.")
    assert (error.hint, error.trace_id) == (hint, "0af7")
    assert str(error) == f"So it is. ({type}, trace id 0af7)"
    assert error.is_retryable == (type == "rate-limited")
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert twin.__class__ is cls
        assert (str(twin), vars(twin)) == (str(error), vars(error))


@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_status_does_not_change_the_class(server: FakeServer, status: int) -> None:
    error = refused_query(server, refusal("record-not-found", status, hint={"record-type": "app"}))
    assert error.__class__ is errors.RecordNotFoundError
    assert isinstance(error, errors.RecordNotFoundError)
    assert error.record_type == "app"


@pytest.mark.parametrize("record_type", ["app-admin-token", "instant-user", "oauth-access-token"])
def test_unknown_credential_is_an_authentication_error(server: FakeServer, record_type: str) -> None:
    error = refused_query(server, refusal("record-not-found", hint={"record-type": record_type}))
    assert isinstance(error, errors.AuthenticationError)


def test_unknown_user_is_an_authentication_error_only_when_acting_as_that_user(server: FakeServer) -> None:
    server.always(refusal("record-not-found", hint={"record-type": "app-user"}))
    with connect(server) as db:
        with pytest.raises(errors.AuthenticationError):
            db.as_user(email="a@b.co").query({})
        with pytest.raises(errors.RecordNotFoundError) as caught:
            db.as_user(email="a@b.co").auth.sign_out("x@b.co")
    assert caught.type is errors.RecordNotFoundError


UNREADABLE: dict[str, Any] = {
    "nothing": b"",
    "HTML": b"<html>Bad</html>",
    "truncated JSON": b'{"type":"valid',
    "invalid UTF-8": b'{"message":"\xff"}',
    "null": None,
    "a list": [1],
    "text": "x",
    "deeply nested": b"[" * 100_000,
    "parts of odd types": {"type": 5, "message": ["x"], "hint": "h", "trace-id": {}},
    "a deep hint": b'{"message": "m", "hint": ' + b"[" * 900 + b"]" * 900 + b"}",
    "nulls": {"type": None, "message": None, "hint": None, "trace-id": None},
    "OAuth's form": {"type": "oauth-error", "error": "invalid_grant"},
    "a proxy's form": {"message": "This app is served by a different backend."},
}


@pytest.mark.parametrize("status", [201, 204, 302, 400, 404, 413, 500, 503, 599])
def test_any_status_with_any_body_is_an_api_error(server: FakeServer, status: int) -> None:
    bodies = {"nothing": b""} if status == 204 else UNREADABLE
    for body in bodies.values():
        error = refused_query(server, reply(body, status))
        assert error.status == status
        assert str(error).strip()
        assert "None" not in str(error)


def test_error_without_words_names_the_status(server: FakeServer) -> None:
    assert str(refused_query(server, reply(b"", 502))) == "The server answered with status 502. (status 502)"


SHAPES: dict[str, Any] = {
    "nothing": b"",
    "HTML": b"<!doctype html><html></html>",
    "truncated JSON": b'{"goals": [{"id"',
    "invalid UTF-8": b'{"goals": [{"id": "\xff"}]}',
    "deeply nested": b"[" * 100_000,
    "a number out of range": b'{"goals": [{"n": 1e999}]}',
    "null": None,
    "a list": [],
    "text": "goals",
    "a number": 5,
}
CALLS: dict[str, tuple[Callable[[InstantAdmin], object], tuple[Any, ...]]] = {
    "query": (lambda db: db.query({"goals": {}}), ({"goals": {}}, {"goals": [1]}, {"goals": None})),
    "transact": (lambda db: db.transact([]), ({}, {"tx-id": "1"}, {"tx-id": None}, {"tx-id": True})),
    "debug_query": (
        lambda db: db.as_user(guest=True).debug_query({}),
        ({}, {"result": {}}, {"result": [], "check-results": []}, {"result": {}, "check-results": {}}),
    ),
    "debug_transact": (lambda db: db.as_user(guest=True).debug_transact([]), ({}, {"tx-id": 1, "check-results": []})),
    "generate_magic_code": (lambda db: db.auth.generate_magic_code("a@b.co"), ({}, {"code": 123456}, {"code": None})),
    "send_magic_code": (lambda db: db.auth.send_magic_code("a@b.co"), ({}, {"code": ["1"]})),
    "check_magic_code": (
        lambda db: db.auth.check_magic_code("a@b.co", "1"),
        ({}, {"user": None, "created": True}, {"user": {}, "created": True}, {"user": USER, "created": True}),
    ),
    "create_token": (lambda db: db.auth.create_token("a@b.co"), ({}, {"user": {}}, {"user": USER}, {"user": "x"})),
    "sign_in": (lambda db: db.auth.sign_in("a@b.co"), ({}, {"user": SIGNED_IN["user"]}, {"user": [], "created": True})),
    "sign_in_guest": (lambda db: db.auth.sign_in_guest(), ({}, {"user": None}, {"user": {"id": ID}})),
    "verify_token": (lambda db: db.auth.verify_token(USER_TOKEN), ({}, {"user": None}, {"user": {"id": 5}})),
    "get_user": (lambda db: db.auth.get_user("a@b.co"), ({}, {"user": []}, {"user": {"email": "a@b.co"}})),
    "delete_user": (lambda db: db.auth.delete_user("a@b.co"), ({}, {"deleted": 1}, {"deleted": {}})),
    "sign_out": (lambda db: db.auth.sign_out("a@b.co"), ()),
    "get_presence": (
        lambda db: db.rooms.get_presence("chat", "1"),
        ({"sessions": [1]}, {"sessions": {"s": None}}, {"sessions": "x"}, {"sessions": {"s": {"data": {}}}}),
    ),
}


@pytest.mark.parametrize("name", CALLS)
def test_200_with_another_body_is_an_unexpected_reply(server: FakeServer, name: str) -> None:
    call, wrong_shapes = CALLS[name]
    with connect(server) as db:
        for body in (*SHAPES.values(), *wrong_shapes):
            server.script(reply(body))
            with pytest.raises(UnexpectedReplyError, match="The server answered 200 with") as caught:
                call(db)
            assert caught.value.status == 200
            assert not caught.value.is_retryable


def test_unexpected_reply_says_what_came(server: FakeServer) -> None:
    with connect(server) as db:
        server.script(reply(b""))
        with pytest.raises(UnexpectedReplyError, match="an empty body"):
            db.query({})
        server.script(reply(b"<html>", headers={"content-type": "text/html; charset=utf-8"}))
        with pytest.raises(UnexpectedReplyError, match=r"no query reply \(text/html; charset=utf-8\)"):
            db.query({})


@every_engine
def test_header_that_is_no_ascii_is_no_trouble(server: FakeServer, engine: str) -> None:
    server.script(reply(b"<", headers={"content-type": "\xff\xfe"}), reply({"goals": []}, headers={"x": "\xe9"}))
    with connect(server, engine) as db:
        with pytest.raises(UnexpectedReplyError):
            db.query({})
        assert db.query({"goals": {}}) == {"goals": []}


@every_engine
def test_body_shorter_than_announced_is_a_lost_connection(server: FakeServer, engine: str) -> None:
    server.script(cut(reply({"goals": [{"id": ID}]}), -5))
    with connect(server, engine, retry=None) as db:
        with pytest.raises(NoReplyError) as caught:
            db.query({"goals": {}})
    assert caught.value.request_sent


@every_engine
def test_body_longer_than_announced_is_an_unexpected_reply(server: FakeServer, engine: str) -> None:
    whole = reply({"goals": [{"id": ID}]}, headers={"content-length": "12"})
    server.script(Answer(whole.data, "close"), reply({"goals": []}))
    with connect(server, engine) as db:
        with pytest.raises(UnexpectedReplyError):
            db.query({"goals": {}})
        assert db.query({"goals": {}}) == {"goals": []}


GARBAGE: dict[str, bytes] = {
    "bytes": b"\x00\x01\x02\xff\r\n\r\n",
    "another protocol": b"220 smtp.example.com ESMTP\r\n",
    "a bad status": b"HTTP/1.1 abc OK\r\n\r\n",
    "a bad header": b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
    "a bad length": b"HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n{}",
    "two lengths": b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}x",
    "bad chunks": b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n",
    "bad compression": b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\nabcd",
}


@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE)
@every_engine
def test_garbage_is_no_reply(server: FakeServer, engine: str, data: bytes) -> None:
    server.always(raw(data))
    with connect(server, engine, retry=None) as db:
        with pytest.raises(NoReplyError) as caught:
            db.transact([])
    assert caught.value.request_sent


@every_engine
def test_large_and_compressed_replies_arrive_whole(server: FakeServer, engine: str) -> None:
    rows = {"goals": [{"id": ID, "text": "x" * 1000} for _ in range(3000)]}
    server.script(
        reply(rows),
        reply(gzip.compress(json.dumps(rows).encode(), 1), headers={"content-encoding": "gzip"}),
        refusal("validation-failed", hint=rows),
    )
    with connect(server, engine) as db:
        assert db.query({"goals": {}}) == rows
        assert db.query({"goals": {}}) == rows
        with pytest.raises(errors.ValidationFailedError) as caught:
            db.query({"goals": {}})
    assert caught.value.hint == rows
    assert len(f"{caught.value}{caught.value!r}") < 500


@every_engine
def test_redirect_is_not_followed(server: FakeServer, engine: str) -> None:
    with FakeServer() as elsewhere:
        server.script(reply(b"", 307, headers={"location": f"{elsewhere.url}/admin/query"}))
        with connect(server, engine) as db:
            with pytest.raises(APIError) as caught:
                db.query({"goals": {}})
        assert caught.value.status == 307
        assert elsewhere.connections == 0


@pytest.mark.parametrize("library", ["an httpx client", "an httpx2 client"])
def test_redirect_is_not_followed_by_a_client_handed_in_either(server: FakeServer, library: str) -> None:
    with FakeServer() as elsewhere:
        server.always(reply(b"", 307, headers={"location": f"{elsewhere.url}/admin/query"}))
        with (
            open_http_client(library, follow_redirects=True) as http_client,
            connect(server, http_client=http_client) as db,
        ):
            with pytest.raises(APIError):
                db.as_user(token=USER_TOKEN).query({"goals": {}})
            with db.as_user(token=USER_TOKEN).subscribe_query({"goals": {}}) as live:
                with pytest.raises(APIError):
                    live.next(timeout=10)
        assert elsewhere.connections == 0


TEXTS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
BODIES = (
    st.binary(max_size=200)
    | JSON
    | st.fixed_dictionaries(
        {}, optional={"type": st.sampled_from([*TYPES]) | JSON, "message": JSON, "hint": JSON, "trace-id": JSON}
    )
)


@pytest.mark.parametrize("engine", ENGINES)
@examples(max_examples=25)
@given(status=st.integers(200, 999), value=TEXTS, body=BODIES, name=st.sampled_from([*CALLS]))
def test_no_reply_makes_anything_but_our_errors(engine: str, status: int, value: str, body: Any, name: str) -> None:
    with FakeServer() as server:
        server.always(reply(body, status, headers={"content-type": value, "x-other": value}))
        with connect(server, engine, retry=None) as db:
            error: InstantError | None = None
            try:
                CALLS[name][0](db)
            except InstantError as caught:
                error = caught
            if error is not None:
                assert str(error)
                assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize("engine", ENGINES)
@examples(max_examples=25)
@given(data=st.binary(max_size=120) | st.binary(max_size=60).map(lambda rest: b"HTTP/1.1 200 OK\r\n" + rest))
def test_no_bytes_make_anything_but_our_errors(engine: str, data: bytes) -> None:
    with FakeServer() as server:
        server.always(raw(data))
        with connect(server, engine, retry=None, timeout=5) as db:
            with pytest.raises(InstantError):
                db.transact([])
