"""Finding users, and the user object that the auth endpoints show.

Evidence: recordings auth_users_get_object, auth_refresh_tokens_extra_fields, auth_user_type_written_by_admin.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from instant_admin.local import coerce
from instant_admin.local.errors import Refusal, bad_request, record_not_found
from instant_admin.local.timestamps import timestamp
from instant_admin.local.users import tokens
from instant_admin.local.users.records import Reading, ids_with, read_entity

USERS = "$users"
GUEST = "guest"
_SECRET = "encryptedClientSecret"  # noqa: S105  a label
_RENAMED = {
    "clientId": "client_id",
    "userInfo": "user_info",
    "redirectUrl": "redirect_url",
    "redirectTo": "redirect_to",
    "authCode": "auth_code",
    "discoveryEndpoint": "discovery_endpoint",
    "codeChallenge": "code_challenge",
    "codeChallengeMethod": "code_challenge_method",
    "stateHash": "state_hash",
    "useSharedCredentials": "use_shared_credentials",
    _SECRET: "client_secret",
}
"""Labels that collide with internal column names (server contract, the user object)."""


@dataclass(frozen=True, slots=True)
class User:
    """A user or guest of an app."""

    id: str
    app_id: str
    created_ms: int
    values: Mapping[str, Any]
    """Attributes by label, `id` included; has-one links as ids."""

    @property
    def is_guest(self) -> bool:
        """Whether its type is exactly "guest"."""
        return self.values.get("type") == GUEST

    def shown(self, *, refresh_token: str | None = None) -> dict[str, Any]:
        """The user object, with the token that the call is about."""
        shown: dict[str, Any] = {
            "app_id": self.app_id,
            "created_at": timestamp(self.created_ms),
            "isGuest": self.is_guest,
        }
        for label, value in self.values.items():
            shown[_RENAMED.get(label, label)] = _as_column(label, value)
        if refresh_token is not None:
            shown["refresh_token"] = refresh_token
        return shown


def find(
    unit: Reading, *, id: str | None = None, email: str | None = None, refresh_token: str | None = None
) -> User | None:
    """The user with an id, with exactly this address, or with a session of this token."""
    if refresh_token is not None:
        id = tokens.owner(unit, refresh_token)
    elif email is not None:
        id = next(iter(ids_with(unit, USERS, "email", email)), None)
    if id is None:
        return None
    entity = read_entity(unit, USERS, id)
    return User(id, unit.app.id, entity.created_ms, entity.values) if entity else None


def unknown_token(app_id: str, token: str) -> Refusal:
    """Nobody of an app has a session of this token."""
    return record_not_found("app-user", {"app-id": app_id, "refresh-token": token})


def _as_column(label: str, value: Any) -> Any:
    """A value as the server reads it from a column of that name."""
    if label.startswith("$"):
        return coerce.as_uuid(value)
    if label != _SECRET or value is None:
        return value
    try:
        return base64.b64encode(binascii.unhexlify(value)).decode()
    except (TypeError, ValueError) as cause:
        raise bad_request(f"`{_SECRET}` of a user must be hexadecimal text.") from cause
