"""What nobody may write: columns of the system namespaces that the server keeps itself (server contract, 4.8)."""

from __future__ import annotations

from collections.abc import Sequence

from instant_admin.local.catalog import FILES, OPEN_ETYPES, STREAMS, USERS
from instant_admin.local.errors import validation_failed
from instant_admin.local.schema.refusals import tx_step_refused
from instant_admin.local.store.stored_value import is_uuid
from instant_admin.local.transact.lookups import Lookup, find
from instant_admin.local.transact.operations import ADD, DeleteOperation, Operation, ValueOperation
from instant_admin.local.transact.state import WorkingSet

_PATH = "path"
_STREAM_FILES = "$stream/"
_OPEN_TO_ADMINS = {FILES: frozenset({"id", _PATH}), STREAMS: frozenset({"id"})}
"""System columns that an admin may write; where a namespace is not named, all."""
_OPEN_TO_USERS = {FILES: frozenset({"id", _PATH}), STREAMS: frozenset({"id"}), USERS: frozenset({"id"})}
"""System columns that a user may write, if the rules allow it."""


def check_system_columns(operations: Sequence[Operation], *, is_admin: bool) -> None:
    """Refuse the first operation that writes what only the server may.

    Raises:
        Refusal: There is one.
    """
    for operation in operations:
        if isinstance(operation, ValueOperation):
            if operation.attribute.is_system:
                _check_value(operation, is_admin=is_admin)
        elif isinstance(operation, DeleteOperation) and not is_admin:
            _check_delete(operation)


def check_user(working: WorkingSet, operations: Sequence[Operation]) -> None:
    """Refuse what only an admin may do, whatever the rules say (recordings tx_guest_checks, perm_users_create_delete).

    Raises:
        Refusal: An update makes a user, or a link value is no id.
    """
    writing = [operation for operation in operations if isinstance(operation, ValueOperation)]
    _check_users_exist(working, [o for o in writing if o.attribute.etype == USERS and o.attribute.is_id])
    for operation in writing:
        if operation.attribute.is_link and operation.kind == ADD:
            value = operation.value
            if not isinstance(value, Lookup) and not is_uuid(value):
                entry = {"message": "Expected link value to be a uuid.", "hint": {"tx-step": operation.shown()}}
                raise validation_failed("eid", value, [entry])


def _check_users_exist(working: WorkingSet, operations: Sequence[ValueOperation]) -> None:
    found = find(working.unit, [o.entity for o in operations if isinstance(o.entity, Lookup)])
    ids = [found.get(o.entity) if isinstance(o.entity, Lookup) else o.entity for o in operations]
    existing = working.exists(USERS, [id for id in ids if id is not None])
    for operation, id in zip(operations, ids, strict=True):
        if id not in existing:
            raise _made_by_user(operation)


def _made_by_user(operation: ValueOperation) -> Exception:
    message = f"{USERS} is a system entity. You aren't allowed to create this directly."
    return tx_step_refused(message, operation.shown())


def _check_value(operation: ValueOperation, *, is_admin: bool) -> None:
    etype, label = operation.attribute.etype, operation.attribute.label
    if not is_admin:
        if etype == USERS and operation.step.action == "create":
            raise _made_by_user(operation)
        allowed = label in _OPEN_TO_USERS.get(etype, ())
    else:
        allowed = etype not in _OPEN_TO_ADMINS or label in _OPEN_TO_ADMINS[etype]
    if not allowed:
        message = f"{etype}.{label} is a system column. You aren't allowed to change this directly."
        raise tx_step_refused(message, operation.shown())
    if (
        etype == FILES
        and label == _PATH
        and isinstance(operation.value, str)
        and operation.value.startswith(_STREAM_FILES)
    ):
        raise tx_step_refused("The path for stream files can't be edited.", operation.shown())


def _check_delete(operation: DeleteOperation) -> None:
    etype = operation.etype
    if etype == USERS or (etype.startswith("$") and etype not in OPEN_ETYPES):
        message = f"{etype} is a system entity. You aren't allowed to delete this directly."
        raise tx_step_refused(message, operation.shown())
