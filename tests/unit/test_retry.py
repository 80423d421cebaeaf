"""A call is repeated only where that is safe and may help, and not past its deadline."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import (
    APIError,
    InstantError,
    NoReplyError,
    QueryTimeoutError,
    RateLimitedError,
    RequestTimeoutError,
    RetryPolicy,
    ServerError,
    UnexpectedReplyError,
    ValidationFailedError,
)
from instant_admin._core.retry import seconds_to_retry

LIMITED = RateLimitedError("own text", status=429, type="rate-limited")

# What happened -> whether a read and a write are repeated.
REPEATED: dict[str, tuple[InstantError, bool, bool]] = {
    "no reply": (NoReplyError("own text"), True, False),
    "no reply to what never left": (NoReplyError("own text", request_sent=False), True, True),
    "no reply in time": (RequestTimeoutError("own text"), True, False),
    "no connection in time": (RequestTimeoutError("own text", request_sent=False), True, True),
    "a gateway's 502": (APIError("own text", status=502), True, False),
    "a gateway's 503": (APIError("own text", status=503), True, False),
    "a gateway's 504": (APIError("own text", status=504), True, False),
    "a rate limit": (LIMITED, True, True),
    "a failure of the server": (ServerError("own text", status=500, type="unknown"), False, False),
    "a slow query": (QueryTimeoutError("own text", status=429, type="timeout"), False, False),
    "a refusal": (ValidationFailedError("own text", status=400, type="validation-failed"), False, False),
    "a reply that cannot be read": (UnexpectedReplyError("own text", status=200), False, False),
}


def wait(error: InstantError, **given: Any) -> float | None:
    arguments: dict[str, Any] = {"is_read": True, "attempt": 1, "remaining_seconds": None, "random": 0.0}
    return seconds_to_retry(given.pop("policy", RetryPolicy()), error, **(arguments | given))


@pytest.mark.parametrize(("error", "read", "write"), REPEATED.values(), ids=REPEATED)
def test_call_is_repeated_where_it_is_safe_and_may_help(error: InstantError, read: bool, write: bool) -> None:
    assert (wait(error, is_read=True) is not None) is read
    assert (wait(error, is_read=False) is not None) is write


def test_nothing_is_repeated_without_a_policy() -> None:
    assert wait(LIMITED, policy=None) is None


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 0.2), (2, 0.4), (3, 0.8), (4, 1.0), (9, 1.0), (10, None)])
def test_wait_doubles_up_to_the_longest_until_the_attempts_are_used_up(attempt: int, seconds: float | None) -> None:
    policy = RetryPolicy(max_attempts=10, initial_seconds=0.2, max_seconds=1.0)
    assert wait(LIMITED, policy=policy, attempt=attempt) == seconds


@given(st.floats(0, 1), st.integers(1, 20))
def test_a_random_part_of_up_to_a_half_is_left_out(random: float, attempt: int) -> None:
    policy = RetryPolicy(max_attempts=30, initial_seconds=1, max_seconds=8)
    whole = min(2.0 ** (attempt - 1), 8.0)
    waited = wait(LIMITED, policy=policy, attempt=attempt, random=random)
    assert waited is not None
    assert whole / 2 <= waited <= whole


@pytest.mark.parametrize(
    ("hint", "seconds"),
    [
        ({"retry-after": 12}, 12.0),
        ({"retry-after": 0}, 0.0),
        ({"retry-after": 0.5}, 0.5),
        ({"retry-after": -1}, 0.2),
        ({"retry-after": 10**400}, 0.2),
        ({"retry-after": math.inf}, 0.2),
        ({"retry-after": 10**9}, None),
        ({"retry-after": True}, 0.2),
        ({"retry-after": "12"}, 0.2),
        ({}, 0.2),
        (None, 0.2),
        (["retry-after"], 0.2),
    ],
)
def test_wait_that_the_server_names_is_kept(hint: Any, seconds: float | None) -> None:
    error = RateLimitedError("own text", status=429, type="rate-limited", hint=hint)
    assert wait(error, random=0.0) == seconds


@pytest.mark.parametrize(
    ("remaining", "seconds"), [(None, 12.0), (12.1, 12.0), (12.0, None), (11.0, None), (0.0, None), (-1.0, None)]
)
def test_no_wait_reaches_the_deadline(remaining: float | None, seconds: float | None) -> None:
    error = RateLimitedError("own text", status=429, type="rate-limited", hint={"retry-after": 12})
    assert wait(error, remaining_seconds=remaining) == seconds


@pytest.mark.parametrize(("error", "read", "write"), REPEATED.values(), ids=REPEATED)
def test_errors_say_whether_the_same_call_may_succeed_later(error: InstantError, read: bool, write: bool) -> None:
    assert error.is_retryable is read
