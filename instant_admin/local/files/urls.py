"""Addresses of files: signed, valid for seven days from the start of the current UTC day, so all day the same.

Everything stands in the path, so that no client that rewrites query strings can break it. The key is the app's admin
token: who knows it may read every file anyway.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import NamedTuple

from instant_admin.local.wire import IN_PROCESS_ORIGIN, Request

PREFIX = "/storage/files/"
_DAY_SECONDS = 24 * 3600
_VALID_SECONDS = 7 * _DAY_SECONDS
_SIGNATURE_LENGTH = 32


class Signed(NamedTuple):
    """What the address of a file says."""

    app_id: str
    location_id: str
    expires: int
    """In seconds since 1970."""
    signature: str


def origin_of(request: Request) -> str:
    """Where a request reached this server, as the beginning of addresses given out to its sender."""
    host = request.headers.get("host")
    return f"http://{host}" if host else IN_PROCESS_ORIGIN


def file_url(origin: str, app_id: str, admin_token: str, location_id: str, now_ms: int) -> str:
    """The address of a file."""
    expires = now_ms // 1000 // _DAY_SECONDS * _DAY_SECONDS + _VALID_SECONDS
    signature = _signature(admin_token, app_id, location_id, expires)
    return f"{origin}{PREFIX}{app_id}/{location_id}/{expires}/{signature}"


def is_valid(signed: Signed, admin_token: str, now_ms: int) -> bool:
    """Whether an address was given out here and is still good."""
    expected = _signature(admin_token, signed.app_id, signed.location_id, signed.expires)
    return hmac.compare_digest(expected, signed.signature) and now_ms < signed.expires * 1000


def _signature(admin_token: str, app_id: str, location_id: str, expires: int) -> str:
    text = f"{app_id}/{location_id}/{expires}"
    return hmac.new(admin_token.encode(), text.encode(), hashlib.sha256).hexdigest()[:_SIGNATURE_LENGTH]
