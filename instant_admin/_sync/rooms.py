# Derived from instant_admin/_async/rooms.py by scripts/generate_sync.py (make sync). Do not edit.
"""Rooms, blocking."""

from __future__ import annotations

from instant_admin._core import data_calls as calls
from instant_admin._core.context import Context
from instant_admin._sync.gateway import Gateway
from instant_admin.types import PresenceSession, Timeout


class Rooms:
    """`db.rooms`. Every call here is made as the app itself; `as_user` does not change it."""

    def __init__(self, gateway: Gateway, context: Context) -> None:
        self._gateway = gateway
        self._context = context

    def get_presence(
        self, room_type: str, room_id: str, *, timeout: float | Timeout | None = None
    ) -> dict[str, PresenceSession]:
        """Who is in a room now, by session id; empty for a room without sessions.

        Args:
            room_type: Kind of room, such as "chat".
            room_id: The room. Any text.
            timeout: For this call, in seconds.

        Source: GET /admin/rooms/presence, `getPresence` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.get_presence(self._context, room_type, room_id), timeout)
