"""What an attempt looks like from outside: one log line, one callback. Never a token, never data."""

from __future__ import annotations

import logging

from instant_admin._core.settings import OnResponse
from instant_admin.errors import APIError, InstantError, UnexpectedReplyError
from instant_admin.types import CallAttempt

logger = logging.getLogger("instant_admin")


def is_observed(on_response: OnResponse | None) -> bool:
    """Whether anybody wants to know, so that describing an attempt can be left out."""
    return on_response is not None or logger.isEnabledFor(logging.DEBUG)


def describe_attempt(
    operation: str,
    engine: str,
    attempt: int,
    duration_seconds: float,
    error: InstantError | None,
    retry_in_seconds: float | None,
) -> CallAttempt:
    """The attempt as a value."""
    status: int | None = 200
    if error is not None:
        status = error.status if isinstance(error, (APIError, UnexpectedReplyError)) else None
    return CallAttempt(
        operation=operation,
        attempt=attempt,
        duration_seconds=duration_seconds,
        status=status,
        error=error,
        trace_id=error.trace_id if isinstance(error, APIError) else None,
        retry_in_seconds=retry_in_seconds,
        engine=engine,
    )


def report(attempt: CallAttempt, on_response: OnResponse | None) -> None:
    """Log the attempt and tell the callback. An error in the callback is logged, since the call itself is fine."""
    logger.debug(
        "%s status=%s duration_ms=%.1f attempt=%d trace_id=%s retry_in_s=%s error=%s",
        attempt.operation,
        attempt.status,
        attempt.duration_seconds * 1000,
        attempt.attempt,
        attempt.trace_id,
        attempt.retry_in_seconds,
        type(attempt.error).__name__ if attempt.error else None,
        extra={
            "operation": attempt.operation,
            "status": attempt.status,
            "duration_seconds": attempt.duration_seconds,
            "attempt": attempt.attempt,
            "trace_id": attempt.trace_id,
            "engine": attempt.engine,
        },
    )
    if on_response is None:
        return
    try:
        on_response(attempt)
    except Exception:
        logger.exception("on_response failed for %s", attempt.operation)
