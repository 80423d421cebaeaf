"""An app's status: active, read-only (writes are refused) or disabled (reads of data too).

Evidence: recordings http_status_read_only, http_status_disabled, auth_status_other_endpoints.
"""

from __future__ import annotations

from instant_admin.local.errors import app_disabled, app_read_only
from instant_admin.local.store import App

STATUSES = ("active", "read-only", "disabled")


def check_readable(app: App) -> None:
    """Refuse to read the data of a disabled app.

    Raises:
        Refusal: It is disabled.
    """
    if app.status == "disabled":
        raise app_disabled()


def check_writable(app: App) -> None:
    """Refuse to write to an app that is not active.

    Raises:
        Refusal: It is read-only or disabled.
    """
    check_readable(app)
    if app.status == "read-only":
        raise app_read_only()
