"""What the server tells about sessions and streams, as values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from instant_admin import UnexpectedReplyError, ValidationFailedError
from instant_admin._core.streams.messages import (
    Appended,
    AppendFailed,
    Flushed,
    Opened,
    Part,
    Refused,
    Started,
    read_messages,
)
from tests.support.live_events import INIT

RECORDINGS = Path(__file__).parents[2] / "recordings" / "realtime"

APPENDED: dict[str, Any] = {"is_done": False, "abort_reason": None, "error_type": None, "may_retry": False}


def read(content: Any) -> list[Any]:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return read_messages(data, secrets=(), impersonated=False)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (INIT, Opened(INIT["machine-id"], INIT["session-id"], INIT["sse-token"])),
        (
            {"op": "start-stream-ok", "client-event-id": "e", "client-id": "c", "stream-id": "s", "offset": 0},
            Started("e", "s", 0),
        ),
        ({"op": "stream-flushed", "stream-id": "s", "offset": 5, "done": True}, Flushed("s", 5, is_done=True)),
        ({"op": "stream-flushed", "stream-id": "s", "offset": 5, "done": False}, Flushed("s", 5, is_done=False)),
        ({"op": "append-failed", "stream-id": "s"}, AppendFailed("s")),
        (
            {"op": "stream-append", "client-event-id": "e", "stream-id": "s", "offset": 1, "content": "x", "files": []},
            Appended("e", "s", 1, [], "x", **APPENDED),
        ),
        (
            {
                "op": "stream-append",
                "client-event-id": "e",
                "stream-id": "s",
                "offset": 0,
                "files": [{"id": "i", "size": 3, "url": "http://host/f"}],
                "done": True,
                "abort-reason": None,
            },
            Appended("e", "s", 0, [Part("http://host/f", 3)], "", **{**APPENDED, "is_done": True}),
        ),
        (
            {"op": "stream-append", "client-event-id": "e", "done": True, "abort-reason": "why"},
            Appended("e", None, None, [], "", **{**APPENDED, "is_done": True, "abort_reason": "why"}),
        ),
        (
            {"op": "stream-append", "client-event-id": "e", "error": True, "error-type": "rate-limit", "retry": True},
            Appended("e", None, None, [], "", **{**APPENDED, "error_type": "rate-limit", "may_retry": True}),
        ),
        (
            {"op": "stream-append", "client-event-id": "e", "error": "text"},
            Appended("e", None, None, [], "", **{**APPENDED, "error_type": "unknown"}),
        ),
    ],
)
def test_message_is_read(message: Any, expected: Any) -> None:
    assert read(message) == [expected]
    assert read([message, message]) == [expected, expected]


def test_refusal_is_one_of_our_errors() -> None:
    content = {"type": "validation-failed", "message": "No.", "hint": {"data-type": "start-stream"}}
    message = {"op": "error", "status": 400, "client-event-id": "e", "original-event": {"op": "start-stream"}}
    (refused,) = read(message | content)
    assert isinstance(refused, Refused)
    assert (refused.event_id, refused.op) == ("e", "start-stream")
    assert isinstance(refused.error, ValidationFailedError)


@pytest.mark.parametrize("message", [{}, {"op": "join-room-ok"}, {"op": "refresh-ok", "computations": []}, []])
def test_what_is_about_something_else_is_left_out(message: Any) -> None:
    assert read(message) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nonsense",
        b"\xff",
        b"1",
        b"null",
        b'"x"',
        {"op": "sse-init"},
        {"op": "start-stream-ok", "client-event-id": "e"},
        {"op": "start-stream-ok", "client-event-id": "e", "stream-id": "s", "offset": "0"},
        {"op": "stream-append", "client-event-id": "e", "content": "x"},
        {"op": "stream-append", "client-event-id": "e", "offset": 0, "files": [{"id": "i"}]},
        {"op": "stream-append", "client-event-id": 5},
        b"[" * 100_000,
    ],
)
def test_what_is_no_message_is_an_error(content: Any) -> None:
    with pytest.raises(UnexpectedReplyError):
        read(content)


def test_token_is_in_no_repr() -> None:
    (opened,) = read(INIT)
    assert INIT["sse-token"] not in repr(opened)


def test_address_of_a_part_is_in_no_repr() -> None:
    message = {"op": "stream-append", "client-event-id": "e", "offset": 0, "files": [{"url": "signed", "size": 3}]}
    assert "signed" not in repr(read(message))


def test_every_recorded_message_about_streams_is_read() -> None:
    steps = [step for path in RECORDINGS.glob("stream_*.json") for step in json.loads(path.read_text())["steps"]]
    events = [step["event"] for step in steps if "sse_next" in step]
    about = [each for each in events if each["op"] in ("start-stream-ok", "stream-append", "stream-flushed", "error")]
    assert len(about) > 50
    for each in about:
        (message,) = read(each)
        assert isinstance(message, (Started, Appended, Flushed, Refused))
