"""What the server tells about sessions and streams (server contract, realtime 3 and 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import msgspec

from instant_admin._core.sse_message import SSEMessage
from instant_admin.errors import APIError, UnexpectedReplyError


@dataclass(frozen=True, slots=True)
class Opened:
    """The session is there."""

    machine_id: str
    session_id: str
    token: str

    def __repr__(self) -> str:
        return f"Opened(session_id={self.session_id!r})"


@dataclass(frozen=True, slots=True)
class Started:
    """A stream may be written, from this offset on."""

    event_id: str
    stream_id: str
    offset: int


@dataclass(frozen=True, slots=True)
class Flushed:
    """Everything below the offset is durable."""

    stream_id: str
    offset: int
    is_done: bool


@dataclass(frozen=True, slots=True)
class AppendFailed:
    """What was appended could not be stored; the writer has to begin anew."""

    stream_id: str


class Part(msgspec.Struct, frozen=True):
    """A stored part of a stream."""

    url: str
    """Signed, so it is a secret."""
    size: int
    """In bytes."""

    def __repr__(self) -> str:
        return f"Part({self.size} bytes)"


@dataclass(frozen=True, slots=True)
class Appended:
    """More of a stream that is read, its end, or that the subscription is over."""

    event_id: str
    stream_id: str | None
    offset: int | None
    """Where the first byte of this message is; None where it brings none."""
    parts: list[Part]
    """Come first."""
    content: str
    is_done: bool
    abort_reason: str | None
    error_type: str | None
    """Why the subscription is over; None where it is not."""
    may_retry: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A message was refused."""

    event_id: str
    op: str
    """What it asked for."""
    error: APIError


StreamMessage: TypeAlias = Started | Flushed | AppendFailed | Appended | Refused


class _Event(SSEMessage, rename="kebab"):
    """The keys of all messages that are read."""

    client_event_id: str | None = None
    machine_id: str | None = None
    session_id: str | None = None
    sse_token: str | None = None
    stream_id: str | None = None
    offset: int | None = None
    files: list[Part] | None = None
    content: str | None = None
    done: bool | None = None
    abort_reason: str | None = None
    error: Any = None
    error_type: str | None = None
    retry: Any = None
    original_event: Any = None


# A list too: the server has a path that batches (server contract, realtime 1).
_events = msgspec.json.Decoder(_Event | list[_Event])


def read_messages(data: bytes, *, secrets: tuple[str, ...], impersonated: bool) -> list[Opened | StreamMessage]:
    """The messages of one event; those that are not about streams are left out.

    Args:
        data: The event's data.
        secrets: Tokens of the session, to be masked in errors.
        impersonated: Whether it acts as a user.

    Raises:
        UnexpectedReplyError: It is no message of the server's.
    """
    try:
        decoded = _events.decode(data)
        events = decoded if isinstance(decoded, list) else [decoded]
        found = [_read(event, secrets, impersonated) for event in events]
    except (ValueError, TypeError, RecursionError) as cause:
        raise UnexpectedReplyError("The session holds what is no message.", status=200) from cause
    return [message for message in found if message is not None]


def _read(event: _Event, secrets: tuple[str, ...], impersonated: bool) -> Opened | StreamMessage | None:
    match event.op:
        case "sse-init":
            return Opened(_need(event.machine_id), _need(event.session_id), _need(event.sse_token))
        case "start-stream-ok":
            return Started(event.client_event_id or "", _need(event.stream_id), _need(event.offset))
        case "stream-flushed":
            return Flushed(_need(event.stream_id), _need(event.offset), event.done is True)
        case "append-failed":
            return AppendFailed(_need(event.stream_id))
        case "stream-append":
            return _appended(event)
        case "error":
            original = event.original_event if isinstance(event.original_event, dict) else {}
            error = event.to_error(secrets=secrets, impersonated=impersonated)
            return Refused(event.client_event_id or "", str(original.get("op")), error)
        case _:
            return None


def _appended(event: _Event) -> Appended:
    brings_data = bool(event.files or event.content)
    return Appended(
        event_id=event.client_event_id or "",
        stream_id=event.stream_id,
        offset=_need(event.offset) if brings_data else event.offset,
        parts=event.files or [],
        content=event.content or "",
        is_done=event.done is True,
        abort_reason=event.abort_reason,
        error_type=event.error_type or "unknown" if event.error else None,
        may_retry=event.retry is True,
    )


def _need(value: Any) -> Any:
    if value is None:
        raise ValueError("a key is missing")
    return value
