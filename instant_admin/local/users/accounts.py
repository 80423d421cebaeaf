"""Making, upgrading and deleting users.

Evidence: recordings auth_refresh_tokens_*, auth_verify_upgrades_guest, auth_verify_links_guest, auth_users_delete*.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from instant_admin.local.users import directory
from instant_admin.local.users.directory import GUEST, USERS, User
from instant_admin.local.users.records import Reading, Writing, delete_entities, link_sources, put, read_links

_USER = "user"


@dataclass(frozen=True, slots=True)
class Account:
    """The user a sign-in ends with."""

    id: str
    is_new: bool


def add(unit: Writing, user_id: str | None, email: str | None, fields: Mapping[str, Any]) -> Account:
    """Make a user, or give the one with this id another address: a user made so has no type."""
    user_id = user_id or str(uuid4())
    put(unit, USERS, user_id, {"email": email, **fields})
    return Account(user_id, is_new=True)


def add_guest(unit: Writing, fields: Mapping[str, Any]) -> Account:
    """Make a guest: without an address, not even a null one."""
    user_id = str(uuid4())
    put(unit, USERS, user_id, {"type": GUEST, **fields})
    return Account(user_id, is_new=True)


def sign_in(unit: Writing, email: str, guest: User | None, fields: Mapping[str, Any]) -> Account:
    """The user with an address, made where it does not exist.

    A guest becomes a new user, keeping its id; where the address is known already it stays a guest, linked to its user.
    """
    known = directory.find(unit, email=email)
    if known is None:
        user_id = guest.id if guest else str(uuid4())
        put(unit, USERS, user_id, {"email": email, "type": _USER, **fields})
        return Account(user_id, is_new=True)
    if guest is not None and guest.id != known.id:
        put(unit, USERS, guest.id, {"linkedPrimaryUser": known.id})
    return Account(known.id, is_new=False)


def delete(unit: Writing, user: User) -> dict[str, Any]:
    """Delete a user with its sessions and linked guests.

    Returns:
        The `$users` values that went with it, as the server gathers them: those of linked guests show where the user
        has none of its own, a has-many link shows one target, and a link that another user had to it shows the user's
        own id (recording auth_users_delete_linked_guests).
    """
    values: dict[str, Any] = {}
    for guest_id in link_sources(unit, USERS, "linkedPrimaryUser", user.id):
        guest = directory.find(unit, id=guest_id)
        values.update(guest.values if guest else {})
    gone = replace(user, values={**values, **user.values, **_links_lost(unit, user.id)})
    delete_entities(unit, USERS, [user.id])
    return gone.shown()


def _links_lost(unit: Reading, user_id: str) -> dict[str, str]:
    lost: dict[str, str] = {}
    for attribute in unit.attributes.of(USERS):
        if attribute.is_link:
            sources, targets = read_links(unit, attribute, user_id)
            if targets:
                lost[attribute.label] = targets[-1]
            elif sources and attribute.reverse is not None and attribute.reverse.etype == USERS:
                lost[attribute.label] = user_id
    return lost
