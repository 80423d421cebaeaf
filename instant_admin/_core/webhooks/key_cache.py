"""The keys of one server, kept between deliveries, and when to ask for them again.

Whoever can reach the endpoint can name any key id. So the server is asked at the first unknown one, and then every
unknown one counts as unknown until it may be asked again: a flood of forged deliveries costs it two requests a minute.
A key that the server begins to use is known after `PAUSE_SECONDS` at the latest, sooner than a delivery is repeated.
"""

from __future__ import annotations

from instant_admin._core.webhooks.keys import JsonWebKey, JsonWebKeySet, find_key

PAUSE_SECONDS = 30.0
"""Between two requests for the list, failed ones included."""

KEEP_SECONDS = 3600.0
"""How long a list is believed, so that a key withdrawn by the server does not stay good for ever."""


class KeyCache:
    """What is known of a server's keys. Times are seconds of a clock that never goes back."""

    def __init__(self, built_in: JsonWebKeySet | None = None) -> None:
        self._built_in = built_in
        self._fetched: JsonWebKeySet | None = None
        self._fetched_at = 0.0
        self._asked_at: float | None = None

    def find(self, key_id: str, now: float) -> JsonWebKey | None:
        """The key of this id, or None."""
        is_fresh = now - self._fetched_at < KEEP_SECONDS
        return find_key(self._built_in, key_id) or (find_key(self._fetched, key_id) if is_fresh else None)

    def ask(self, now: float) -> bool:
        """Whether the server may be asked now. If so, the caller asks."""
        if self._asked_at is not None and now - self._asked_at < PAUSE_SECONDS:
            return False
        self._asked_at = now
        return True

    def keep(self, keys: JsonWebKeySet, now: float) -> None:
        """Take over what the server answered."""
        self._fetched, self._fetched_at = keys, now
