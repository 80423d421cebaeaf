"""Cross-origin calls: browsers of any origin may call a local Instant (recording auth_head_and_options).

Evidence: server contract, base URL, media types: OPTIONS is a 200, and with a text where it asks what may be called.
"""

from __future__ import annotations

from collections.abc import Mapping

from instant_admin.local.wire import TEXT_TYPE, Reply, Request

_METHODS = ("DELETE", "GET", "POST", "PUT")


def preflight(request: Request) -> Reply:
    """The answer to OPTIONS, the same for every path; an empty one to what no browser asks before it calls."""
    if "origin" not in request.headers or _asked_method(request) not in _METHODS:
        return Reply(200, {})
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
    return {"access-control-allow-origin": origin, "access-control-allow-methods": ", ".join(_METHODS)}


def _asked_method(request: Request) -> str:
    return request.headers.get("access-control-request-method", "").upper()
