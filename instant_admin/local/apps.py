"""Apps: making throw-away ones, reading and renaming them, and setting their status.

Evidence: recordings http_ephemeral_*, http_app_title, http_status_params, auth_status_endpoint.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from instant_admin.local import coerce, identity
from instant_admin.local.errors import record_not_found
from instant_admin.local.permissions import rule_routes
from instant_admin.local.router import Call, Router
from instant_admin.local.schema import add_to_new_app
from instant_admin.local.status import STATUSES
from instant_admin.local.store import App
from instant_admin.local.timestamps import timestamp

if TYPE_CHECKING:
    from instant_admin.local.instance import LocalInstant

_LIFETIME_MS = 14 * 24 * 3600 * 1000
_CREATOR_ID = "b07b8b5b-5fc4-4d4e-9b0e-6a3b1a6a9f10"
"""The account that owns all throw-away apps."""


def register(router: Router) -> None:
    """Add the routes for apps."""
    router.add("POST", "/dash/apps/ephemeral", create_ephemeral)
    router.add("GET", "/dash/apps/ephemeral/{app_id}", show_ephemeral)
    router.add("POST", "/dash/apps/ephemeral/{app_id}/status", set_status)
    router.add("GET", "/superadmin/apps/{app_id}", show)
    router.add("POST", "/superadmin/apps/{app_id}", rename)
    router.add("GET", "/dash/apps/{app_id}", show)


def create(
    instance: LocalInstant,
    title: str,
    *,
    schema: object = None,
    rules: object = None,
    app_id: str | None = None,
    admin_token: str | None = None,
) -> App:
    """Make an app.

    Args:
        instance: Where.
        title: Its name.
        schema: Entities and links to begin with, in the form of a schema push.
        rules: Permission rules to begin with.
        app_id: Its id; else a random one.
        admin_token: Its admin token; else a random one.

    Raises:
        Refusal: The rules are refused, and there is no app; or the schema is, and the app is there all the same, empty,
            as with the real server.
    """
    code = None if rules is None else rule_routes.checked(rules)
    app = instance.store.create_app(app_id or str(uuid4()), admin_token or str(uuid4()), title)
    if schema:
        with instance.store.write(app) as unit:
            add_to_new_app(unit, schema)
    if code is not None:
        instance.store.set_rules(app, json.dumps(code))
    return app


def create_ephemeral(call: Call) -> object:
    """Make an app that anybody may make."""
    title = call.required("title", coerce.as_non_blank)
    given = call.body.get("rules")
    code = cast("Mapping[str, object]", given).get("code") if isinstance(given, Mapping) else None
    app = create(call.instance, title, schema=call.body.get("schema"), rules=code)
    return {"app": {**_shown(app), "admin-token": app.admin_token}, "expires_ms": _expires_ms(app)}


def show_ephemeral(call: Call) -> object:
    """An app without its token, to anybody who knows its id."""
    app = _ephemeral(call)
    return {"app": _shown(app), "expires_ms": _expires_ms(app)}


def set_status(call: Call) -> object:
    """Make an app active, read-only or disabled."""
    app_id = call.path_uuid("app_id")
    token = call.required("admin-token", coerce.as_uuid)
    status = call.required("status", _as_status)
    app = _ephemeral(call)
    if app.admin_token != token:
        raise identity.unknown_admin_token(app_id, token)
    call.instance.store.set_status(app, status)
    return {"status": status}


def show(call: Call) -> object:
    """The app whose admin token the call has."""
    return {"app": _shown(identity.managed_app(call))}


def rename(call: Call) -> object:
    """Give an app another title."""
    app = identity.managed_app(call)
    title = call.required("title", coerce.as_non_blank)
    return {"app": _shown(call.instance.store.set_title(app, title))}


def _as_status(value: object) -> str | None:
    return value if isinstance(value, str) and value in STATUSES else None


def _ephemeral(call: Call) -> App:
    app_id = call.path_uuid("app_id")
    app = call.instance.store.find_app(app_id)
    if app is None:
        raise record_not_found("app", {"id": app_id})
    return app


def _shown(app: App) -> dict[str, Any]:
    """The app as its row in the server's database."""
    return {
        "id": app.id,
        "creator_id": _CREATOR_ID,
        "title": app.title,
        "created_at": timestamp(app.created_ms),
        "org_id": None,
        "subscription_id": None,
        "status": app.status,
        "magic_code_expiry_minutes": None,
        "deletion_marked_at": None,
        "connection_string": None,
    }


def _expires_ms(app: App) -> int:
    return app.created_ms + _LIFETIME_MS
