"""The route by which a front end of Instant's hands its user to the backend's own domain, to be kept in a cookie."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Mapping
from typing import Any

from instant_admin._core.cookies import write_session
from instant_admin._core.web import javascript_json
from instant_admin._core.web.headers import read_header
from instant_admin._core.web.messages import WebReply, WebRequest, accepted, refused

_COOKIE_BYTES = 4096
"""What browsers keep at least, and hardly more."""

_logger = logging.getLogger("instant_admin")


def answer_sync_user(app_id: str, request: WebRequest) -> WebReply:
    """Keep the user, or end the session where there is none. The token is not verified here: whoever reads the cookie
    does that."""
    # Browsers say so where another site sends the request: it would sign a visitor in as somebody else's user.
    if read_header(request.source, "sec-fetch-site") == "cross-site":
        return refused(403, "Requests from other sites are not taken.")
    try:
        content = javascript_json.parse(request.body)
    except ValueError:
        return refused(400, "The body is no JSON.")
    message: Mapping[str, Any] = content if isinstance(content, dict) else {}
    kind, user = message.get("type"), message.get("user")
    if _is_empty(kind):
        return refused(400, "The body has no type.")
    if not _is_same(message.get("appId"), app_id):
        return refused(403, "The app is another one.")
    if kind != "sync-user":
        return refused(400, "The type is unknown.")
    is_signed_in = isinstance(user, dict) and not _is_empty(user.get("refresh_token"))
    try:
        cookie = write_session(app_id, user if is_signed_in else None)
    except ValueError:
        return refused(400, "The user is nested too deeply.")
    if len(cookie) > _COOKIE_BYTES:
        _logger.warning("The session cookie has %d bytes: browsers may drop it.", len(cookie))
    return accepted(("set-cookie", cookie))


def _is_empty(value: object) -> bool:
    """What JavaScript takes for false. Its empty lists and objects are true."""
    return value is None or value is False or value == "" or value == 0


def _is_same(given: object, app_id: str) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode(errors="replace"), app_id.encode())
