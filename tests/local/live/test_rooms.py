"""Rooms: who is there, who hears of it, and the visitors that tests put there."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local.live.clients import session
from tests.local.support import AdminCalls


def presence(admin: AdminCalls, room: str = "lobby") -> Any:
    return admin.call("GET", "/admin/rooms/presence", query={"room-type": "chat", "room-id": room}).body["sessions"]


def test_who_leaves_without_a_word_is_gone_at_once(admin: AdminCalls) -> None:
    ann, bob = session(admin), session(admin)
    ann.ask("join-room", room_id="lobby")
    bob.ask("join-room", room_id="lobby")
    ann.all()

    bob.close()

    (event,) = ann.all()
    assert event == {
        "op": "refresh-presence",
        "room-id": "lobby",
        "data": {ann.id: {"peer-id": ann.id, "user": None, "data": {}}},
    }


def test_the_last_one_leaves_an_empty_room(admin: AdminCalls) -> None:
    client = session(admin)
    client.ask("join-room", room_id="lobby")
    assert presence(admin) is not None

    client.ask("leave-room", room_id="lobby")

    assert presence(admin) is None


def test_visitors_of_tests_and_sessions_share_a_room(admin: AdminCalls) -> None:
    user = admin.ok("/admin/refresh_tokens", {"email": "ann@example.com"})["user"]
    client = session(admin)
    client.ask("join-room", room_id="lobby", data={"name": "me"})

    visitor = admin.instance.control.join_room(admin.app, "lobby", {"name": "Ann"}, user_id=user["id"])

    (event,) = client.all()
    assert event["data"][visitor] == {"peer-id": visitor, "user": {"id": user["id"]}, "data": {"name": "Ann"}}
    shown = presence(admin)
    assert shown[visitor]["user"]["email"] == "ann@example.com"
    assert shown[client.id] == {"peer-id": client.id, "user": None, "data": {"name": "me"}}

    admin.instance.control.leave_room(admin.app, "lobby", visitor)

    (event,) = client.all()
    assert list(event["data"]) == [client.id]


def test_rooms_of_different_apps_are_different(admin: AdminCalls) -> None:
    other = AdminCalls(admin.instance, admin.instance.create_app())
    here, there = session(admin), session(other)
    here.ask("join-room", room_id="lobby")

    there.ask("join-room", room_id="lobby")

    assert here.all() == []
    assert list(presence(other)) == [there.id]


def test_joining_again_changes_nothing(admin: AdminCalls) -> None:
    client = session(admin)
    client.ask("join-room", room_id="lobby", data={"n": 1})

    events = client.ask("join-room", room_id="lobby", data={"n": 2})

    assert [event["op"] for event in events] == ["join-room-ok"]
    assert presence(admin)[client.id]["data"] == {"n": 1}


def test_joining_again_shows_data_where_there_are_none(admin: AdminCalls) -> None:
    client = session(admin)
    client.ask("join-room", room_id="lobby", data=False)
    client.ask("set-presence", room_id="lobby")
    assert presence(admin)[client.id]["data"] is None

    events = client.ask("join-room", room_id="lobby", data={"n": 2})

    assert events[-1]["data"][client.id]["data"] == {"n": 2}


def test_the_same_data_again_are_no_news(admin: AdminCalls) -> None:
    client = session(admin)
    client.ask("join-room", room_id="lobby", data={"n": 1, "m": 2})

    assert [event["op"] for event in client.ask("set-presence", room_id="lobby", data={"m": 2, "n": 1})] == [
        "set-presence-ok"
    ]
    events = client.ask("set-presence", room_id="lobby", data={"n": True, "m": 2})
    assert {event["op"] for event in events} == {"set-presence-ok", "refresh-presence"}


def test_the_name_of_a_room_is_taken_as_it_is(admin: AdminCalls) -> None:
    client = session(admin)
    for name in (" lobby ", ""):
        assert client.ask("join-room", room_id=name)[0]["room-id"] == name

    assert presence(admin) is None


def test_a_topic_is_anything(admin: AdminCalls) -> None:
    ann, bob = session(admin), session(admin)
    for client in (ann, bob):
        client.ask("join-room", room_id="lobby")
    ann.all()

    assert ann.ask("client-broadcast", room_id="lobby")[0]["topic"] is None
    assert ann.ask("client-broadcast", room_id="lobby", topic=[1])[0]["topic"] == [1]
    assert [event.get("topic") for event in bob.all()] == [None, [1]]


@pytest.mark.parametrize("op", ["join-room", "leave-room", "set-presence", "client-broadcast"])
@pytest.mark.parametrize(("room", "type"), [(None, "param-missing"), (7, "param-malformed"), ([], "param-malformed")])
def test_a_room_needs_a_name(admin: AdminCalls, op: str, room: object, type: str) -> None:
    (event,) = session(admin).ask(op, room_id=room, topic="t")

    assert (event["op"], event["type"], event["hint"]["in"]) == ("error", type, ["room-id"])
