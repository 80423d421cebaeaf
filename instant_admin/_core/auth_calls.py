"""Users and their tokens: from arguments to calls. Made as the app itself, whoever the context acts as."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from instant_admin._core import reading
from instant_admin._core.context import Context
from instant_admin._core.generated import wire_request
from instant_admin._core.ids import check_uuid
from instant_admin._core.values import to_json_object
from instant_admin._core.wire import Call
from instant_admin.errors import InvalidArgumentError
from instant_admin.types import SignIn, User


def create_magic_code(context: Context, email: str) -> Call[str]:
    """Make a code."""
    from instant_admin_api.api.auth import create_magic_code as operation
    from instant_admin_api.models.create_magic_code_request import CreateMagicCodeRequest

    body = CreateMagicCodeRequest(email=_text(email, "email"))
    return _call(
        "createMagicCode", context, operation._get_kwargs(body=body, **context.app_parameters), reading.read_code
    )


def send_magic_code(context: Context, email: str) -> Call[str]:
    """Make a code and mail it."""
    from instant_admin_api.api.auth import send_magic_code as operation
    from instant_admin_api.models.send_magic_code_request import SendMagicCodeRequest

    body = SendMagicCodeRequest(email=_text(email, "email"))
    return _call(
        "sendMagicCode", context, operation._get_kwargs(body=body, **context.app_parameters), reading.read_code
    )


def verify_magic_code(
    context: Context, email: str, code: str, extra_fields: Mapping[str, Any] | None, refresh_token: str | None
) -> Call[SignIn]:
    """Use a code up."""
    from instant_admin_api.api.auth import verify_magic_code as operation
    from instant_admin_api.models.verify_magic_code_request import VerifyMagicCodeRequest

    if not isinstance(code, str):
        raise InvalidArgumentError(f"code must be text, so that leading zeros stay, got {type(code).__name__}.")
    given = _extra_fields(context, extra_fields)
    if refresh_token is not None:
        given["refresh_token"] = _text(refresh_token, "refresh_token")
    body = VerifyMagicCodeRequest(email=_text(email, "email"), code=_text(code, "code"), **given)
    kwargs = operation._get_kwargs(body=body, **context.app_parameters)
    return _call("verifyMagicCode", context, kwargs, reading.read_sign_in, code, refresh_token)


def create_token(context: Context, email: str | None, id: Any, extra_fields: Mapping[str, Any] | None) -> Call[str]:
    """Sign a user in, for the token alone."""
    kwargs = _refresh_token_kwargs(context, "create_token", email, id, extra_fields)
    return _call("createRefreshToken", context, kwargs, reading.read_token)


def sign_in(context: Context, email: str | None, id: Any, extra_fields: Mapping[str, Any] | None) -> Call[SignIn]:
    """Sign a user in."""
    kwargs = _refresh_token_kwargs(context, "sign_in", email, id, extra_fields)
    return _call("createRefreshToken", context, kwargs, reading.read_sign_in)


def sign_in_guest(context: Context, extra_fields: Mapping[str, Any] | None) -> Call[SignIn]:
    """Make a guest."""
    from instant_admin_api.api.auth import sign_in_guest as operation
    from instant_admin_api.models.sign_in_guest_request import SignInGuestRequest

    body = SignInGuestRequest(**_extra_fields(context, extra_fields))
    kwargs = operation._get_kwargs(body=body, **context.app_parameters)
    return _call("signInGuest", context, kwargs, reading.read_guest_sign_in)


def verify_refresh_token(context: Context, refresh_token: str) -> Call[User]:
    """The user of a token. The only call without credentials: neither the token of the app nor its header is sent."""
    from instant_admin_api.api.auth import verify_refresh_token as operation
    from instant_admin_api.models.verify_refresh_token_request import VerifyRefreshTokenRequest

    token = _text(refresh_token, "refresh_token")
    body = VerifyRefreshTokenRequest(app_id=context.app_id, refresh_token=token)
    kwargs = operation._get_kwargs(body=body, app_id=context.app_id)
    request = wire_request(kwargs, {})
    return Call("verifyRefreshToken", request, reading.read_user, is_read=True, secrets=(token,))


def get_user(context: Context, email: str | None, id: Any, refresh_token: str | None) -> Call[User | None]:
    """Find a user."""
    from instant_admin_api.api.auth import get_user as operation

    kwargs = operation._get_kwargs(**_one_of("get_user", email, id, refresh_token), **context.app_parameters)
    return _call("getUser", context, kwargs, reading.read_found_user, refresh_token, is_read=True)


def delete_user(context: Context, email: str | None, id: Any, refresh_token: str | None) -> Call[User | None]:
    """Delete a user."""
    from instant_admin_api.api.auth import delete_user as operation

    kwargs = operation._get_kwargs(**_one_of("delete_user", email, id, refresh_token), **context.app_parameters)
    return _call("deleteUser", context, kwargs, reading.read_deleted_user, refresh_token)


def sign_out(context: Context, email: str | None, id: Any, refresh_token: str | None) -> Call[None]:
    """Revoke tokens."""
    from instant_admin_api.api.auth import sign_out as operation
    from instant_admin_api.models.sign_out_request import SignOutRequest

    body = SignOutRequest(**_one_of("sign_out", email, id, refresh_token))
    kwargs = operation._get_kwargs(body=body, **context.app_parameters)
    return _call("signOut", context, kwargs, reading.read_nothing, refresh_token)


def _refresh_token_kwargs(
    context: Context, method: str, email: str | None, id: Any, extra_fields: Mapping[str, Any] | None
) -> dict[str, Any]:
    from instant_admin_api.api.auth import create_refresh_token as operation
    from instant_admin_api.models.create_refresh_token_request import CreateRefreshTokenRequest

    body = CreateRefreshTokenRequest(**_one_of(method, email, id), **_extra_fields(context, extra_fields))
    return operation._get_kwargs(body=body, **context.app_parameters)


def _call(
    operation: str, context: Context, kwargs: dict[str, Any], parse: Any, *secrets: str | None, is_read: bool = False
) -> Call[Any]:
    request = wire_request(kwargs, context.credentials(needs_token=True))
    masked = (*context.secrets, *(secret for secret in secrets if secret))
    return Call(operation, request, parse, is_read=is_read, secrets=masked)


def _one_of(method: str, email: str | None, id: Any, *refresh_token: str | None) -> dict[str, str]:
    """The one identity given, by its wire name.

    Raises:
        InvalidArgumentError: None or several. The server would silently prefer one.
    """
    names = "email, id" + (", refresh_token" if refresh_token else "")
    given = {"email": email, "id": id, "refresh_token": refresh_token[0] if refresh_token else None}
    chosen = {name: value for name, value in given.items() if value is not None}
    if len(chosen) != 1:
        raise InvalidArgumentError(f"{method} takes exactly one of {names}; got {', '.join(chosen) or 'none'}.")
    name, value = chosen.popitem()
    return {name: check_uuid(value, f"{method}: id") if name == "id" else _text(value, name)}


def _extra_fields(context: Context, extra_fields: Mapping[str, Any] | None) -> dict[str, Any]:
    if extra_fields is None:
        return {}
    return {"extra_fields": to_json_object(extra_fields, "extra_fields", context.converter)}


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidArgumentError(f"{name} must be text that is not blank, got {type(value).__name__}.")
    return value
