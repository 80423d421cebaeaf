"""An error in a stream is read in one way, whatever the stream is about."""

from __future__ import annotations

import json
from typing import Any

import pytest

from instant_admin import APIError, InstantError, RateLimitedError, ServerError
from instant_admin._core.live.messages import MessageReader
from instant_admin._core.streams.messages import read_messages

TOKEN = "22222222-2222-4222-8222-222222222222"
LIMITED = {"type": "rate-limited", "message": f"Too fast, {TOKEN}.", "hint": {"retry-after": 7}, "trace-id": "0af7"}


def of_live_query(content: dict[str, Any]) -> Any:
    (message,) = MessageReader((TOKEN,)).read(json.dumps(content).encode())
    return message


def of_session(content: dict[str, Any]) -> Any:
    (message,) = read_messages(json.dumps(content).encode(), secrets=(TOKEN,), impersonated=False)
    return message


def told(error: InstantError) -> tuple[Any, ...]:
    assert isinstance(error, APIError)
    return type(error), error.status, error.type, error.message, error.hint, error.trace_id


@pytest.mark.parametrize("read", [of_live_query, of_session])
def test_error_says_all_that_the_server_told(read: Any) -> None:
    found = read({"op": "error", "status": 400, **LIMITED})
    expected = (RateLimitedError, 400, "rate-limited", "Too fast, [redacted].", {"retry-after": 7}, "0af7")
    assert told(found.error) == expected


@pytest.mark.parametrize("read", [of_live_query, of_session])
@pytest.mark.parametrize("status", [{}, {"status": "400"}, {"status": None}])
def test_error_without_a_number_as_its_status_is_the_servers_fault(read: Any, status: dict[str, Any]) -> None:
    found = read({"op": "error", "type": "sql-exception", "message": "No.", **status})
    assert told(found.error)[:2] == (ServerError, 500)
