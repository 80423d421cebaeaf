"""Refresh tokens: what keeps a user signed in. Only their hashes are stored, as `$userRefreshTokens`."""

from __future__ import annotations

import hashlib
from uuid import UUID, uuid4

from instant_admin.local.users.records import Reading, Writing, delete_entities, ids_with, link_sources, put, read_link

_TOKENS = "$userRefreshTokens"


def issue(unit: Writing, user_id: str) -> str:
    """Begin a session of a user and return its token."""
    token = str(uuid4())
    put(unit, _TOKENS, str(uuid4()), {"hashedToken": _hashed(token), "$user": user_id})
    return token


def owner(unit: Reading, token: str) -> str | None:
    """The id of the user whose session a token is, None for an unknown or ended one."""
    for session in ids_with(unit, _TOKENS, "hashedToken", _hashed(token)):
        return read_link(unit, _TOKENS, "$user", session)
    return None


def end(unit: Writing, token: str) -> None:
    """End the session of a token, if there is one."""
    delete_entities(unit, _TOKENS, ids_with(unit, _TOKENS, "hashedToken", _hashed(token)))


def end_all(unit: Writing, user_id: str) -> None:
    """End all sessions of a user."""
    delete_entities(unit, _TOKENS, link_sources(unit, _TOKENS, "$user", user_id))


def _hashed(token: str) -> str:
    return hashlib.sha256(UUID(token).bytes).hexdigest()
