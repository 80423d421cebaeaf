"""The session cookie that Instant's front ends keep on a backend's own domain."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote

import msgspec

from instant_admin._core.web.headers import read_header
from instant_admin._core.web.javascript_json import stringify

_MAX_AGE_SECONDS = 7 * 24 * 60 * 60
_UNRESERVED = "-_.!~*'()"  # beside letters and digits, as in JavaScript's encodeURIComponent


def read_session_token(request: object, app_id: str) -> str | None:
    """The refresh token in a request's `instant_user_<app id>` cookie.

    The cookie comes from outside, so one that cannot be read counts as none. Of two with the same name the first
    counts, as in the JS SDK.

    Args:
        request: See `read_header`.
        app_id: Whose cookie.

    Raises:
        InvalidArgumentError: It is no request.
    """
    value = _find_cookie(read_header(request, "cookie") or "", _name(app_id))
    if not value:
        return None
    try:
        user = msgspec.json.decode(unquote(value, errors="strict"))
    except (ValueError, RecursionError):
        return None
    token = user.get("refresh_token") if isinstance(user, dict) else None
    return token if isinstance(token, str) and token else None


def write_session(app_id: str, user: Any) -> str:
    """The `Set-Cookie` header that keeps a user, to the byte as the JS SDK writes it.

    Args:
        app_id: Whose cookie.
        user: JSON made by `javascript_json.parse`; None to end the session.

    Raises:
        ValueError: The user is nested too deeply.
    """
    value = "" if user is None else quote(stringify(user), safe=_UNRESERVED)
    max_age = -1 if user is None else _MAX_AGE_SECONDS
    return f"{_name(app_id)}={value}; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age={max_age}"


def _name(app_id: str) -> str:
    return f"instant_user_{app_id}"


def _find_cookie(header: str, wanted: str) -> str | None:
    for pair in header.split(";"):
        name, separator, value = pair.strip().partition("=")
        if separator and name == wanted:
            return value
    return None
