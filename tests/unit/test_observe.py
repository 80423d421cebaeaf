"""Every attempt shows in the log and to a callback, without tokens and data; a failing callback harms nothing."""

from __future__ import annotations

import itertools
import logging
import time
from typing import Any

import pytest

from instant_admin import (
    APIError,
    CallAttempt,
    InstantAdmin,
    NoReplyError,
    RateLimitedError,
    RequestTimeoutError,
    RetryPolicy,
    ServerError,
    Timeout,
)
from tests.support.stub_engine import plug_in, reply

APP = "11111111-1111-4111-8111-111111111111"
SECRET = "22222222-2222-4222-8222-222222222222"
AT_ONCE = RetryPolicy(max_attempts=3, initial_seconds=0)
LIMITED = reply({"type": "rate-limited", "message": "Slow down.", "trace-id": "tr-1", "hint": {"retry-after": 0}}, 429)


def test_callback_is_told_of_every_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[CallAttempt] = []
    plug_in(monkeypatch, NoReplyError("own text"), LIMITED, reply({}))
    with InstantAdmin(APP, SECRET, retry=AT_ONCE, on_response=seen.append) as db:
        db.query({})
    assert [(a.operation, a.attempt, a.status, type(a.error), a.trace_id, a.retry_in_seconds) for a in seen] == [
        ("query", 1, None, NoReplyError, None, 0.0),
        ("query", 2, 429, RateLimitedError, "tr-1", 0.0),
        ("query", 3, 200, type(None), None, None),
    ]
    assert {attempt.engine for attempt in seen} == {"stub"}
    assert all(attempt.duration_seconds >= 0 for attempt in seen)


def test_log_has_a_line_for_every_attempt_and_no_secret(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    plug_in(monkeypatch, LIMITED, reply({"secrets": [{"id": "private"}]}))
    with caplog.at_level(logging.DEBUG, "instant_admin"), InstantAdmin(APP, SECRET, retry=AT_ONCE) as db:
        db.query({"secrets": {"$": {"where": {"x": "private"}}}})
    first, second = caplog.records
    assert "query status=429" in first.getMessage()
    assert "attempt=1 trace_id=tr-1 retry_in_s=0.0 error=RateLimitedError" in first.getMessage()
    assert "query status=200" in second.getMessage()
    assert "attempt=2 trace_id=None retry_in_s=None error=None" in second.getMessage()
    fields: dict[str, Any] = vars(second)
    assert (fields["operation"], fields["status"], fields["attempt"], fields["engine"]) == ("query", 200, 2, "stub")
    assert SECRET not in caplog.text
    assert "private" not in caplog.text


def test_nothing_is_logged_by_default(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    plug_in(monkeypatch, reply({}))
    with caplog.at_level(logging.INFO, "instant_admin"), InstantAdmin(APP, SECRET) as db:
        db.query({})
    assert caplog.records == []


def test_a_failing_callback_is_logged_and_the_call_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(attempt: CallAttempt) -> None:
        raise RuntimeError("own text")

    plug_in(monkeypatch, reply({"tx-id": 7}))
    with InstantAdmin(APP, SECRET, on_response=fail) as db:
        assert db.transact([]).tx_id == 7
    (record,) = caplog.records
    assert (record.levelname, record.getMessage()) == ("ERROR", "on_response failed for transact")


def test_error_of_the_last_attempt_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[CallAttempt] = []
    engine = plug_in(monkeypatch, reply({"message": "own text"}, 503))
    with InstantAdmin(APP, SECRET, retry=AT_ONCE, on_response=seen.append) as db, pytest.raises(APIError) as caught:
        db.query({})
    assert caught.value is seen[-1].error
    assert [attempt.retry_in_seconds for attempt in seen] == [0.0, 0.0, None]
    assert len(engine.sent) == 3


def test_a_write_is_not_repeated_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = plug_in(monkeypatch, reply({"type": "unknown", "message": "own text"}, 500))
    with InstantAdmin(APP, SECRET, retry=AT_ONCE) as db, pytest.raises(ServerError):
        db.transact([])
    assert len(engine.sent) == 1


def test_an_attempt_gets_what_is_left_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = plug_in(monkeypatch, reply({}))
    with InstantAdmin(APP, SECRET, timeout=5) as db:
        db.query({})
        db.query({}, timeout=Timeout(total=None, read=3))
    first, second = engine.limits
    assert first.total is not None
    assert 4 < first.total <= 5
    assert (second.total, second.connect, second.read) == (None, 10.0, 3)


def test_a_call_whose_time_is_used_up_sends_nothing_more(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = plug_in(monkeypatch, reply({}))
    with InstantAdmin(APP, SECRET, timeout=0.5) as db:
        monkeypatch.setattr(time, "monotonic", itertools.count().__next__)  # a second passes at each look at the clock
        with pytest.raises(RequestTimeoutError) as caught:
            db.query({})
    assert caught.value.request_sent is False
    assert engine.sent == []
