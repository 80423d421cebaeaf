"""Whether to repeat a call, as a function of what happened."""

from __future__ import annotations

from instant_admin.errors import APIError, InstantError, NoReplyError, RateLimitedError
from instant_admin.types import RetryPolicy

# A wait longer than this is for the caller to plan.
_LONGEST_WAIT_SECONDS = 3600.0

_MOST_DOUBLINGS = 32

# A gateway's words: the server behind it did not answer. A 500 is an answer, and the same call fails again.
GATEWAY_STATUSES = (502, 503, 504)


def seconds_to_retry(
    policy: RetryPolicy | None,
    error: InstantError,
    *,
    is_read: bool,
    attempt: int,
    remaining_seconds: float | None,
    random: float,
) -> float | None:
    """How long to wait before the next attempt, or None for no further attempt.

    Args:
        policy: None means never.
        error: What the attempt ended with.
        is_read: Whether the call changes nothing.
        attempt: Number of the attempt that failed, from 1.
        remaining_seconds: What is left of the call's total timeout, None without one.
        random: From 0 to 1; spreads the attempts of many clients.
    """
    if policy is None or attempt >= policy.max_attempts or not _may_repeat(error, is_read):
        return None
    wait = error.retry_after_seconds if isinstance(error, RateLimitedError) else None
    if wait is not None and wait > _LONGEST_WAIT_SECONDS:
        return None
    if wait is None:
        wait = backoff_seconds(policy.initial_seconds, policy.max_seconds, attempt, random)
    # Waiting past the deadline would only replace the server's words by a timeout.
    return None if remaining_seconds is not None and wait >= remaining_seconds else wait


def backoff_seconds(initial: float, longest: float, attempt: int, random: float) -> float:
    """The wait after an attempt: doubled each time up to the longest, less a random part of up to a half."""
    doublings = min(attempt - 1, _MOST_DOUBLINGS)  # a float has no room for a thousand of them
    return min(initial * 2.0**doublings, longest) * (1 - random / 2)


def _may_repeat(error: InstantError, is_read: bool) -> bool:
    if isinstance(error, RateLimitedError):
        return True  # refused before anything was done
    if isinstance(error, NoReplyError):
        return is_read or not error.request_sent
    return is_read and isinstance(error, APIError) and error.status in GATEWAY_STATUSES
