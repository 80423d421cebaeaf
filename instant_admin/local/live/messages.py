"""Messages of sessions: what clients push, read key by key, and what the server sends, as frames of an event stream.

Evidence: server contract, realtime 1 and 3.3, errors 5.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from instant_admin.local import coerce
from instant_admin.local.errors import Blunder, Refusal, as_shown, param_malformed, param_missing
from instant_admin.local.router import Reader

T = TypeVar("T")

HEADERS = {"content-type": "text/event-stream; charset=UTF-8", "cache-control": "nocache"}
RETRY = b"retry:500\n\n"
"""How many milliseconds a client waits before it connects again."""
_INTERNAL = frozenset({"timeout", "parameter-limit-exceeded"})
"""Refusals that are the server's fault here, though the caller's over HTTP."""
_UNEXPECTED = "Yikes, something broke on our end! Sorry about that."


def frame(message: Mapping[str, Any]) -> bytes:
    """A message as it is sent."""
    return b"data:" + msgspec.json.encode(message) + b"\n\n"


def error_event(error: Exception, original: Mapping[str, Any], event_id: object) -> dict[str, Any]:
    """What is sent instead of an answer.

    Args:
        error: Why.
        original: The event that cannot be answered.
        event_id: Its `client-event-id`.
    """
    event: dict[str, Any] = {"op": "error", "client-event-id": event_id, "original-event": as_shown(original)}
    if not isinstance(error, Refusal):
        return event | {"status": 500, "type": None, "message": _UNEXPECTED, "hint": None}
    if isinstance(error, Blunder):
        return event | {"status": 500, "type": None, "message": error.message, "hint": None}
    status = 500 if error.type in _INTERNAL else 400
    return event | {"status": status, "type": error.type, "message": error.message, "hint": as_shown(error.hint)}


class Message:
    """What a client has pushed to its session."""

    def __init__(self, fields: Mapping[str, Any], session_id: str) -> None:
        self._fields = fields
        self._session_id = session_id

    @property
    def op(self) -> str | None:
        """What is asked for; whatever is no text counts as nothing."""
        return coerce.as_given_text(self._fields.get("op"))

    @property
    def event_id(self) -> object:
        """The client's name for it, which the answer repeats."""
        return self._fields.get("client-event-id")

    @property
    def original(self) -> dict[str, Any]:
        """The message as errors show it."""
        return {**self._fields, "op": self.op, "session-id": self._session_id}

    def get(self, key: str) -> Any:
        """A key as it was sent; None for an absent one."""
        return self._fields.get(key)

    def required(self, key: str, read: Reader[T]) -> T:
        """A key that must be there.

        Raises:
            Refusal: It is absent, or `read` cannot read it.
        """
        value = self.optional(key, read)
        if value is None:
            raise param_missing((key,))
        return value

    def optional(self, key: str, read: Reader[T]) -> T | None:
        """A key that may be absent.

        Raises:
            Refusal: It is there, and `read` cannot read it.
        """
        given = self._fields.get(key)
        if not coerce.is_given(given):
            return None
        value = read(given)
        if value is None:
            raise param_malformed((key,), given)
        return value
