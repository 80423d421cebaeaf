"""Starting, writing and reading streams.

Admins need no rule. For others those of `$streams` count, and a stream's parts come with it, whatever the rules of
`$files` say (recordings stream_rules, stream_default_denied, stream_view_without_files_rule).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, cast

from instant_admin.local import coerce
from instant_admin.local.catalog import STREAMS
from instant_admin.local.cel import is_allowed
from instant_admin.local.errors import Refusal, permission_denied, validation_failed
from instant_admin.local.live.messages import Message
from instant_admin.local.live.session import Session
from instant_admin.local.live.stream_store import StoredStream, find_stream, start_stream
from instant_admin.local.live.streams import Reader
from instant_admin.local.permissions import circumstances_of
from instant_admin.local.permissions.asking import Entity, Question, ask
from instant_admin.local.query.records import RecordReader
from instant_admin.local.status import check_writable
from instant_admin.local.store import ReadUnit

_STREAM, _CLIENT = "stream-id", "client-id"


def start(session: Session, message: Message) -> None:
    """Make a stream, or go on with one."""
    client_id = message.required(_CLIENT, coerce.as_non_blank)
    token = message.required("reconnect-token", coerce.as_uuid)
    params = message.optional("rule-params", _as_object)
    streams = session.live.streams
    with streams.lock:
        with session.instance.store.write(session.caller.app, origin=session.origin) as unit:
            _ask(session, unit, "create", {"clientId": client_id}, params)
            check_writable(unit.app)
            stored = start_stream(unit, client_id, token, streams.machine_id)
        streams.start(session, stored)
    session.send(
        {
            "op": "start-stream-ok",
            "client-event-id": message.event_id,
            _CLIENT: client_id,
            _STREAM: stored.id,
            "offset": stored.size,
        }
    )


def append(session: Session, message: Message) -> None:
    """Write to a stream that this session has started."""
    stream_id = message.required(_STREAM, coerce.as_uuid)
    chunks = message.required("chunks", _as_texts)
    offset = message.required("offset", _as_offset)
    is_done = message.optional("done", _as_true) or False
    abort_reason = message.optional("abort-reason", coerce.as_non_blank)
    session.live.streams.append(session, stream_id, offset, chunks, is_done=is_done, abort_reason=abort_reason)


def subscribe(session: Session, message: Message) -> None:
    """Read a stream."""
    stream_id = message.optional(_STREAM, coerce.as_uuid)
    client_id = message.optional(_CLIENT, coerce.as_non_blank)
    offset = message.optional("offset", _as_offset) or 0
    _ = message.optional("rule-params", _as_object)
    if stream_id is None and client_id is None:
        raise _refused("subscribe-stream", message, "Must provide either a stream-id or a client-id")
    with session.live.streams.lock:
        stored = _visible(session, message, stream_id, client_id)
        reader = Reader(session, message.event_id, stored.id, stored.client_id)
        if stored.is_done:
            _send_all(reader, stored, offset)
        else:
            session.live.streams.subscribe(reader, stored, offset)


def unsubscribe(session: Session, message: Message) -> None:
    """Stop reading a stream."""
    event_id = message.get("subscribe-event-id")
    if event_id is None or not session.live.streams.unsubscribe(session, event_id):
        raise _refused("unsubscribe-stream", message, "Stream subscription is missing.")


def _visible(session: Session, message: Message, stream_id: str | None, client_id: str | None) -> StoredStream:
    """The stream with an id, or with a client id, which the session may see.

    Raises:
        Refusal: There is none, it may not, or it is no stream that somebody has started.
    """
    with session.instance.store.read(session.caller.app, origin=session.origin) as unit:
        stored = find_stream(unit, id=stream_id, client_id=client_id)
        if stored is None:
            raise _refused("subscribe-stream", message, "Stream is missing.")
        record = RecordReader(unit, STREAMS).load([stored.id])[stored.id]
        _ask(session, unit, "view", record, message.optional("rule-params", _as_object))
    if stored.values.get("machineId") is None:
        raise _refused("subscribe-stream", message, "Stream is invalid.")
    return stored


def _send_all(reader: Reader, stored: StoredStream, offset: int) -> None:
    """Send a stream that is done: its parts, and that there is no more."""
    begin, parts = stored.parts_from(offset)
    reader.send(offset=begin, files=parts, done=True, abort_reason=stored.values.get("abortReason"))


def _ask(
    session: Session,
    unit: ReadUnit,
    action: Literal["create", "view"],
    record: Mapping[str, Any],
    params: Mapping[str, Any] | None,
) -> None:
    """Ask the rule for making or seeing a stream.

    Raises:
        Refusal: It says no, or cannot be evaluated.
    """
    if session.caller.is_admin:
        return
    circumstances = circumstances_of(session.call, unit.app, session.caller.user)
    rule = circumstances.rules.find(STREAMS, action)
    new_data = record if action == "create" else None
    question = None if rule is None else Question(rule, Entity(STREAMS, record), new_data, rule_params=params)
    if not is_allowed(ask(unit, circumstances, [question])[0]):
        raise permission_denied((STREAMS, action), "has-streams-permission?")


def _as_texts(value: object) -> list[str] | None:
    if not isinstance(value, list):
        return None
    texts: list[Any] = value
    return texts if all(isinstance(text, str) for text in texts) else None


def _as_offset(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _as_true(value: object) -> bool | None:
    return True if value is True else None


def _as_object(value: object) -> dict[str, Any] | None:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def _refused(data_type: str, message: Message, text: str) -> Refusal:
    return validation_failed(data_type, message.original, [{"message": text}])
