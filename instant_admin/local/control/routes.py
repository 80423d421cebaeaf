"""`/_local/...`: the control calls over HTTP, for tests in other languages. Only where the instance was told so.

There are no credentials, so requests of browsers are refused: a page of any origin could send them.

    POST    /_local/apps                             title?, schema?, rules?, app_id?, admin_token? -> the last two
    DELETE  /_local/apps/{app_id}
    POST    /_local/apps/{app_id}/reset              keep_schema?, keep_rules?
    GET     /_local/apps/{app_id}/content            -> a dump
    PUT     /_local/apps/{app_id}/content            a dump
    POST    /_local/apps/{app_id}/snapshots          -> snapshot
    POST    /_local/snapshots/{snapshot}/restore
    DELETE  /_local/snapshots/{snapshot}
    POST    /_local/clock/advance                    seconds -> now_ms
    POST    /_local/clock/reset                      -> now_ms
    GET     /_local/outbox                           ?app_id= -> emails
    POST    /_local/faults                           path?, status?, stall_seconds?, drop?, half_body?, times?
    DELETE  /_local/faults
    POST    /_local/rules/trace                      limit?
    GET     /_local/rules/trace                      -> evaluations
    DELETE  /_local/rules/trace
    POST    /_local/apps/{app_id}/rooms/{room_id}    data?, user_id? -> session_id
    DELETE  /_local/apps/{app_id}/rooms/{room_id}/{session_id}
    POST    /_local/settle
    DELETE  /_local/streams                          ?app_id=
"""

from __future__ import annotations

from dataclasses import asdict
from functools import wraps
from typing import Annotated, Any, TypeVar

import msgspec

from instant_admin.errors import ConfigurationError, InvalidArgumentError
from instant_admin.local import coerce
from instant_admin.local.control.faults import CONTROL_PREFIX
from instant_admin.local.errors import Refusal
from instant_admin.local.router import Call, Handler, Router

T = TypeVar("T")


def register(router: Router) -> None:
    """Add the routes."""
    for method, path, handler in (
        ("POST", "apps", create_app),
        ("DELETE", "apps/{app_id}", delete_app),
        ("POST", "apps/{app_id}/reset", reset),
        ("GET", "apps/{app_id}/content", dump),
        ("PUT", "apps/{app_id}/content", load),
        ("POST", "apps/{app_id}/snapshots", take_snapshot),
        ("POST", "snapshots/{snapshot}/restore", restore),
        ("DELETE", "snapshots/{snapshot}", drop_snapshot),
        ("POST", "clock/advance", advance),
        ("POST", "clock/reset", reset_clock),
        ("GET", "outbox", show_outbox),
        ("POST", "faults", add_fault),
        ("DELETE", "faults", clear_faults),
        ("POST", "rules/trace", start_trace),
        ("GET", "rules/trace", show_trace),
        ("DELETE", "rules/trace", stop_trace),
        ("POST", "apps/{app_id}/rooms/{room_id}", join_room),
        ("DELETE", "apps/{app_id}/rooms/{room_id}/{session_id}", leave_room),
        ("POST", "settle", settle),
        ("DELETE", "streams", end_streams),
    ):
        router.add(method, CONTROL_PREFIX + path, _guarded(handler))


def _guarded(handler: Handler) -> Handler:
    """The handler, but no browser reaches it, and what the Python side raises is a refusal."""

    @wraps(handler)
    def guarded(call: Call) -> object:
        if "origin" in call.request.headers:
            raise Refusal("validation-failed", "Browsers may not call /_local: it has no credentials.")
        try:
            return handler(call)
        except (InvalidArgumentError, ConfigurationError) as cause:
            raise Refusal("validation-failed", str(cause)) from cause

    return guarded


class _NewApp(msgspec.Struct, forbid_unknown_fields=True):
    title: str = "test"
    schema: dict[str, Any] | None = None
    rules: dict[str, Any] | None = None
    app_id: str | None = None
    admin_token: str | None = None


class _Reset(msgspec.Struct, forbid_unknown_fields=True):
    keep_schema: bool = True
    keep_rules: bool = True


class _Advance(msgspec.Struct, forbid_unknown_fields=True):
    seconds: float


class _Fault(msgspec.Struct, forbid_unknown_fields=True):
    path: str | None = None
    status: int | None = None
    stall_seconds: float = 0.0
    drop: bool = False
    half_body: bool = False
    times: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 1


