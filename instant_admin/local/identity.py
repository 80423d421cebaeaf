"""Who a request is from: the app it names, its bearer token, and the user it acts as.

Evidence: recordings http_app_id_forms, auth_token_forms, auth_token_missing, auth_token_unknown, http_manage_bad_token.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from instant_admin.local import coerce
from instant_admin.local.errors import Refusal, param_malformed, param_missing, record_not_found, validation_failed
from instant_admin.local.router import Call
from instant_admin.local.store import App
from instant_admin.local.users import directory
from instant_admin.local.users.directory import User

_APP_ID_HEADER = ("headers", "app-id")
_APP_ID_PARAMETER = ("query-params", "app_id")
_AUTHORIZATION = ("headers", "authorization")
_UNKNOWN_TOKEN = "This admin token may be expired or invalid. Or you may have provided an incorrect app ID."  # noqa: S105  a sentence
_PLATFORM_TOKENS = {"pat_": "oauth-access-token", "per_": "instant-user"}
"""Prefix of a platform token, and the record that an unknown one is missing."""


class Role(Enum):
    """What a caller may do: everything, or what the rules allow."""

    ADMIN = "admin"
    USER = "user"
    GUEST = "guest"


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who reads or writes the data of an app."""

    app: App
    role: Role
    user: User | None = None
    """Who acts, where it is a user."""

    @property
    def is_admin(self) -> bool:
        """Whether rules do not apply."""
        return self.role is Role.ADMIN


def app_id_of(call: Call) -> str:
    """The app id of an `/admin` request: the header, or without one the query parameter.

    Raises:
        Refusal: It is missing or no UUID.
    """
    places = (_APP_ID_HEADER, _APP_ID_PARAMETER)
    given: object = call.request.headers.get("app-id")
    place = _APP_ID_HEADER
    if given is None:
        place = _APP_ID_PARAMETER
        values = [value for name, value in call.request.query if name == "app_id"]
        if not values:
            raise param_missing(_APP_ID_HEADER, elsewhere=[_APP_ID_PARAMETER])
        given = values[0] if len(values) == 1 else values
    app_id = coerce.as_uuid(given)
    if app_id is None:
        raise param_malformed(place, given, places=places)
    return app_id


def admin_app(call: Call) -> App:
    """The app of an `/admin` request that must carry the app's admin token; impersonation is ignored.

    Raises:
        Refusal: The app id or the token is missing, malformed, or they do not belong together.
    """
    return _authorized(call, app_id_of(call))


def caller(call: Call, app_id: str) -> Caller:
    """Who a query or transaction is from: `as-token`, else `as-email`, else `as-guest`, else the admin.

    Raises:
        Refusal: The admin token is needed and not right, or there is no such user.
    """
    return _impersonated(call, app_id) or Caller(_authorized(call, app_id), Role.ADMIN)


def checked_caller(call: Call, app_id: str) -> Caller:
    """Who a permission check is about: it needs the admin token, and somebody to act as.

    Raises:
        Refusal: The admin token is not right, nobody is impersonated, or there is no such user.
    """
    _authorized(call, app_id)
    acting = _impersonated(call, app_id)
    if acting is None:
        raise validation_failed("non-admin", "non-admin", [{"message": "Cannot test perms as admin"}])
    return acting


def managed_app(call: Call) -> App:
    """The app in the path of a `/dash` or `/superadmin` request that carries its admin token.

    Raises:
        Refusal: The id in the path or the token is missing, malformed, or they do not belong together.
    """
    token = _bearer_token(call)
    app_id = call.path_uuid("app_id")
    app = call.instance.store.find_app_by_token(token)
    if app is None:
        raise record_not_found("instant-user", {"auth?": True}, status=401)
    if app.id != app_id:
        raise Refusal("validation-failed", "This admin token is for another app.", {"reason": "admin-token-mismatch"})
    return app


def front_end_caller(call: Call, app_id: str) -> Caller | None:
    """Who a request of a front end is from: the user whose refresh token is its bearer, else a guest.

    Returns:
        The caller; None where there is no such app.
    """
    app = call.instance.store.find_app(app_id)
    if app is None:
        return None
    token = coerce.as_uuid(call.request.headers.get("authorization", "").rsplit("Bearer ", 1)[-1])
    with call.instance.store.read(app) as unit:
        user = None if token is None else directory.find(unit, refresh_token=token)
    return Caller(app, Role.GUEST if user is None else Role.USER, user)


def _authorized(call: Call, app_id: str) -> App:
    token = _bearer_token(call)
    app = call.instance.store.find_app(app_id)
    if app is None or app.admin_token != token:
        raise unknown_admin_token(app_id, token)
    return app


def unknown_admin_token(app_id: str, token: str) -> Refusal:
    """No app has this id and this token."""
    return record_not_found("app-admin-token", {"app-id": app_id, "token": token}, message=_UNKNOWN_TOKEN)


def _bearer_token(call: Call) -> str:
    """The admin token of a request. The word Bearer is optional, and what follows its last mention counts."""
    header = call.request.headers.get("authorization")
    if header is None:
        raise param_missing(_AUTHORIZATION)
    token = coerce.trim(header.rsplit("Bearer ", 1)[-1])
    for prefix, record_type in _PLATFORM_TOKENS.items():
        if token.startswith(prefix):
            raise record_not_found(record_type)
    read = coerce.as_uuid(token)
    if read is None:
        raise param_malformed(_AUTHORIZATION, header)
    return read


def _impersonated(call: Call, app_id: str) -> Caller | None:
    headers = call.request.headers
    if "as-token" in headers:
        return _with_token(call, app_id, headers["as-token"])
    if "as-email" in headers:
        return _with_email(_authorized(call, app_id), headers["as-email"], call)
    if "as-guest" in headers:
        app = call.instance.store.find_app(app_id)
        if app is None:
            raise record_not_found("app", {"id": app_id})
        return Caller(app, Role.GUEST)
    return None


def _with_email(app: App, email: str, call: Call) -> Caller:
    with call.instance.store.read(app) as unit:
        user = directory.find(unit, email=email)
    if user is None:
        raise record_not_found("app-user", {"app-id": app.id, "email": email})
    return Caller(app, Role.USER, user)


def _with_token(call: Call, app_id: str, given: str) -> Caller:
    token = coerce.as_uuid(given)
    if token is None:
        raise param_malformed(("asUser", "token"), given)
    app = call.instance.store.find_app(app_id)
    if app is not None:
        with call.instance.store.read(app) as unit:
            user = directory.find(unit, refresh_token=token)
        if user is not None:
            return Caller(app, Role.USER, user)
    raise directory.unknown_token(app_id, token)
