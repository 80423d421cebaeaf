"""Who is in a room, and `GET /admin/rooms/presence`, which shows it.

Evidence: recordings http_presence, live_room_presence. The type of a room does not tell rooms apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from threading import RLock
from typing import Any
from uuid import uuid4

import msgspec

from instant_admin.local import coerce
from instant_admin.local.identity import admin_app
from instant_admin.local.router import Call, Router
from instant_admin.local.store import ReadUnit
from instant_admin.local.users import directory

_as_json = msgspec.json.Encoder(order="sorted").encode
"""Compared so: to Python, True is 1."""
Send = Callable[[Mapping[str, Any]], None]
"""Sends a message, and returns at once."""


def _ignore(_message: Mapping[str, Any]) -> None:
    """Listen to nothing."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a room."""

    id: str
    """Of the session."""
    user_id: str | None
    """None for a visitor who is not signed in."""
    data: Any = field(repr=False)
    """What they show of themselves."""
    send: Send = field(default=_ignore, repr=False, compare=False)
    """How they hear of the others."""

    def saying(self, data: Any) -> dict[str, Any]:
        """Something that the member says."""
        user = None if self.user_id is None else {"id": self.user_id}
        return {"peer-id": self.id, "user": user, "data": data}


class Rooms:
    """The rooms of all apps, in memory. Threads may share it.

    After each change everyone in the room is told who is there. The same data once more are no change.
    """

    def __init__(self) -> None:
        self._rooms: dict[tuple[str, str], dict[str, Member]] = {}
        """By app and room; the members by session, in the order in which they came."""
        self._lock = RLock()

    def visit(self, app_id: str, room_id: str, data: Mapping[str, Any], user_id: str | None = None) -> Member:
        """Put somebody into a room who does not listen."""
        member = Member(str(uuid4()), user_id, dict(data))
        self.join(app_id, room_id, member)
        return member

    def join(self, app_id: str, room_id: str, member: Member) -> None:
        """Put somebody into a room; who is there already goes on showing its data, unless they are null or false."""
        with self._lock:
            known = self._rooms.get((app_id, room_id), {}).get(member.id)
            if known is None:
                self._put(app_id, room_id, member)
            elif not coerce.is_given(known.data):
                self.set_data(app_id, room_id, member.id, member.data)

    def leave(self, app_id: str, room_id: str, session_id: str) -> None:
        """Take a session out of a room; one that is not there is fine."""
        with self._lock:
            members = self._rooms.get((app_id, room_id), {})
            if members.pop(session_id, None) is not None:
                self._tell(app_id, room_id)
            if not members:
                self._rooms.pop((app_id, room_id), None)

    def leave_all(self, app_id: str, session_id: str) -> None:
        """Take a session out of all rooms."""
        with self._lock:
            for app, room_id in [place for place, members in self._rooms.items() if session_id in members]:
                if app == app_id:
                    self.leave(app_id, room_id, session_id)

    def set_data(self, app_id: str, room_id: str, session_id: str, data: Any) -> bool:
        """Let a session show something else; False where it is not in the room."""
        with self._lock:
            member = self._rooms.get((app_id, room_id), {}).get(session_id)
            if member is not None and _as_json(member.data) != _as_json(data):
                self._put(app_id, room_id, replace(member, data=data))
            return member is not None

    def members(self, app_id: str, room_id: str) -> list[Member]:
        """Who is in a room, in the order in which they came."""
        with self._lock:
            return list(self._rooms.get((app_id, room_id), {}).values())

    def clear(self, app_id: str) -> None:
        """Empty all rooms of an app."""
        with self._lock:
            for place in [place for place in self._rooms if place[0] == app_id]:
                members = list(self._rooms.pop(place).values())
                for member in members:
                    member.send({"op": "refresh-presence", "room-id": place[1], "data": {}})

    def _put(self, app_id: str, room_id: str, member: Member) -> None:
        self._rooms.setdefault((app_id, room_id), {})[member.id] = member
        self._tell(app_id, room_id)

    def _tell(self, app_id: str, room_id: str) -> None:
        members = self.members(app_id, room_id)
        message = {
            "op": "refresh-presence",
            "room-id": room_id,
            "data": {member.id: member.saying(member.data) for member in members},
        }
        for member in members:
            member.send(message)


def register(router: Router) -> None:
    """Add the presence route."""
    router.add("GET", "/admin/rooms/presence", show_presence)


def show_presence(call: Call) -> object:
    """The members of a room, by session id; null for a room without any."""
    app = admin_app(call)
    call.required_parameter("room-type", coerce.as_non_blank)
    members = call.instance.live.rooms.members(app.id, call.required_parameter("room-id", coerce.as_non_blank))
    with call.instance.store.read(app) as unit:
        return {"sessions": {member.id: _shown(unit, member) for member in members} or None}


def _shown(unit: ReadUnit, member: Member) -> dict[str, Any]:
    user = None if member.user_id is None else directory.find(unit, id=member.user_id)
    return {**member.saying(member.data), "user": user.shown() if user else None}