class _Trace(msgspec.Struct, forbid_unknown_fields=True):
    limit: int = 1000


class _Visitor(msgspec.Struct, forbid_unknown_fields=True):
    data: dict[str, Any] | None = None
    user_id: str | None = None


def create_app(call: Call) -> object:
    """Make an app."""
    wanted = _read(call, _NewApp)
    app = call.instance.create_app(**msgspec.structs.asdict(wanted))
    return {"app_id": app.app_id, "admin_token": app.admin_token}


def delete_app(call: Call) -> object:
    """Delete an app."""
    call.instance.control.delete_app(call.path_uuid("app_id"))
    return {}


def reset(call: Call) -> object:
    """Empty an app."""
    how = _read(call, _Reset)
    call.instance.control.reset(call.path_uuid("app_id"), keep_schema=how.keep_schema, keep_rules=how.keep_rules)
    return {}


def dump(call: Call) -> object:
    """An app's content."""
    return call.instance.control.dump(call.path_uuid("app_id"))


def load(call: Call) -> object:
    """Other content for an app."""
    call.instance.control.load(call.path_uuid("app_id"), _read(call, dict[str, Any]))
    return {}


def take_snapshot(call: Call) -> object:
    """Remember an app as it is now."""
    control = call.instance.control
    return {"snapshot": control.keep(control.snapshot(call.path_uuid("app_id")))}


def restore(call: Call) -> object:
    """Make an app what it was."""
    control = call.instance.control
    control.restore(control.kept(call.path_parameters["snapshot"]))
    return {}


def drop_snapshot(call: Call) -> object:
    """Forget a snapshot."""
    call.instance.control.drop(call.path_parameters["snapshot"])
    return {}


def advance(call: Call) -> object:
    """Let the clock jump ahead."""
    call.instance.control.advance(_read(call, _Advance).seconds)
    return {"now_ms": call.instance.now_ms()}


def reset_clock(call: Call) -> object:
    """Let the clock show the time again."""
    call.instance.control.reset_clock()
    return {"now_ms": call.instance.now_ms()}


def show_outbox(call: Call) -> object:
    """The magic codes mailed so far."""
    emails = call.instance.control.outbox(call.optional_parameter("app_id", coerce.as_uuid))
    return {"emails": [asdict(email) for email in emails]}


def add_fault(call: Call) -> object:
    """Let the next request fail."""
    call.instance.control.fail_next(**msgspec.structs.asdict(_read(call, _Fault)))
    return {}


def clear_faults(call: Call) -> object:
    """Let nothing go wrong."""
    call.instance.control.clear_faults()
    return {}


def start_trace(call: Call) -> object:
    """Keep the evaluations of rules."""
    call.instance.control.start_rule_trace(_read(call, _Trace).limit)
    return {}


def show_trace(call: Call) -> object:
    """Which rules were evaluated."""
    return {"evaluations": [asdict(evaluation) for evaluation in call.instance.control.rule_trace()]}


def stop_trace(call: Call) -> object:
    """Keep no evaluations any more."""
    call.instance.control.stop_rule_trace()
    return {}


def join_room(call: Call) -> object:
    """Put somebody into a room."""
    visitor = _read(call, _Visitor)
    session_id = call.instance.control.join_room(
        call.path_uuid("app_id"), call.path_parameters["room_id"], visitor.data, user_id=visitor.user_id
    )
    return {"session_id": session_id}


def leave_room(call: Call) -> object:
    """Take somebody out of a room."""
    call.instance.control.leave_room(
        call.path_uuid("app_id"), call.path_parameters["room_id"], call.path_parameters["session_id"]
    )
    return {}


def settle(call: Call) -> object:
    """Wait until all live queries have been told of the changes so far."""
    call.instance.control.settle()
    return {}


def end_streams(call: Call) -> object:
    """End live queries and sessions."""
    call.instance.control.end_streams(call.optional_parameter("app_id", coerce.as_uuid))
    return {}


def _read(call: Call, shape: type[T]) -> T:
    """The body in its shape; an absent one is an empty object.

    Raises:
        Refusal: It has another shape, or is not declared as JSON.
    """
    if not call.body.is_json and any(call.request.pieces()):
        raise Refusal("validation-failed", "Send the body with `content-type: application/json`.")
    given = {} if call.body.value is None else call.body.value
    try:
        return msgspec.convert(given, shape)
    except msgspec.ValidationError as cause:
        raise Refusal("validation-failed", f"The body is not right: {cause}") from cause
