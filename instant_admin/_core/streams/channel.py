"""What a session knows of its writers and readers."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from typing import Any
from uuid import uuid4

from instant_admin._core.retry import backoff_seconds
from instant_admin._core.streams import limits
from instant_admin._core.streams.messages import StreamMessage
from instant_admin.errors import InstantError

_FIRST_WAIT_SECONDS = 0.1
_LONGEST_WAIT_SECONDS = 15.0


class Channel(ABC):
    """A writer or a reader: it hears messages, and has some to push. Failures that may heal are waited for.

    Each attempt has another name, so that answers to former ones are recognized. A session can be lost at any
    time, which is told by `disconnected`.
    """

    def __init__(self, *, most_faults: int) -> None:
        """Begin.

        Args:
            most_faults: How many failures in a row are waited for.
        """
        self.id = str(uuid4())
        self.secrets: tuple[str, ...] = ()
        """What it pushes that must not be shown in errors."""
        self.is_over = False
        """Whether it needs the session no more."""
        self.error: InstantError | None = None
        """What it ended by, if it did not end well."""
        self.due: float | None = None
        """When to ask `take` again, even if nothing happens."""
        self.left_until: float | None = None
        """Set when the caller is gone and this is to end by itself, by that time."""
        self.last_fault: InstantError | None = None
        """The newest failure that is waited for."""
        self._attempt = 0
        self._faults = 0
        self._last_fault_at = -math.inf
        self._most_faults = most_faults

    @property
    def event_id(self) -> str:
        """Name of the current attempt. The channel's id comes first."""
        return f"{self.id}:{self._attempt}"

    @property
    @abstractmethod
    def wants_push(self) -> bool:
        """Whether `take` has something to push, now or when `due` has come."""

    @abstractmethod
    def disconnected(self) -> None:
        """The session is lost; the next one will know nothing of this."""

    @abstractmethod
    def take(self, now: float) -> list[dict[str, Any]]:
        """What to push now, in order."""

    @abstractmethod
    def receive(self, message: StreamMessage, now: float, random: float) -> None:
        """Hear a message that may be about this."""

    def fail(self, error: InstantError) -> None:
        """End by an error."""
        if not self.is_over:
            self.is_over, self.error = True, error

    def _may_retry(
        self, error: InstantError, now: float, random: float, *, least_seconds: float = 0.0, is_asked: bool = False
    ) -> bool:
        """Whether to try again, when `due` has come; else this has failed.

        Args:
            error: Why.
            now: Seconds of a clock that never goes back.
            random: From 0 to 1.
            least_seconds: How long to wait at least.
            is_asked: Whether the server itself asks for it, however often.
        """
        self._faults = self._faults + 1 if now < self._last_fault_at + limits.FAULTS_SECONDS else 1
        self._last_fault_at = now
        if self._faults > self._most_faults and not is_asked:
            self.fail(error)
            return False
        self.last_fault = error
        wait = backoff_seconds(_FIRST_WAIT_SECONDS, _LONGEST_WAIT_SECONDS, self._faults, random)
        self.due = now + max(wait, least_seconds)
        return True

    def _progress(self) -> None:
        """Something went well."""
        self._faults = 0
        self.last_fault = None
