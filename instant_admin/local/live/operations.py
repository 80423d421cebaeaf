"""What a session may be asked for, and who does it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from instant_admin.local.data_routes import permissions_of
from instant_admin.local.errors import Refusal, not_supported_locally, validation_failed
from instant_admin.local.live import room_operations, stream_operations
from instant_admin.local.live.messages import Message, error_event
from instant_admin.local.live.queries import isn
from instant_admin.local.live.session import Session
from instant_admin.local.transact import run_tx_steps

_log = logging.getLogger("instant_admin.local")

Operation = Callable[[Session, Message], None]


def perform(session: Session, fields: Any) -> None:
    """Do what a client has pushed. Never raises: what goes wrong is sent to it.

    Args:
        session: The client's.
        fields: The message as sent.
    """
    message = Message(fields if isinstance(fields, dict) else {}, session.id)
    try:
        operation = None if message.op is None else _OPERATIONS.get(message.op)
        if operation is None:
            raise Refusal("param-malformed", "Invalid op", {"op": message.op})
        operation(session, message)
    except Refusal as refusal:
        session.send(error_event(refusal, message.original, message.event_id))
    except RecursionError:
        too_deep = Refusal("validation-failed", "The message is nested too deeply.")
        session.send(error_event(too_deep, {"op": message.op}, message.event_id))
    except Exception as error:  # noqa: BLE001  a server answers, whatever happens
        _log.exception("%s failed", message.op)
        session.send(error_event(error, message.original, message.event_id))


def _refuse_init(_: Session, message: Message) -> None:
    entry = {"message": "`init` has already run for this session."}
    raise validation_failed("init", message.original, [entry])


def _refuse_sync(_session: Session, _message: Message) -> None:
    raise not_supported_locally("Table syncs")


def _add_query(session: Session, message: Message) -> None:
    session.queries.add(message)


def _remove_query(session: Session, message: Message) -> None:
    session.queries.remove(message)


def _transact(session: Session, message: Message) -> None:
    caller = session.caller
    with session.instance.store.write(caller.app, origin=session.origin) as unit:
        permissions = permissions_of(session.call, unit, caller)
        number = run_tx_steps(unit, message.get("tx-steps"), permissions=permissions)
    session.send({"op": "transact-ok", "tx-id": number, "isn": isn(number), "client-event-id": message.event_id})


_OPERATIONS: dict[str, Operation] = {
    "init": _refuse_init,
    "add-query": _add_query,
    "remove-query": _remove_query,
    "transact": _transact,
    "join-room": room_operations.join,
    "leave-room": room_operations.leave,
    "set-presence": room_operations.set_presence,
    "client-broadcast": room_operations.broadcast,
    "start-stream": stream_operations.start,
    "append-stream": stream_operations.append,
    "subscribe-stream": stream_operations.subscribe,
    "unsubscribe-stream": stream_operations.unsubscribe,
    "start-sync": _refuse_sync,
    "remove-sync": _refuse_sync,
    "resync-table": _refuse_sync,
}
