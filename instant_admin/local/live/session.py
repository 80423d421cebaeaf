"""One session: a client that listens, who it is, and what it hears."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from instant_admin.local.event_stream import EventStream
from instant_admin.local.files.urls import origin_of
from instant_admin.local.identity import Caller
from instant_admin.local.live.messages import RETRY, frame
from instant_admin.local.live.queries import LiveQueries
from instant_admin.local.router import Call

if TYPE_CHECKING:
    from instant_admin.local.live.live import Live

_BEHIND_BYTES = 8 * 1024 * 1024


class Session:
    """A client that listens. It stays who it was when it began, whatever becomes of the user meanwhile."""

    def __init__(self, live: Live, call: Call, caller: Caller, *, inference: bool) -> None:
        """Begin, and say so to the client.

        Args:
            live: All sessions.
            call: The request that the client listens to the answer of.
            caller: Who it is.
            inference: Whether its queries show singular links as objects or null.
        """
        self.live = live
        self.instance = call.instance
        self.call = call
        self.caller = caller
        self.inference = inference
        self.origin = origin_of(call.request)
        self.id = str(uuid4())
        self.token = str(uuid4())
        self.status = caller.app.status
        """The app's, as far as the client knows."""
        self.events = EventStream()
        self.queries = LiveQueries(self)
        init = {"op": "sse-init", "machine-id": live.machine_id, "session-id": self.id, "sse-token": self.token}
        self.events.put(frame(init) + RETRY)

    @property
    def app_id(self) -> str:
        """Whose data it is about."""
        return self.caller.app.id

    def send(self, message: Mapping[str, Any]) -> None:
        """Send a message, without waiting."""
        if not self.events.put(frame(message)):
            self.live.forget_later(self)

    @property
    def is_behind(self) -> bool:
        """Whether the client reads too slowly for more than what it must know."""
        return self.events.waiting_bytes > _BEHIND_BYTES

    def __repr__(self) -> str:
        return f"Session(id={self.id!r})"
