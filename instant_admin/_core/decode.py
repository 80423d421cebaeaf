"""From a reply to a value or to one of our errors: the one place where replies are judged."""

from __future__ import annotations

from typing import TypeVar

from instant_admin._core.api_errors import read_api_error
from instant_admin._core.wire import Call, WireReply
from instant_admin.errors import UnexpectedReplyError

T = TypeVar("T")


def finish(call: Call[T], reply: WireReply) -> T:
    """The call's result.

    Raises:
        APIError: The status is anything but 200; the server uses no other for success.
        UnexpectedReplyError: The body of a 200 is empty, no JSON, or not this operation's reply.
    """
    if reply.status != 200:
        raise read_api_error(reply.status, reply.body, secrets=call.secrets, impersonated=call.impersonated)
    try:
        return call.parse(reply.body)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as cause:
        kind = _content_type(reply)
        what = "an empty body" if len(reply.body) == 0 else f"a body that is no {call.operation} reply ({kind})"
        raise UnexpectedReplyError(f"The server answered 200 with {what}.", status=200) from cause


def _content_type(reply: WireReply) -> str:
    try:
        return reply.headers.get("content-type") or "no content type"
    except ValueError:  # not every library can decode what is no ASCII
        return "an unreadable content type"
