"""Cross-origin calls: browsers of any origin may call a local Instant (recording auth_head_and_options)."""

from __future__ import annotations

from collections.abc import Mapping

from instant_admin.local.wire import TEXT_TYPE, Reply, Request

_METHODS = "DELETE, GET, POST, PUT"


def preflight(request: Request) -> Reply:
    """The answer to OPTIONS, the same for every path."""
    headers = {"content-type": TEXT_TYPE}
    asked = request.headers.get("access-control-request-headers")
    if asked:
        headers["access-control-allow-headers"] = asked
    return Reply(200, headers, b"preflight complete")


def cors_headers(request: Request) -> Mapping[str, str]:
    """What every reply to a browser needs; nothing for a request without an origin."""
    origin = request.headers.get("origin")
    if origin is None:
        return {}
    return {"access-control-allow-origin": origin, "access-control-allow-methods": _METHODS}
