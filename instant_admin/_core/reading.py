"""Readers of reply bodies. Each raises ValueError, KeyError, TypeError or AttributeError for another shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import msgspec

from instant_admin.types import (
    DebugQueryResult,
    DebugTransactResult,
    PresenceSession,
    QueryRows,
    SignIn,
    TransactResult,
    User,
)

_rows = msgspec.json.Decoder(dict[str, list[dict[str, Any]]])
_object = msgspec.json.Decoder(dict[str, Any])

read_rows = _rows.decode
"""The rows of a query; its C code checks the shape on the way."""

_ReadDates: TypeAlias = Callable[[QueryRows], None] | None


def rows_reader(read_dates: _ReadDates) -> Callable[[bytes], QueryRows]:
    """A reader of the rows of a query.

    Args:
        read_dates: Makes datetimes of the dates in them, in place; None leaves them as they are.
    """
    if read_dates is None:
        return read_rows

    def read(body: bytes) -> QueryRows:
        rows = read_rows(body)
        read_dates(rows)
        return rows

    return read


def read_transact(body: bytes) -> TransactResult:
    """The result of a transaction."""
    return TransactResult(_int(_object.decode(body)["tx-id"]))


def read_debug_query(body: bytes, read_dates: _ReadDates = None) -> DebugQueryResult:
    """The result of a query tried as a user; `read_dates` as for `rows_reader`."""
    content = _object.decode(body)
    rows = msgspec.convert(content["result"], QueryRows)
    if read_dates is not None:
        read_dates(rows)
    return DebugQueryResult(
        result=rows,
        check_results=msgspec.convert(content["check-results"], list[dict[str, Any]]),
        rule_wheres=content.get("rule-wheres"),
    )


def read_debug_transact(body: bytes) -> DebugTransactResult:
    """The result of a transaction tried as a user."""
    content = _object.decode(body)
    return DebugTransactResult(
        tx_id=_int(content["tx-id"]),
        all_checks_ok=content["all-checks-ok?"] is True,
        committed=content["committed?"] is True,
        check_results=msgspec.convert(content["check-results"], list[dict[str, Any]]),
    )


def read_code(body: bytes) -> str:
    """A magic code."""
    return _str(_object.decode(body)["code"])


def read_sign_in(body: bytes) -> SignIn:
    """A user who just signed in."""
    content = _object.decode(body)
    return SignIn(_signed_in(content["user"]), content["created"] is True)


def read_guest_sign_in(body: bytes) -> SignIn:
    """A guest, who is always new."""
    return SignIn(_signed_in(_object.decode(body)["user"]), True)


def read_token(body: bytes) -> str:
    """The refresh token of a user who just signed in."""
    return _str(_signed_in(_object.decode(body)["user"])["refresh_token"])


def read_user(body: bytes) -> User:
    """A user."""
    return _user(_object.decode(body)["user"])


def read_found_user(body: bytes) -> User | None:
    """A user, or None."""
    user = _object.decode(body)["user"]
    return None if user is None else _user(user)


def read_deleted_user(body: bytes) -> User | None:
    """The user that was deleted, or None."""
    user = _object.decode(body)["deleted"]
    return None if user is None else _user(user)


def read_nothing(body: bytes) -> None:
    """An acknowledgement, of which only the shape is looked at."""
    _object.decode(body)


def read_presence(body: bytes) -> dict[str, PresenceSession]:
    """Sessions by id; the server sends null for none."""
    sessions = msgspec.convert(_object.decode(body).get("sessions") or {}, dict[str, dict[str, Any]])
    for session in sessions.values():
        _str(session["peer-id"])
    return {session_id: PresenceSession(session) for session_id, session in sessions.items()}


def _user(value: Any) -> User:
    if not isinstance(value, dict):
        raise TypeError(f"a user is an object, not {type(value).__name__}")
    _str(value["id"])
    return User(value)


def _signed_in(value: Any) -> User:
    user = _user(value)
    _str(user["refresh_token"])
    return user


def _int(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"a number is expected, not {type(value).__name__}")
    return value


def _str(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"text is expected, not {type(value).__name__}")
    return value
