"""Sessions and streams: from arguments to calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from instant_admin._core.context import Context
from instant_admin._core.generated import wire_request
from instant_admin._core.ids import check_uuid
from instant_admin._core.storage.file_calls import fetch
from instant_admin._core.storage.transfer import Transfer
from instant_admin._core.streams.messages import Opened, Part
from instant_admin._core.streams.reader import ReaderMachine
from instant_admin._core.streams.writer import WriterMachine
from instant_admin._core.values import to_json_object
from instant_admin._core.wire import Call, StreamCall, StreamRequest
from instant_admin._version import __version__
from instant_admin.errors import InvalidArgumentError


def open_session(context: Context) -> StreamCall:
    """Open a session."""
    from instant_admin_api.api.realtime import open_session as operation
    from instant_admin_api.models.open_session_request import OpenSessionRequest

    body = OpenSessionRequest(inference=context.policy.infers, versions={"instant-admin": __version__})
    kwargs = operation._get_kwargs(body=body, **context.user_parameters)
    request = wire_request(kwargs, context.credentials(needs_token=False))
    return StreamCall(
        "openSession",
        StreamRequest(request.method, request.target, request.headers, request.body),
        is_read=True,
        secrets=context.secrets,
        impersonated=context.impersonation is not None,
        can_repeat=_never,  # the session waits and tries again in its own way
    )


def push(app_id: str, session: Opened, messages: Sequence[dict[str, Any]], secrets: tuple[str, ...]) -> Call[None]:
    """Let a session do something. Its token is the credential."""
    from instant_admin_api.api.realtime import push_messages as operation
    from instant_admin_api.models.push_messages_request import PushMessagesRequest

    body = PushMessagesRequest(
        machine_id=session.machine_id,
        session_id=session.session_id,
        sse_token=session.token,
        messages=list(messages),
    )
    request = wire_request(operation._get_kwargs(body=body, app_id=app_id), {})
    return Call("pushMessages", request, lambda _: None, is_read=False, secrets=secrets)


def fetch_part(part: Part) -> StreamCall:
    """Fetch a stored part of a stream."""
    return replace(
        fetch(Transfer(part.url, part.size)), operation="fetchStreamPart", accepted=frozenset({200}), can_repeat=_never
    )


def write(context: Context, client_id: Any, reconnect_token: Any, rule_params: Any) -> WriterMachine:
    """A stream to write.

    Raises:
        InvalidArgumentError: An argument cannot be sent.
        ConfigurationError: There is no admin token and the call needs one.
    """
    context.credentials(needs_token=False)
    token = str(uuid4()) if reconnect_token is None else check_uuid(reconnect_token, "write: reconnect_token")
    return WriterMachine(
        _name(client_id, "write"),
        token,
        _params(context, rule_params, "write"),
        is_continued=reconnect_token is not None,
    )


def read(context: Context, client_id: Any, stream_id: Any, byte_offset: Any, rule_params: Any) -> ReaderMachine:
    """A stream to read.

    Raises:
        InvalidArgumentError: An argument cannot be sent.
        ConfigurationError: There is no admin token and the call needs one.
    """
    context.credentials(needs_token=False)
    if client_id is None and stream_id is None:
        raise InvalidArgumentError("read takes a client_id or a stream_id.")
    if not isinstance(byte_offset, int) or isinstance(byte_offset, bool) or byte_offset < 0:
        raise InvalidArgumentError(f"read: byte_offset must be a number of bytes, got {byte_offset!r:.80}.")
    return ReaderMachine(
        None if client_id is None else _name(client_id, "read"),
        None if stream_id is None else check_uuid(stream_id, "read: stream_id"),
        byte_offset,
        _params(context, rule_params, "read"),
    )


def _name(value: Any, method: str) -> str:
    if isinstance(value, UUID):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise InvalidArgumentError(f"{method}: client_id must be text that is not blank, got {value!r:.80}.")
    return value


def _params(context: Context, value: Mapping[str, Any] | None, method: str) -> dict[str, Any] | None:
    return None if value is None else to_json_object(value, f"{method}: rule_params", context.converter)


def _never() -> bool:
    return False
