"""What heals is waited for, longer each time; what does not is raised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import (
    APIError,
    AppDisabledError,
    AuthenticationError,
    ConfigurationError,
    InstantError,
    InvalidArgumentError,
    NoReplyError,
    PermissionDeniedError,
    PermissionEvaluationError,
    QueryTimeoutError,
    RateLimitedError,
    RequestTimeoutError,
    RequestTooLargeError,
    ServerError,
    SessionLostError,
    UnexpectedReplyError,
    ValidationFailedError,
)
from instant_admin._core.live.healing import LONGEST_SECONDS, Healing, judge, wait_seconds

OUTLOOKS: dict[str, tuple[InstantError, Healing]] = {
    "no connection": (NoReplyError("x", request_sent=False), Healing.EXPECTED),
    "a lost connection": (NoReplyError("x"), Healing.EXPECTED),
    "silence": (RequestTimeoutError("x"), Healing.EXPECTED),
    "a rate limit over HTTP": (RateLimitedError("x", status=429, type="rate-limited"), Healing.EXPECTED),
    "a rate limit in the stream": (RateLimitedError("x", status=400, type="rate-limited"), Healing.EXPECTED),
    "a proxy's rate limit": (APIError("x", status=429), Healing.EXPECTED),
    "a lost session": (SessionLostError("x", status=400, type="session-missing"), Healing.EXPECTED),
    "a bad gateway": (APIError("x", status=502), Healing.EXPECTED),
    "a server that restarts": (APIError("x", status=503), Healing.EXPECTED),
    "a gateway's timeout": (APIError("x", status=504), Healing.EXPECTED),
    "a slow query over HTTP": (QueryTimeoutError("x", status=429, type="timeout"), Healing.POSSIBLE),
    "a slow query in the stream": (QueryTimeoutError("x", status=500, type="operation-timed-out"), Healing.POSSIBLE),
    "a fault of the server's": (ServerError("x", status=500, type="unknown"), Healing.POSSIBLE),
    "a fault without a type": (APIError("x", status=500), Healing.POSSIBLE),
    "a page of a proxy": (UnexpectedReplyError("x", status=200), Healing.POSSIBLE),
    "a bad token": (AuthenticationError("x", status=400, type="record-not-found"), Healing.NEVER),
    "a bad token, by status": (AuthenticationError("x", status=401, type="record-not-found"), Healing.NEVER),
    "a proxy's refusal": (APIError("x", status=401), Healing.NEVER),
    "forbidden": (APIError("x", status=403), Healing.NEVER),
    "not found": (APIError("x", status=404), Healing.NEVER),
    "too large": (APIError("x", status=413), Healing.NEVER),
    "a redirection": (APIError("x", status=301), Healing.NEVER),
    "a denied permission": (PermissionDeniedError("x", status=400, type="permission-denied"), Healing.NEVER),
    "a rule that fails": (
        PermissionEvaluationError("x", status=400, type="permission-evaluation-failed"),
        Healing.NEVER,
    ),
    "an invalid query": (ValidationFailedError("x", status=400, type="validation-failed"), Healing.NEVER),
    "a disabled app": (AppDisabledError("x", status=400, type="app-disabled"), Healing.NEVER),
    "too many values": (RequestTooLargeError("x", status=500, type="parameter-limit-exceeded"), Healing.NEVER),
    "an unknown type": (APIError("x", status=500, type="app-creation-disabled"), Healing.NEVER),
    "a client that is closed": (ConfigurationError("x"), Healing.NEVER),
    "an argument": (InvalidArgumentError("x"), Healing.NEVER),
}


@pytest.mark.parametrize(("error", "outlook"), OUTLOOKS.values(), ids=OUTLOOKS)
def test_failure_has_an_outlook(error: InstantError, outlook: Healing) -> None:
    assert judge(error) is outlook


def wait(
    attempt: int = 1, server_seconds: float | None = None, random: float = 0.0, error: InstantError | None = None
) -> float:
    return wait_seconds(error, attempt=attempt, server_seconds=server_seconds, random=random)


def test_waits_double_up_to_a_limit() -> None:
    assert [wait(attempt) for attempt in range(1, 8)] == [0.5, 1, 2, 4, 8, 15, 15]
    assert wait(100_000) == LONGEST_SECONDS


def test_server_says_how_long_the_first_wait_is() -> None:
    assert [wait(attempt, 2.0) for attempt in range(1, 5)] == [2, 4, 8, 15]
    assert wait(3, 60.0) == 60
    assert wait(1, 0.0) > 0


def test_rate_limit_that_names_a_wait_is_obeyed_within_reason() -> None:
    def limited(seconds: float) -> RateLimitedError:
        return RateLimitedError("x", status=400, type="rate-limited", hint={"retry-after": seconds})

    assert wait(error=limited(7), random=1.0) == 7
    assert wait(error=limited(1e300)) == 3600
    assert wait(error=RateLimitedError("x", status=400)) == 0.5


@given(st.integers(1, 10**6), st.floats(0, 1), st.none() | st.floats(0, 1e6))
def test_chance_takes_off_up_to_a_half(attempt: int, random: float, server_seconds: float | None) -> None:
    whole = wait(attempt, server_seconds)
    assert whole / 2 <= wait(attempt, server_seconds, random) <= whole
    assert 0 < whole <= max(LONGEST_SECONDS, server_seconds or 0)
