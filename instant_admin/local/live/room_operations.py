"""Joining and leaving rooms, showing oneself there, and speaking to the others.

Evidence: recordings live_room_presence, live_room_broadcast.
"""

from __future__ import annotations

from instant_admin.local import coerce
from instant_admin.local.errors import Refusal, validation_failed
from instant_admin.local.live.messages import Message
from instant_admin.local.live.rooms import Member
from instant_admin.local.live.session import Session

_ROOM = "room-id"


def join(session: Session, message: Message) -> None:
    """Enter a room, showing `data`. Who is there already goes on showing what it shows."""
    room_id = message.required(_ROOM, coerce.as_given_text)
    user = session.caller.user
    data = message.get("data")
    member = Member(session.id, user.id if user else None, data if coerce.is_given(data) else {}, session.send)
    _confirm(session, message, room_id)
    session.live.rooms.join(session.app_id, room_id, member)


def leave(session: Session, message: Message) -> None:
    """Leave a room."""
    room_id = message.required(_ROOM, coerce.as_given_text)
    session.live.rooms.leave(session.app_id, room_id, session.id)
    _confirm(session, message, room_id)


def set_presence(session: Session, message: Message) -> None:
    """Show other `data` in a room, null too."""
    room_id = message.required(_ROOM, coerce.as_given_text)
    if not session.live.rooms.set_data(session.app_id, room_id, session.id, message.get("data")):
        raise _not_there(message)
    _confirm(session, message, room_id)


def broadcast(session: Session, message: Message) -> None:
    """Tell `data` to everyone else in a room. Nobody looks at the topic on the way."""
    room_id = message.required(_ROOM, coerce.as_given_text)
    members = session.live.rooms.members(session.app_id, room_id)
    speaker = next((member for member in members if member.id == session.id), None)
    if speaker is None:
        raise _not_there(message)
    said = {_ROOM: room_id, "topic": message.get("topic"), "data": speaker.saying(message.get("data"))}
    for member in members:
        if member.id != session.id:
            member.send({"op": "server-broadcast", **said})
    session.send({"op": "client-broadcast-ok", **said, "client-event-id": message.event_id})


def _confirm(session: Session, message: Message, room_id: str) -> None:
    session.send({"op": f"{message.op}-ok", _ROOM: room_id, "client-event-id": message.event_id})


def _not_there(message: Message) -> Refusal:
    return validation_failed("room", message.original, [{"message": "You have not joined this room."}])
