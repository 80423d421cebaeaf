"""`POST /admin/subscribe-query`, `POST /admin/sse` and `POST /admin/sse/push`.

Everything that is wrong before a stream begins is an ordinary refusal (recordings live_refused_before_start,
live_refused_impersonation, live_session_refused, live_push_malformed, live_push_wrong_ids).
"""

from __future__ import annotations

from typing import Any, cast
from uuid import uuid4

from instant_admin.local import coerce, identity
from instant_admin.local.live.messages import HEADERS
from instant_admin.local.live.operations import perform
from instant_admin.local.live.session import Session
from instant_admin.local.router import Call, Router
from instant_admin.local.wire import Reply


def register(router: Router) -> None:
    """Add the routes."""
    router.add("POST", "/admin/subscribe-query", subscribe_query)
    router.add("POST", "/admin/sse", open_session)
    router.add("POST", "/admin/sse/push", push)


def subscribe_query(call: Call) -> object:
    """Answer one query, and then its changes."""
    app_id = identity.app_id_of(call)
    wanted = call.required("query", _as_object)
    session = _open(call, app_id)
    event_id = str(uuid4())
    perform(session, {"op": "add-query", "q": wanted, "return-type": "tree", "client-event-id": event_id})
    return _reply(session)


def open_session(call: Call) -> object:
    """Answer all that is pushed to the session."""
    return _reply(_open(call, identity.app_id_of(call)))


def push(call: Call) -> object:
    """Let a session do something. Its token is the credential."""
    identity.app_id_of(call)
    call.required_parameter("app_id", coerce.as_uuid)
    machine_id = call.required("machine_id", coerce.as_uuid)
    session_id = call.required("session_id", coerce.as_uuid)
    token = call.required("sse_token", coerce.as_uuid)
    messages = call.required("messages", _as_list)
    session = call.instance.live.find(machine_id, session_id, token)
    for message in messages:
        perform(session, message)
    return {}


def _open(call: Call, app_id: str) -> Session:
    caller = identity.caller(call, app_id)
    return call.instance.live.open(call, caller, inference=call.flag("inference?"))


def _reply(session: Session) -> Reply:
    return Reply(200, HEADERS, events=session.events)


def _as_object(value: object) -> dict[str, Any] | None:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def _as_list(value: object) -> list[Any] | None:
    return value if isinstance(value, list) else None
