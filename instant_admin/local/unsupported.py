"""Routes of the real server that a local Instant does not have yet: refused by name, where an unknown one is a 404."""

from __future__ import annotations

from instant_admin.local.errors import not_supported_locally
from instant_admin.local.router import Call, Handler, Router

_ACCOUNTS = "Dashboard and platform accounts"

_ROUTES: dict[str, tuple[str, ...]] = {
    _ACCOUNTS: (
        "GET /superadmin/apps",
        "POST /superadmin/apps",
        "DELETE /superadmin/apps/{app_id}",
        "GET /superadmin/orgs",
        "GET /superadmin/orgs/{org_id}/apps",
        "POST /dash/apps",
        "POST /dash/apps/{app_id}/claim",
        "POST /dash/apps/ephemeral/{app_id}/claim",
        "POST /runtime/oauth/token",
        "POST /runtime/oauth/id_token",
        "GET /platform/oauth/token-info",
    ),
}


def register(router: Router) -> None:
    """Add a route that refuses for each of them."""
    for what, routes in _ROUTES.items():
        for route in routes:
            method, path = route.split(" ")
            router.add(method, path, _refusing(what))


def _refusing(what: str) -> Handler:
    def refuse(_: Call) -> object:
        raise not_supported_locally(what)

    return refuse
