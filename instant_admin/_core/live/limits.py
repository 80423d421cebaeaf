"""How long the connection of a live query is waited for."""

from __future__ import annotations

from instant_admin.types import Timeout

LONGEST_SILENCE_SECONDS = 45.0
"""The server says something every 15 s at least, a comment if there is no news (server contract, realtime 1)."""


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
