"""Results hold the server's own keys, name the usual ones, and show no token."""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest

from instant_admin import DebugQueryResult, DebugTransactResult, PresenceSession, SignIn, TransactResult, User

ID = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"
TOKEN = "66666666-6666-4666-8666-666666666666"
FULL = {
    "id": ID,
    "email": "a@b.co",
    "type": "user",
    "isGuest": False,
    "imageURL": "https://a.b/c.png",
    "created_at": "2026-01-02T03:04:05Z",
    "refresh_token": TOKEN,
    "nickname": "ann",
}


def test_user_is_what_the_server_sent_with_names_for_the_usual_keys() -> None:
    user = User(FULL)
    assert user == FULL
    assert user["nickname"] == "ann"
    assert (user.id, user.email, user.type, user.is_guest) == (ID, "a@b.co", "user", False)
    assert (user.image_url, user.created_at, user.refresh_token) == (FULL["imageURL"], FULL["created_at"], TOKEN)


def test_what_a_user_lacks_is_none() -> None:
    user = User(id=ID)
    assert (user.email, user.type, user.image_url, user.created_at, user.refresh_token) == (None,) * 5
    assert user.is_guest is False


@pytest.mark.parametrize(
    ("fields", "is_guest"),
    [
        ({"isGuest": True}, True),
        ({"isGuest": True, "type": "user"}, True),
        ({"isGuest": False, "type": "guest"}, False),
        ({"type": "guest"}, True),
        ({"type": "user"}, False),
        ({"isGuest": None}, False),
        ({"type": None}, False),
    ],
)
def test_guest_is_who_the_server_says_is_one(fields: dict[str, Any], is_guest: bool) -> None:
    assert User(fields).is_guest is is_guest


def test_presence_names_the_usual_keys() -> None:
    session = PresenceSession({"peer-id": "p", "data": {"name": "ann"}, "user": FULL})
    assert (session.peer_id, session.data) == ("p", {"name": "ann"})
    assert isinstance(session.user, User)
    assert session.user.id == ID


@pytest.mark.parametrize("session", [{"peer-id": "p"}, {"peer-id": "p", "data": None, "user": None}])
def test_what_a_session_lacks_is_empty(session: dict[str, Any]) -> None:
    assert PresenceSession(session).data == {}
    assert PresenceSession(session).user is None


def test_sign_in_unpacks() -> None:
    user, created = SignIn(User(FULL), True)
    assert (user["id"], created) == (ID, True)


SHOWN: dict[str, tuple[object, str]] = {
    "user": (User(id=ID, email="a@b.co"), f"User({{'id': '{ID}', 'email': 'a@b.co'}})"),
    "token": (User(refresh_token=TOKEN), "User({'refresh_token': '[redacted]'})"),
    "no token": (User(refresh_token=None), "User({'refresh_token': None})"),
    "sign-in": (
        SignIn(User(refresh_token=TOKEN), True),
        "SignIn(user=User({'refresh_token': '[redacted]'}), created=True)",
    ),
    "presence": (PresenceSession({"peer-id": "p"}), "PresenceSession({'peer-id': 'p'})"),
    "transaction": (TransactResult(5), "TransactResult(tx_id=5)"),
    "query": (
        DebugQueryResult({"goals": [{"id": ID}]}, [{}, {}]),
        "DebugQueryResult(goals=<1>, check_results=<2>)",
    ),
    "trial": (
        DebugTransactResult(5, True, False, [{"a": 1}]),
        "DebugTransactResult(tx_id=5, all_checks_ok=True, committed=False)",
    ),
}


@pytest.mark.parametrize(("value", "text"), SHOWN.values(), ids=SHOWN)
def test_repr_is_short_and_without_tokens(value: object, text: str) -> None:
    assert repr(value) == text


def test_repr_of_a_user_in_a_session_shows_no_token() -> None:
    session = PresenceSession({"peer-id": "p", "user": {"refresh_token": TOKEN}, "data": [{"refresh_token": TOKEN}]})
    assert TOKEN not in repr(session)
    assert TOKEN not in repr(session.user)


def test_repr_of_much_data_is_cut() -> None:
    assert len(repr(User(bio="x" * 10_000))) < 420


@pytest.mark.parametrize("value", [value for value, _ in SHOWN.values()], ids=SHOWN)
def test_result_survives_pickling_and_copying(value: Any) -> None:
    for other in (pickle.loads(pickle.dumps(value)), copy.copy(value), copy.deepcopy(value)):
        assert other == value
        assert type(other) is type(value)
        assert repr(other) == repr(value)
