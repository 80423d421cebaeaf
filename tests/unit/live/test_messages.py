"""What the server tells about a live query is read by its meaning; what says nothing about it is skipped."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from instant_admin import (
    APIError,
    AppDisabledError,
    AuthenticationError,
    PageInfo,
    PermissionEvaluationError,
    QueryTimeoutError,
    QueryUpdate,
    RateLimitedError,
    RequestTooLargeError,
    UnexpectedReplyError,
    ValidationFailedError,
)
from instant_admin._core.live.messages import Message, MessageReader, Refused, Result, StatusChanged
from tests.support.live_events import INIT, failed, first, goals, refreshed

TOKEN = "22222222-2222-4222-8222-222222222222"
RECORDINGS = Path(__file__).parents[2] / "recordings" / "realtime"


def read(content: Any, *, impersonated: bool = False) -> list[Message]:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return MessageReader((TOKEN,), impersonated).read(data)


def result(rows: Any = None, **other: Any) -> Result:
    return Result(QueryUpdate(**{"data": rows or {}, "page_info": {}, "aggregate": {}, "tx_id": 1, **other}))


PAGE = {"start-cursor": ["a", "b", 1, 2], "end-cursor": None, "has-next-page?": True, "has-previous-page?": False}

# A message -> what it means.
MEANINGS: dict[str, tuple[Any, list[Message]]] = {
    "the session begins": (INIT, []),
    "the first result": (first(goals("a")), [result(goals("a"))]),
    "a later result": (refreshed(goals("b"), 5), [result(goals("b"), tx_id=5)]),
    "pages": (first({}, meta={"page-info": {"goals": PAGE}}), [result(page_info={"goals": PageInfo(PAGE)})]),
    "counts": (first({}, meta={"aggregate": {"goals": {"count": 3}}}), [result(aggregate={"goals": {"count": 3}})]),
    "nothing beside the result": ({"op": "add-query-ok", "result": {}}, [result(tx_id=None)]),
    "null beside the result": ({"op": "add-query-ok", "result": {}, "result-meta": None}, [result(tx_id=None)]),
    "null parts": (first({}, meta={"page-info": None, "aggregate": None}), [result()]),
    "bookkeeping": ({"op": "refresh-ok", "computations": [], "attrs": [], "processed-tx-id": 3}, []),
    "computations that are null": ({"op": "refresh-ok", "computations": None}, []),
    "a second computation is none of ours": (
        {
            **refreshed(goals("a"), 1),
            "computations": [*refreshed(goals("a"))["computations"], {"instaql-result": goals("b")}],
        },
        [result(goals("a"))],
    ),
    "another status of the app": (
        {"op": "app-status-changed", "status": "read-only"},
        [StatusChanged("read-only")],
    ),
    "an unknown message, whatever is in it": ({"op": "of-tomorrow", "result": 5, "status": {}, "message": 1}, []),
    "no op": ({}, []),
    "an op that is no text": ({"op": {"a": 1}}, []),
    "several messages": ([INIT, first(goals("a")), refreshed(goals("b"), 1)], [result(goals("a")), result(goals("b"))]),
    "no messages": ([], []),
}


@pytest.mark.parametrize(("content", "messages"), MEANINGS.values(), ids=MEANINGS)
def test_message_is_read(content: Any, messages: list[Message]) -> None:
    assert read(content) == messages


# An error in the stream -> its class here.
ERRORS: dict[str, tuple[dict[str, Any], type[APIError]]] = {
    "an invalid query": (failed("validation-failed"), ValidationFailedError),
    "a rule that cannot be evaluated": (failed("permission-evaluation-failed"), PermissionEvaluationError),
    "a rate limit, which is a 400 here": (failed("rate-limited", hint={"retry-after": 7}), RateLimitedError),
    "a slow query, which is a 500 here": (failed("timeout", 500), QueryTimeoutError),
    "a slow handler": (failed("operation-timed-out", 500, hint={"timeout-ms": 5000}), QueryTimeoutError),
    "too many values, which is a 500 here": (failed("parameter-limit-exceeded", 500), RequestTooLargeError),
    "a disabled app": (failed("app-disabled"), AppDisabledError),
    "an unexpected failure, without a type": (failed(None, 500), APIError),
    "a bad token": (failed("record-not-found", hint={"record-type": "app-admin-token"}), AuthenticationError),
}


@pytest.mark.parametrize(("content", "cls"), ERRORS.values(), ids=ERRORS)
def test_error_has_the_class_of_its_type(content: dict[str, Any], cls: type[APIError]) -> None:
    (message,) = read({**content, "trace-id": "0af7"})
    assert isinstance(message, Refused)
    assert type(message.error) is cls
    assert (message.error.status, message.error.type, message.error.hint, message.error.trace_id) == (
        content["status"],
        content["type"],
        content["hint"],
        "0af7",
    )


def test_unknown_user_is_a_failed_sign_in_only_for_a_call_as_that_user() -> None:
    content = failed("record-not-found", hint={"record-type": "app-user"})
    for impersonated in (True, False):
        (message,) = read(content, impersonated=impersonated)
        assert isinstance(message, Refused)
        assert isinstance(message.error, AuthenticationError) is impersonated


def test_error_without_a_status_is_the_servers_fault() -> None:
    (message,) = read({"op": "error"})
    assert isinstance(message, Refused)
    assert (message.error.status, message.error.type) == (500, None)


def test_tokens_in_errors_are_masked() -> None:
    (message,) = read(failed("record-not-found", hint={"args": [{"token": TOKEN}]}, message=f"No {TOKEN}."))
    assert isinstance(message, Refused)
    assert TOKEN not in f"{message.error!r} {message.error} {message.error.hint}"


NO_MESSAGES: dict[str, Any] = {
    "no JSON": b"<html>",
    "half of a JSON": b'{"op":"add-query-ok","result":{"goals":[',
    "nothing": b"",
    "a number": b"5",
    "null": b"null",
    "a list of numbers": b"[1]",
    "no result": {"op": "add-query-ok"},
    "a result that is null": first(None),
    "a result that is a list": first([]),
    "rows that are no list": first({"goals": {}}),
    "rows that are no objects": first({"goals": [1]}),
    "pages that are no objects": first({}, meta={"page-info": {"goals": 1}}),
    "what is about the result is a list": {"op": "add-query-ok", "result": {}, "result-meta": [1]},
    "computations that are no list": {"op": "refresh-ok", "computations": 1},
    "a computation that is no object": {"op": "refresh-ok", "computations": [1]},
    "a computation without a result": {"op": "refresh-ok", "computations": [{}]},
    "bytes that are no text": b'{"op":"\xff"}',
    "nested too deeply": b'{"op":"add-query-ok","result":' + b"[" * 100_000,
}


@pytest.mark.parametrize("content", NO_MESSAGES.values(), ids=NO_MESSAGES)
def test_what_is_no_message_is_an_unexpected_reply(content: Any) -> None:
    with pytest.raises(UnexpectedReplyError, match="no message"):
        read(content)


def _recorded() -> list[tuple[str, Any]]:
    """Every message to a live query that the real server sent, by its recording."""
    found = []
    for file in sorted(RECORDINGS.glob("live_*.json")):
        text = re.sub(r'"\$\{(?:int|ms):\d+\}"', "7", file.read_text())  # places where any number may stand
        steps = json.loads(text)["steps"]
        opened = {
            step["sse_open"]["id"] for step in steps if "subscribe-query" in step.get("sse_open", {}).get("path", "")
        }
        for step in steps:
            told = step.get("sse_next") or step.get("sse_last") or {}
            if told.get("id") in opened and isinstance(step.get("event"), dict):
                found.append((file.stem, step["event"]))
    return found


def test_recorded_messages_are_read() -> None:
    recorded = _recorded()
    for name, content in recorded:
        messages = read(content)
        if content["op"] == "add-query-ok":
            about = content["result-meta"]
            expected = QueryUpdate(content["result"], about["page-info"], about["aggregate"], 7)
            assert messages == [Result(expected)], name
        elif content["op"] == "error":
            assert isinstance(messages[0], Refused), name
            assert messages[0].error.type == content.get("type"), name
        else:
            assert len(messages) == len(content.get("computations", ())), name
    assert {content["op"] for _, content in recorded} >= {"sse-init", "add-query-ok", "refresh-ok", "error"}
    assert len(recorded) > 100
