"""How long connections that go on are waited for, and what comes over them."""

from __future__ import annotations

from typing import Any

from instant_admin.errors import InvalidArgumentError
from instant_admin.types import Timeout

LONGEST_SILENCE_SECONDS = 45.0
"""The server says something every 15 s at least, a comment if there is no news (server contract, realtime 1)."""


def check_wait(value: Any, method: str) -> None:
    """Refuse what is no time to wait.

    Raises:
        InvalidArgumentError: It is neither None nor a number of seconds.
    """
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if value is not None and not (is_number and value >= 0):  # NaN is not at least 0
        raise InvalidArgumentError(f"{method}: timeout must be a number of seconds or None, got {value!r:.80}.")


def live_timeout(timeout: Timeout) -> Timeout:
    """The limits of a connection that goes on, from those of ordinary calls."""
    given = [seconds for seconds in (timeout.connect, timeout.total) if seconds is not None]
    return Timeout(
        total=None,
        connect=min(given, default=None),
        read=LONGEST_SILENCE_SECONDS,
        write=LONGEST_SILENCE_SECONDS,
        pool=timeout.pool,
    )
