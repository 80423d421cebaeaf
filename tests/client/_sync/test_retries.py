# Derived from tests/client/_async/test_retries.py by scripts/generate_sync.py (make sync). Do not edit.
"""Calls are repeated where that is safe, and only there."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from instant_admin import (
    APIError,
    CallAttempt,
    InstantError,
    NoReplyError,
    QueryTimeoutError,
    RateLimitedError,
    RetryPolicy,
    ServerError,
)
from tests.client._sync.flavour import connect
from tests.client.values import AT_ONCE, ID, SIGNED_IN, USER, USER_TOKEN, every_engine
from tests.support.fake_server import Answer, FakeServer, cut, dropped, refusal, reply, reset

LOST: dict[str, Answer] = {
    "connection closed": dropped(),
    "connection reset": reset(),
    "half a head": cut(reply({"goals": []}), 20),
    "half a body": cut(reply({"goals": []}), -4),
    "a reset within the body": cut(reply({"goals": []}), -4, "reset"),
    "502": reply(b"<html>Bad Gateway</html>", 502),
    "503": reply({"message": "This app is served by a different backend."}, 503),
    "504": reply(b"", 504),
}
lost = pytest.mark.parametrize("fault", LOST.values(), ids=LOST)


@lost
@every_engine
def test_read_is_repeated_after(server: FakeServer, engine: str, fault: Answer) -> None:
    server.script(fault, fault, reply({"goals": []}))
    with connect(server, engine, retry=AT_ONCE) as db:
        assert db.query({"goals": {}}) == {"goals": []}
    assert len(server.received) == 3
    assert len({(each.target, each.body) for each in server.received}) == 1


@lost
@every_engine
def test_write_is_not_repeated_after(server: FakeServer, engine: str, fault: Answer) -> None:
    server.script(fault)
    with connect(server, engine, retry=AT_ONCE) as db:
        with pytest.raises(InstantError) as caught:
            db.transact(db.tx.goals[ID].update({"title": "Get fit"}))
    assert len(server.received) == 1
    assert caught.value.is_retryable
    assert getattr(caught.value, "request_sent", True)


@every_engine
def test_write_over_a_connection_that_served_before_is_not_repeated_either(server: FakeServer, engine: str) -> None:
    server.script(reply({"goals": []}), dropped(), reply({"tx-id": 1}))
    with connect(server, engine, retry=AT_ONCE) as db:
        db.query({"goals": {}})
        with pytest.raises(NoReplyError):
            db.transact(db.tx.goals[ID].update({"title": "Get fit"}))
    assert len(server.received) == 2


@every_engine
def test_everything_is_repeated_when_the_request_never_left(engine: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    late: list[FakeServer] = []

    def open_after_the_first_attempt(attempt: CallAttempt) -> None:
        assert attempt.status is None or late
        if not late:
            late.append(FakeServer(port=port).__enter__())
            late[0].script(reply({"tx-id": 7}))

    url = f"http://127.0.0.1:{port}"
    with connect(url, engine, retry=AT_ONCE, on_response=open_after_the_first_attempt) as db:
        result = db.transact(db.tx.goals[ID].update({"title": "Get fit"}))
    late[0].__exit__()
    assert result.tx_id == 7
    assert len(late[0].received) == 1


@every_engine
def test_refused_connection_says_that_nothing_was_sent(engine: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with connect(f"http://127.0.0.1:{port}", engine, retry=None) as db:
        with pytest.raises(NoReplyError, match=f"No connection to http://127.0.0.1:{port}") as caught:
            db.transact([])
    assert not caught.value.request_sent


@pytest.mark.parametrize("hint", [{"retry-after": 0}, None], ids=["a named wait", "no hint"])
def test_rate_limited_write_is_repeated(server: FakeServer, hint: Any) -> None:
    server.script(refusal("rate-limited", 429, hint=hint), reply({"tx-id": 1}))
    with connect(server, retry=AT_ONCE) as db:
        assert (db.transact(db.tx.goals[ID].delete())).tx_id == 1
    assert len(server.received) == 2


def test_429_of_a_slow_query_is_never_repeated(server: FakeServer) -> None:
    server.always(refusal("timeout", 429, message="The query took too long to complete."))
    with connect(server, retry=AT_ONCE) as db:
        with pytest.raises(QueryTimeoutError, match="too long"):
            db.query({"goals": {}})
        with pytest.raises(QueryTimeoutError):
            db.transact([])
    assert len(server.received) == 2


NOT_REPEATED: dict[str, Answer] = {
    "a 500": refusal("unknown", 500),
    "a failed statement": refusal("sql-exception", 500),
    "a refusal": refusal("validation-failed"),
    "an unknown 429": reply({"type": "something-new", "message": "x"}, 429),
    "a 404": reply(b"", 404),
    "an unreadable 200": reply(b"<html>"),
}


@pytest.mark.parametrize("answer", NOT_REPEATED.values(), ids=NOT_REPEATED)
def test_read_is_not_repeated_after(server: FakeServer, answer: Answer) -> None:
    server.always(answer)
    with connect(server, retry=AT_ONCE) as db:
        with pytest.raises(InstantError) as caught:
            db.query({"goals": {}})
    assert len(server.received) == 1
    assert not caught.value.is_retryable


def test_retries_are_on_by_default(server: FakeServer) -> None:
    server.script(dropped(), reply({"goals": []}))
    with connect(server) as db:
        assert db.query({"goals": {}}) == {"goals": []}


@pytest.mark.parametrize(("retry", "attempts"), [(None, 1), (AT_ONCE, 3), (RetryPolicy(max_attempts=1), 1)])
def test_attempts_are_counted_and_the_last_error_is_raised(
    server: FakeServer, retry: RetryPolicy | None, attempts: int
) -> None:
    server.always(lambda _: reply({"message": f"Attempt {len(server.received)}"}, 503))
    with connect(server, retry=retry) as db:
        with pytest.raises(APIError, match=f"Attempt {attempts}"):
            db.query({"goals": {}})
    assert len(server.received) == attempts


def test_named_wait_is_kept(server: FakeServer) -> None:
    seen: list[CallAttempt] = []
    server.script(refusal("rate-limited", 429, hint={"retry-after": 0.02, "remaining-tokens": 0}))
    with connect(server, on_response=seen.append) as db:
        db.query({"goals": {}})
    assert [each.retry_in_seconds for each in seen] == [0.02, None]


@pytest.mark.parametrize(("timeout", "wait"), [(40, 41), (40, 3600), (None, 3601), (None, 1e30)])
def test_wait_too_long_to_wait_for_is_told_at_once(server: FakeServer, timeout: float | None, wait: float) -> None:
    server.always(refusal("rate-limited", 429, hint={"retry-after": wait}))
    with connect(server, timeout=timeout) as db:
        with pytest.raises(RateLimitedError) as caught:
            db.query({"goals": {}})
    assert caught.value.retry_after_seconds == wait
    assert len(server.received) == 1


@pytest.mark.parametrize("wait", ["soon", -1, True, None, 10**400, [], {}])
def test_senseless_wait_counts_as_none(server: FakeServer, wait: Any) -> None:
    server.script(refusal("rate-limited", 429, hint={"retry-after": wait}))
    with connect(server, retry=AT_ONCE) as db:
        assert db.query({"goals": {}}) == {}
    assert len(server.received) == 2


def test_callback_sees_every_attempt(server: FakeServer) -> None:
    seen: list[CallAttempt] = []
    server.script(dropped(), refusal("rate-limited", 429, hint={"retry-after": 0}), reply({"goals": []}))
    with connect(server, retry=AT_ONCE, on_response=seen.append) as db:
        db.query({"goals": {}})
        assert {each.engine for each in seen} == {db.engine_name}
    assert [(each.operation, each.attempt, each.status) for each in seen] == [
        ("query", 1, None),
        ("query", 2, 429),
        ("query", 3, 200),
    ]
    assert [type(each.error) for each in seen] == [NoReplyError, RateLimitedError, type(None)]
    assert [each.trace_id for each in seen] == [None, "0af7", None]
    assert [each.retry_in_seconds is None for each in seen] == [False, False, True]
    assert all(each.duration_seconds >= 0 for each in seen)


def test_calls_that_only_read_are_repeated(server: FakeServer) -> None:
    with connect(server, retry=AT_ONCE) as db:
        server.script(dropped(), reply({"user": USER}))
        db.auth.get_user("a@b.co")
        server.script(dropped(), reply({"user": USER}))
        db.auth.verify_token(USER_TOKEN)
        server.script(dropped(), reply({"sessions": {}}))
        db.rooms.get_presence("chat", "1")
        server.script(dropped(), reply({"result": {}, "check-results": []}))
        db.as_user(guest=True).debug_query({"goals": {}})
        server.script(dropped(), reply(DRY_RUN))
        db.as_user(guest=True).debug_transact([])
    assert len(server.received) == 10


DRY_RUN = {"tx-id": 1, "all-checks-ok?": True, "committed?": False, "check-results": []}


def test_calls_that_change_something_are_not_repeated(server: FakeServer) -> None:
    server.always(dropped())
    with connect(server, retry=AT_ONCE) as db:
        with pytest.raises(NoReplyError):
            db.auth.generate_magic_code("a@b.co")
        with pytest.raises(NoReplyError):
            db.auth.send_magic_code("a@b.co")
        with pytest.raises(NoReplyError):
            db.auth.check_magic_code("a@b.co", "123456")
        with pytest.raises(NoReplyError):
            db.auth.create_token("a@b.co")
        with pytest.raises(NoReplyError):
            db.auth.sign_in_guest()
        with pytest.raises(NoReplyError):
            db.auth.sign_out("a@b.co")
        with pytest.raises(NoReplyError):
            db.auth.delete_user("a@b.co")
        with pytest.raises(NoReplyError):
            db.as_user(guest=True).debug_transact([], commit=True)
    assert len(server.received) == 8


@every_engine
def test_server_that_closes_after_every_reply_is_no_trouble(server: FakeServer, engine: str) -> None:
    server.always(Answer(reply(SIGNED_IN).data, "close"))
    with connect(server, engine, retry=AT_ONCE) as db:
        for _ in range(5):
            assert (db.auth.verify_token(USER_TOKEN)).id == ID


def test_server_error_that_a_gateway_words_as_503_keeps_its_class(server: FakeServer) -> None:
    server.always(refusal("unknown", 503))
    with connect(server, retry=None) as db:
        with pytest.raises(ServerError) as caught:
            db.query({})
    assert caught.value.is_retryable
