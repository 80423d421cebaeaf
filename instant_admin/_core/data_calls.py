"""Queries, transactions and rooms: from arguments to calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from instant_admin._core import reading
from instant_admin._core.context import Context
from instant_admin._core.generated import wire_request
from instant_admin._core.queries import build_query
from instant_admin._core.transactions import collect_steps
from instant_admin._core.values import to_json_object
from instant_admin._core.wire import Call, StreamCall, StreamRequest
from instant_admin._version import __version__
from instant_admin.errors import ConfigurationError, InvalidArgumentError
from instant_admin.types import DebugQueryResult, DebugTransactResult, PresenceSession, TransactResult

if TYPE_CHECKING:
    from instant_admin._core.live.call import LiveCall
    from instant_admin._perms.values import Rules


def query(context: Context, query: Any, rule_params: Mapping[str, Any] | None, row_type: Any = None) -> Call[Any]:
    """Read entities, into plain rows or into the caller's types."""
    from instant_admin_api.api.data import query as operation
    from instant_admin_api.models.query_request import QueryRequest

    policy = context.policy
    built = build_query(query, rule_params, context.converter)
    policy.check_query(built)
    body = QueryRequest(query=built, inference=policy.infers)
    kwargs = operation._get_kwargs(body=body, **context.user_parameters)
    read_dates = policy.date_reader(built)
    if row_type is None:
        read: Callable[[bytes], Any] = reading.rows_reader(read_dates)
    else:
        from instant_admin._core.row_types import typed_rows_reader

        read = typed_rows_reader(row_type, built, read_dates)
    return _data_call("query", context, kwargs, read, is_read=True)


def subscribe_query(context: Context, query: Any, rule_params: Mapping[str, Any] | None) -> LiveCall:
    """Follow a query."""
    from instant_admin_api.api.realtime import subscribe_query as operation
    from instant_admin_api.models.subscribe_query_request import SubscribeQueryRequest

    from instant_admin._core.live.call import LiveCall
    from instant_admin._core.live.messages import MessageReader

    policy = context.policy
    built = build_query(query, rule_params, context.converter)
    policy.check_query(built)
    body = SubscribeQueryRequest(query=built, inference=policy.infers, versions={"instant-admin": __version__})
    # As the JS SDK: the app in the header only, and an id that outlives lost connections.
    parameters: dict[str, Any] = {**context.user_parameters, "local_connection_id": str(uuid4())}
    del parameters["app_id_query"]
    kwargs = operation._get_kwargs(body=body, **parameters)
    request = wire_request(kwargs, context.credentials(needs_token=False))
    reader = MessageReader(context.secrets, context.impersonation is not None, policy.date_reader(built))
    stream = StreamCall(
        "subscribeQuery",
        StreamRequest(request.method, request.target, request.headers, request.body),
        is_read=True,
        secrets=reader.secrets,
        impersonated=reader.impersonated,
    )
    return LiveCall(stream, reader)


def transact(context: Context, chunks: Any) -> Call[TransactResult]:
    """Write."""
    from instant_admin_api.api.data import transact as operation
    from instant_admin_api.models.transact_request import TransactRequest

    steps = context.policy.hold_steps(collect_steps(chunks))
    body = TransactRequest(steps=steps, throw_on_missing_attrs=context.policy.refuses_unknown)
    kwargs = operation._get_kwargs(body=body, **context.user_parameters)
    return _data_call("transact", context, kwargs, reading.read_transact, is_read=False)


def debug_query(
    context: Context,
    query: Any,
    rules: Rules | Mapping[str, Any] | None,
    rule_params: Mapping[str, Any] | None,
    ip: str | None,
    origin: str | None,
) -> Call[DebugQueryResult[Any]]:
    """Read as a user, with the rules' verdicts."""
    from instant_admin_api.api.data import check_query_permissions as operation
    from instant_admin_api.models.check_query_permissions_request import CheckQueryPermissionsRequest

    _require_user(context, "debug_query")
    policy = context.policy
    built = build_query(query, rule_params, context.converter)
    policy.check_query(built, is_debug=True)
    body = CheckQueryPermissionsRequest(query=built, inference=policy.infers, **_overrides(rules, ip, origin))
    kwargs = operation._get_kwargs(body=body, **context.user_parameters)
    read = partial(reading.read_debug_query, read_dates=policy.date_reader(built))
    return _data_call("checkQueryPermissions", context, kwargs, read, is_read=True, needs_token=True)


def debug_transact(
    context: Context,
    chunks: Any,
    rules: Rules | Mapping[str, Any] | None,
    ip: str | None,
    origin: str | None,
    commit: bool,
) -> Call[DebugTransactResult]:
    """Try a transaction as a user, with the rules' verdicts."""
    from instant_admin_api.api.data import check_transact_permissions as operation
    from instant_admin_api.models.check_transact_permissions_request import CheckTransactPermissionsRequest

    _require_user(context, "debug_transact")
    if not isinstance(commit, bool):
        raise InvalidArgumentError(f"debug_transact: commit must be True or False, got {commit!r:.80}.")
    overrides = _overrides(rules, ip, origin)
    if commit:
        overrides["dangerously_commit_tx"] = True
    if context.policy.strict:  # with a schema alone the JS SDK does not ask for it here
        overrides["throw_on_missing_attrs"] = True
    steps = context.policy.hold_steps(collect_steps(chunks), is_debug=True)
    body = CheckTransactPermissionsRequest(steps=steps, **overrides)
    kwargs = operation._get_kwargs(body=body, **context.user_parameters)
    return _data_call(
        "checkTransactPermissions", context, kwargs, reading.read_debug_transact, is_read=not commit, needs_token=True
    )


def get_presence(context: Context, room_type: str, room_id: str) -> Call[dict[str, PresenceSession]]:
    """Who is in a room."""
    from instant_admin_api.api.rooms import get_presence as operation

    for name, value in (("room_type", room_type), ("room_id", room_id)):
        if not isinstance(value, str) or not value.strip():
            raise InvalidArgumentError(f"get_presence: {name} must be text that is not blank, got {value!r:.80}.")
    kwargs = operation._get_kwargs(room_type=room_type, room_id=room_id, **context.app_parameters)
    request = wire_request(kwargs, context.credentials(needs_token=True))
    return Call("getPresence", request, reading.read_presence, is_read=True, secrets=context.secrets)


def _data_call(
    operation: str, context: Context, kwargs: dict[str, Any], parse: Any, *, is_read: bool, needs_token: bool = False
) -> Call[Any]:
    return Call(
        operation,
        wire_request(kwargs, context.credentials(needs_token=needs_token)),
        parse,
        is_read=is_read,
        secrets=context.secrets,
        impersonated=context.impersonation is not None,
    )


def _overrides(rules: Rules | Mapping[str, Any] | None, ip: str | None, origin: str | None) -> dict[str, Any]:
    given: dict[str, Any] = {}
    if rules is not None:
        # Told by its method, so that programs without `Rules` need not load it.
        to_json = getattr(rules, "to_json", None)
        given["rules_override"] = to_json_object(rules if to_json is None else to_json(), "rules")
    for name, value in (("ip", ip), ("origin", origin)):
        if value is None:
            continue
        if not isinstance(value, str) or not value.strip():
            raise InvalidArgumentError(f"{name} must be text that is not blank, got {value!r:.80}.")
        given[f"{name}_override"] = value
    return given


def _require_user(context: Context, method: str) -> None:
    if context.impersonation is None:
        raise ConfigurationError(
            f"{method} shows what rules say of a user, and the app itself is under no rules: call it on "
            f"db.as_user(...)."
        )
