"""Sessions of Instant's front ends on your own domain: the route that keeps the user in a cookie.

The front end posts its user there whenever somebody signs in or out (`firstPartyPath` of the JS SDK). The cookie then
comes with every request to your domain, and `db.auth.get_user_from_request(request)` says whose it is.

from instant_admin.web import sync_user_app

app.mount("/api/instant", sync_user_app(app_id="..."))  # Starlette, FastAPI; sync_user_wsgi_app for WSGI
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from instant_admin._core.settings import read_app_id
from instant_admin._core.web.asgi import ASGIApp, asgi_app
from instant_admin._core.web.headers import IncomingRequest
from instant_admin._core.web.messages import MAX_BODY_BYTES, WebReply, WebRequest
from instant_admin._core.web.sync_user import answer_sync_user
from instant_admin._core.web.wsgi import wsgi_app

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

__all__ = ["IncomingRequest", "sync_user_app", "sync_user_wsgi_app"]


def sync_user_app(app_id: str | None = None, *, max_body_bytes: int = MAX_BODY_BYTES) -> ASGIApp:
    """An ASGI application that keeps the front end's user in a cookie, and drops it on sign-out.

    It answers every path and method alike, so mount it where the front end posts to. The cookie is the JS SDK's to the
    byte: out of reach of scripts (HttpOnly), sent over TLS only (Secure; browsers except localhost), never along from
    other sites (SameSite=Strict), for seven days. Nothing is verified here and nothing else of a request comes back.

    Args:
        app_id: UUID of the app; else INSTANT_APP_ID. Requests for other apps are refused with 403.
        max_body_bytes: Longer requests are refused with 413.

    Raises:
        ConfigurationError: There is no app id, or it is no UUID.
    """
    checked = read_app_id(app_id, os.environ)

    async def answer(request: WebRequest) -> WebReply:
        return answer_sync_user(checked, request)

    return asgi_app(answer, max_body_bytes)


def sync_user_wsgi_app(app_id: str | None = None, *, max_body_bytes: int = MAX_BODY_BYTES) -> WSGIApplication:
    """The same as a WSGI application; see `sync_user_app`."""
    checked = read_app_id(app_id, os.environ)
    return wsgi_app(lambda request: answer_sync_user(checked, request), max_body_bytes)
