"""Faults that a test has asked for: what goes wrong with the next requests.

Adapters ask `Faults.take` about each request, wait as long as the fault says in their own way, and then let it `apply`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from instant_admin.errors import InvalidArgumentError
from instant_admin.local.errors import Refusal
from instant_admin.local.wire import Reply, Request

CONTROL_PREFIX = "/_local/"
"""Where the paths of control calls begin; no fault meets them."""
_LOWEST_ERROR, _HIGHEST_ERROR = 400, 599
_TOO_MANY_REQUESTS = 429
_LONGEST_STALL_SECONDS = 86_400


class ConnectionDropped(Exception):
    """The connection ends before the reply is whole."""

    def __init__(self, reply: Reply | None = None) -> None:
        """Remember what would have been sent; None where nothing is."""
        super().__init__("the connection was dropped, as a test asked")
        self.reply = reply


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one request.

    Raises:
        InvalidArgumentError: It is none, or contradicts itself.
    """

    path: str | None = None
    """Only requests of this path, such as `/admin/query`; None for any."""
    status: int | None = None
    """Answer with this status, 400 to 599, and an error body; the request is not looked at."""
    stall_seconds: float = 0.0
    """Wait before anything else happens, up to a day."""
    drop: bool = False
    """End the connection without a reply; the request is not looked at."""
    half_body: bool = False
    """Do as asked, but end the connection in the middle of the reply."""

    def __post_init__(self) -> None:
        if (self.status is not None) + self.drop + self.half_body > 1:
            raise InvalidArgumentError("A fault has one of status, drop and half_body.")
        if self.status is None and not (self.drop or self.half_body or self.stall_seconds):
            raise InvalidArgumentError("A fault needs one of status, stall_seconds, drop and half_body.")
        if self.status is not None and not _LOWEST_ERROR <= self.status <= _HIGHEST_ERROR:
            raise InvalidArgumentError(f"status must be {_LOWEST_ERROR} to {_HIGHEST_ERROR}, not {self.status}.")
        if not 0 <= self.stall_seconds <= _LONGEST_STALL_SECONDS:
            raise InvalidArgumentError(
                f"stall_seconds must be 0 to {_LONGEST_STALL_SECONDS}, not {self.stall_seconds}."
            )

    def apply(self, answer: Callable[[], Reply]) -> Reply:
        """What is answered instead, after the stall.

        Args:
            answer: Answers as if nothing were wrong.

        Raises:
            ConnectionDropped: Nothing, or only the beginning of what the exception has.
        """
        if self.drop:
            raise ConnectionDropped
        if self.status is not None:
            kind = "rate-limited" if self.status == _TOO_MANY_REQUESTS else "unknown"
            return Refusal(kind, "Something went wrong, as a test asked.", status=self.status).reply()
        reply = answer()
        if self.half_body:
            raise ConnectionDropped(reply)
        return reply


class Faults:
    """The faults that wait for a request, oldest first. Threads may share it."""

    def __init__(self) -> None:
        self._waiting: deque[Fault] = deque()
        self._lock = Lock()

    def add(self, fault: Fault) -> None:
        """Let this fault meet the next request that it is for."""
        with self._lock:
            self._waiting.append(fault)

    def clear(self) -> None:
        """Let nothing go wrong."""
        with self._lock:
            self._waiting.clear()

    def take(self, request: Request) -> Fault | None:
        """The fault for a request, used up by it. Control calls meet none."""
        if not self._waiting or request.path.startswith(CONTROL_PREFIX):
            return None
        with self._lock:
            for fault in self._waiting:
                if fault.path in (None, request.path):
                    self._waiting.remove(fault)
                    return fault
        return None
