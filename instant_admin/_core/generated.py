"""The one place that knows what generated requests look like.

Of the generated client only the `_get_kwargs` functions and the request models are used: they know methods, paths, and
the names of parameters and keys. Its transport is not: it returns errors instead of raising them, shares headers
between clients, waits for ever, and fails at unknown status codes.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from instant_admin._core.values import encode_json
from instant_admin._core.wire import WireRequest
from instant_admin._version import __version__
from instant_admin.errors import InvalidArgumentError

_VERSION = {"instant-admin-version": f"v{__version__}", "user-agent": f"instant-admin-python/{__version__}"}


def wire_request(kwargs: dict[str, Any], credentials: dict[str, str]) -> WireRequest:
    """The request that a generated `_get_kwargs` describes.

    Args:
        kwargs: What `_get_kwargs` returned.
        credentials: The header that authorizes the call, or none.

    Raises:
        InvalidArgumentError: An argument is no valid text.
    """
    headers = {**_VERSION, **credentials}
    params = kwargs.get("params")
    target = kwargs["url"]
    if params:
        target = f"{target}?{_query_string(params)}"
    for name, value in kwargs.get("headers", {}).items():
        headers[name.lower()] = value
    # On requests without a body too, as the JS SDK does: the server lists files only with it.
    headers["content-type"] = "application/json"
    body = encode_json(kwargs["json"]) if "json" in kwargs else None
    return WireRequest(kwargs["method"].upper(), target, headers, body)


def _query_string(params: dict[str, Any]) -> str:
    try:
        # %20 rather than +: a plus sign in an address must not be taken for a blank by anything on the way.
        return urlencode(params, quote_via=quote)
    except UnicodeEncodeError:
        raise InvalidArgumentError("An argument holds a lone surrogate, which is not valid text.") from None
