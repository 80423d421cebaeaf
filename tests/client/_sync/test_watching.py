# Derived from tests/client/_async/test_watching.py by scripts/generate_sync.py (make sync). Do not edit.
"""Every attempt can be seen, by a log line and by a callback, and watching never breaks a call."""

from __future__ import annotations

import logging

import pytest

from instant_admin import CallAttempt, RecordNotFoundError
from tests.client._sync.flavour import connect
from tests.client.values import AT_ONCE, USER_TOKEN
from tests.support.fake_server import FakeServer, dropped, refusal, reply


def test_each_call_is_one_structured_log_line(server: FakeServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "instant_admin")
    server.script(reply({"goals": []}), refusal("record-not-found"))
    with connect(server) as db:
        db.query({"goals": {}})
        with pytest.raises(RecordNotFoundError):
            db.auth.verify_token(USER_TOKEN)
        engine = db.engine_name
    records = [record for record in caplog.records if record.name == "instant_admin"]
    told = [
        {name: vars(record)[name] for name in ("operation", "status", "attempt", "trace_id", "engine")}
        for record in records
    ]
    assert told == [
        {"operation": "query", "status": 200, "attempt": 1, "trace_id": None, "engine": engine},
        {"operation": "verifyRefreshToken", "status": 400, "attempt": 1, "trace_id": "0af7", "engine": engine},
    ]
    assert all(vars(record)["duration_seconds"] > 0 for record in records)
    assert records[0].getMessage().startswith("query status=200 duration_ms=")
    assert records[1].getMessage().endswith("trace_id=0af7 retry_in_s=None error=RecordNotFoundError")


def test_each_attempt_has_its_line(server: FakeServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "instant_admin")
    server.script(dropped(), reply({}, 503), reply({}))
    with connect(server, retry=AT_ONCE) as db:
        db.query({})
    assert [
        (vars(each)["attempt"], vars(each)["status"]) for each in caplog.records if each.name == "instant_admin"
    ] == [
        (1, None),
        (2, 503),
        (3, 200),
    ]


def test_nothing_is_logged_above_debug(server: FakeServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "instant_admin")
    with connect(server) as db:
        db.query({})
    assert [record for record in caplog.records if record.name == "instant_admin"] == []


def test_callback_that_fails_breaks_no_call_and_is_logged(server: FakeServer, caplog: pytest.LogCaptureFixture) -> None:
    def fail(attempt: CallAttempt) -> None:
        raise RuntimeError("the tracer is down")

    server.script(dropped(), reply({"goals": []}))
    with connect(server, retry=AT_ONCE, on_response=fail) as db:
        assert db.query({"goals": {}}) == {"goals": []}
    failures = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.getMessage() for record in failures] == ["on_response failed for query"] * 2


def test_callback_is_told_of_calls_of_users_too(server: FakeServer) -> None:
    seen: list[CallAttempt] = []
    with connect(server, on_response=seen.append) as db:
        db.as_user(guest=True).query({})
    assert [each.operation for each in seen] == ["query"]
