"""Rate limits of rules: buckets of tokens, one for each app, limit and key, full in the beginning.

Tokens are taken when a rule is evaluated and stay spent, whatever becomes of the call (recording
perm_limit_spent_on_denial). Buckets are in memory: a restart fills them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import ceil
from threading import Lock

from instant_admin.local.cel import as_json
from instant_admin.local.errors import Refusal, rate_limited
from instant_admin.local.rules.rate_limits import Bandwidth

_NEVER_SECONDS = Fraction(2**63 - 1, 10**9)
"""How long to wait for more tokens than fit into the bucket: the longest time that Java counts in nanoseconds."""


class RateLimits:
    """The buckets of an instance. Threads may share it."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        """Begin with full buckets.

        Args:
            now_ms: The time, in milliseconds since 1970.
        """
        self._now_ms = now_ms
        self._buckets: dict[tuple[str, str, tuple[Bandwidth, ...], str], list[_Level]] = {}
        self._lock = Lock()

    def of(self, app_id: str, definitions: Mapping[str, tuple[Bandwidth, ...]]) -> dict[str, RateLimit]:
        """The limits of an app, as rules have them in `rateLimit`."""
        return {name: RateLimit(self, app_id, name, definition) for name, definition in definitions.items()}

    def clear(self, app_id: str) -> None:
        """Fill the buckets of an app."""
        with self._lock:
            self._buckets = {key: levels for key, levels in self._buckets.items() if key[0] != app_id}

    def take(self, app_id: str, name: str, definition: tuple[Bandwidth, ...], key: str, tokens: int) -> None:
        """Take tokens from a bucket.

        Raises:
            Refusal: There are too few; then none is taken.
        """
        with self._lock:
            now_ms = self._now_ms()
            levels = self._buckets.get((app_id, name, definition, key))
            if levels is None:
                levels = [_Level(bandwidth, Fraction(bandwidth.capacity), now_ms) for bandwidth in definition]
                self._buckets[app_id, name, definition, key] = levels
            for level in levels:
                level.refill(now_ms)
            seconds = max(level.seconds_until(tokens, now_ms) for level in levels)
            if seconds > 0:
                raise _exhausted(now_ms, seconds, min(int(level.tokens) for level in levels))
            for level in levels:
                level.tokens -= tokens


@dataclass(frozen=True, slots=True)
class RateLimit:
    """One limit of an app, as a rule calls it."""

    buckets: RateLimits
    app_id: str
    name: str
    definition: tuple[Bandwidth, ...]

    def limit(self, key: object, tokens: int = 1) -> bool:
        """Take tokens of a key; keys may be any value, null included.

        Raises:
            Refusal: There are too few.
        """
        shown = json.dumps(as_json(key), sort_keys=True, default=str)
        self.buckets.take(self.app_id, self.name, self.definition, shown, tokens)
        return True


@dataclass(slots=True)
class _Level:
    """How full a bucket is, seen by one of its bandwidths."""

    bandwidth: Bandwidth
    tokens: Fraction
    since_ms: int
    """Up to when it has been refilled."""

    def refill(self, now_ms: int) -> None:
        bandwidth, period_ms = self.bandwidth, self.bandwidth.period_seconds * 1000
        passed = Fraction(now_ms - self.since_ms, period_ms)
        if not bandwidth.greedy:
            passed = Fraction(int(passed))
        if passed > 0:
            self.tokens = min(Fraction(bandwidth.capacity), self.tokens + passed * bandwidth.amount)
            self.since_ms += int(passed * period_ms)

    def seconds_until(self, tokens: int, now_ms: int) -> Fraction:
        """How long until there are so many tokens; 0 where there are."""
        missing = tokens - self.tokens
        if missing <= 0:
            return Fraction(0)
        bandwidth = self.bandwidth
        if tokens > bandwidth.capacity:
            return _NEVER_SECONDS
        periods = missing / bandwidth.amount
        if bandwidth.greedy:
            return periods * bandwidth.period_seconds
        return ceil(periods) * bandwidth.period_seconds - Fraction(now_ms - self.since_ms, 1000)


def _exhausted(now_ms: int, seconds: Fraction, remaining: int) -> Refusal:
    at = datetime.fromtimestamp(now_ms / 1000, UTC) + timedelta(microseconds=int(seconds * 10**6))
    hint = {
        "retry-at": at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "retry-after": ceil(seconds),
        "remaining-tokens": remaining,
    }
    return rate_limited("Your request exceeded the rate limit.", hint)
