"""Which failures of a live query heal by themselves, and how long to wait before connecting again."""

from __future__ import annotations

from enum import Enum

from instant_admin._core.retry import GATEWAY_STATUSES, backoff_seconds
from instant_admin.errors import (
    APIError,
    InstantError,
    NoReplyError,
    QueryTimeoutError,
    RateLimitedError,
    SessionLostError,
    UnexpectedReplyError,
)

DEFAULT_SECONDS = 0.5
"""Wait before the first attempt to connect again, as the server suggests it (server contract, realtime 1)."""
LONGEST_SECONDS = 15.0
_SHORTEST_SECONDS = 0.01
_LONGEST_SERVER_SECONDS = 3600.0
_TOO_MANY_REQUESTS = 429
_LOWEST_FAULT = 500


class Healing(Enum):
    """What to expect of a failure."""

    EXPECTED = "the network or the server comes back"
    POSSIBLE = "the server failed; the same query may fail for ever"
    NEVER = "the query, its credentials or its permissions are wrong"


def judge(error: InstantError) -> Healing:
    """What to expect after this error."""
    if isinstance(error, (NoReplyError, RateLimitedError, SessionLostError)):
        return Healing.EXPECTED
    # By class first: the server calls a slow query 429 over HTTP and 500 in the stream, too many values the reverse.
    if isinstance(error, (QueryTimeoutError, UnexpectedReplyError)):
        return Healing.POSSIBLE
    if not isinstance(error, APIError):
        return Healing.NEVER
    if error.status in (*GATEWAY_STATUSES, _TOO_MANY_REQUESTS):
        return Healing.EXPECTED
    is_fault = error.status >= _LOWEST_FAULT and error.type in (None, "unknown", "sql-exception")
    return Healing.POSSIBLE if is_fault else Healing.NEVER


def wait_seconds(error: InstantError | None, *, attempt: int, server_seconds: float | None, random: float) -> float:
    """How long to wait before the next connection.

    Args:
        error: Why the last one ended; None where it just ended.
        attempt: Number of this wait since the last result, from 1.
        server_seconds: What the server's `retry` line said.
        random: From 0 to 1; spreads the attempts of many clients.
    """
    if isinstance(error, RateLimitedError) and error.retry_after_seconds is not None:
        return min(error.retry_after_seconds, _LONGEST_SERVER_SECONDS)
    initial = DEFAULT_SECONDS if server_seconds is None else max(server_seconds, _SHORTEST_SECONDS)
    return backoff_seconds(initial, max(initial, LONGEST_SECONDS), attempt, random)
