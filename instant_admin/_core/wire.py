"""What crosses the engine seam: bytes out, bytes in."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from instant_admin.types import Timeout

# About twelve days. What is longer counts as no limit: sockets count milliseconds in 31 bits.
_LONGEST_SECONDS = 1_000_000.0

T_co = TypeVar("T_co", covariant=True)


@dataclass(slots=True)
class WireRequest:
    """One HTTP request, complete but for the server's address."""

    method: str
    target: str
    """Path and query string."""
    headers: dict[str, str]
    """Lower-case names; values are Latin-1 text. Holds tokens, so it has no repr."""
    body: bytes | None

    def __repr__(self) -> str:
        return f"WireRequest({self.method} {self.target.partition('?')[0]})"


@dataclass(slots=True)
class StreamRequest:
    """One HTTP request whose body or reply travels piece by piece."""

    method: str
    target: str
    """Path and query string, or a whole address somewhere else, which must then get no credentials."""
    headers: dict[str, str]
    """As in `WireRequest`. A body that is no bytes needs a `content-length`."""
    body: bytes | Iterable[bytes] | AsyncIterable[bytes] | None
    on_connected: Callable[[Callable[[], None]], None] | None = None
    """Given, before the reply begins, what makes a blocking exchange fail from another thread; not by every engine."""

    def __repr__(self) -> str:
        return f"StreamRequest({self.method} {self.target.partition('?')[0]})"

    def address(self, base_url: str) -> str:
        """The whole address."""
        return base_url + self.target if self.target.startswith("/") else self.target


@dataclass(slots=True)
class WireReply:
    """One HTTP reply, whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(slots=True)
class Limits:
    """Time limits of one attempt in seconds; None means no limit."""

    total: float | None
    connect: float | None
    read: float | None
    write: float | None
    pool: float | None

    @classmethod
    def of(cls, timeout: Timeout, remaining_seconds: float | None) -> Limits:
        """The limits of an attempt, with what is left of the call's total."""
        given = (remaining_seconds, timeout.connect, timeout.read, timeout.write, timeout.pool)
        return cls(*(None if seconds is None or seconds > _LONGEST_SECONDS else seconds for seconds in given))


@dataclass(slots=True)
class Call(Generic[T_co]):
    """One operation with its arguments: what to send, and how to read the reply."""

    operation: str
    """Operation id in openapi/admin.yaml."""
    request: WireRequest
    parse: Callable[[bytes], T_co]
    """From the body of a 200. Raises ValueError, KeyError or TypeError for a body of another shape."""
    is_read: bool
    """Whether repeating it after a lost reply is harmless."""
    secrets: tuple[str, ...] = ()
    """Tokens and codes in the request, to be masked in errors."""
    impersonated: bool = False

    def __repr__(self) -> str:
        return f"Call({self.operation}, {self.request!r})"


@dataclass(slots=True)
class StreamCall:
    """One operation whose body or reply travels piece by piece: what to send, and when it counts as accepted."""

    operation: str
    """Operation id in openapi/admin.yaml, or a name for a request to another host."""
    request: StreamRequest
    is_read: bool
    """Whether repeating it after a lost reply is harmless."""
    secrets: tuple[str, ...] = ()
    """As in `Call`."""
    impersonated: bool = False
    accepted: frozenset[int] = frozenset({200})
    """Statuses that the caller reads; others are raised as errors."""
    can_repeat: Callable[[], bool] = lambda: True
    """Whether the body can still be sent from its beginning."""

    def __repr__(self) -> str:
        return f"StreamCall({self.operation}, {self.request!r})"
