"""How often magic codes may be sent and tried: 20 times per hour for each app and address, counted separately."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from threading import Lock
from typing import Literal

from instant_admin.local.errors import rate_limited

_PER_HOUR = 20
_HOUR_MS = 3_600_000

Attempt = Literal["send", "verify"]


class HourlyLimits:
    """Counts attempts in the last hour, in memory: a restart forgets them."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._times: defaultdict[tuple[Attempt, str, str], deque[int]] = defaultdict(deque)
        self._lock = Lock()

    def count(self, attempt: Attempt, app_id: str, email: str) -> None:
        """Count an attempt.

        Raises:
            Refusal: It is one too many.
        """
        now = self._now_ms()
        with self._lock:
            times = self._times[attempt, app_id, email]
            while times and times[0] <= now - _HOUR_MS:
                times.popleft()
            if len(times) >= _PER_HOUR:
                raise rate_limited("Too many verification codes requested for this email. Please try again later.")
            times.append(now)

    def clear(self, app_id: str) -> None:
        """Forget the attempts at an app."""
        with self._lock:
            for key in [key for key in self._times if key[1] == app_id]:
                del self._times[key]
