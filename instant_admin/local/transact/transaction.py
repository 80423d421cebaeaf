"""A transaction from its steps to the database.

The order of everything is the server's: shape, missing attributes, system columns, rules, existence, then the groups of
operations, each kind where it first appears, and in the end the required attributes (server contract, 4.9).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from instant_admin.local.attributes import AttributeSet
from instant_admin.local.schema.attributes import add_attributes, delete_attributes, restore_attribute
from instant_admin.local.schema.changes import update_attributes
from instant_admin.local.schema.definitions import read_definition
from instant_admin.local.status import check_writable
from instant_admin.local.store.units import WriteUnit
from instant_admin.local.transact import guards
from instant_admin.local.transact.existence import check_existence
from instant_admin.local.transact.expand import expand
from instant_admin.local.transact.inference import missing_attributes, refuse_missing
from instant_admin.local.transact.operations import (
    ADD,
    ADD_ATTRIBUTE,
    DELETE,
    DELETE_ATTRIBUTE,
    MERGE,
    RESTORE_ATTRIBUTE,
    RETRACT,
    UPDATE_ATTRIBUTE,
    DeleteOperation,
    Operation,
    ValueOperation,
)
from instant_admin.local.transact.removal import cascade, delete_entities, find_deleted, remove_values
from instant_admin.local.transact.required import check_required
from instant_admin.local.transact.shape import check_shape
from instant_admin.local.transact.state import EntityKey, WorkingSet
from instant_admin.local.transact.tx_steps import read_tx_steps
from instant_admin.local.transact.write import merge_values, write_values

_VALUE_KINDS = (ADD, MERGE, RETRACT)
_ATTRIBUTE_KINDS = (ADD_ATTRIBUTE, UPDATE_ATTRIBUTE, DELETE_ATTRIBUTE, RESTORE_ATTRIBUTE)


@dataclass
class Transaction:
    """A transaction on its way: what permission rules are asked about."""

    working: WorkingSet
    operations: list[Operation]
    deleted: list[EntityKey] = field(default_factory=list[EntityKey])
    """The entities that it deletes, those that cascades reach included."""


class Permissions(Protocol):
    """What says whether somebody may do a transaction. It refuses by raising."""

    def check_before(self, transaction: Transaction) -> None:
        """Ask the rules that look at what is stored before the transaction."""

    def check_after(self, transaction: Transaction) -> None:
        """Ask the rules that look at what the transaction has stored."""


def run_transaction(unit: WriteUnit, steps: object, *, throw_on_missing: bool, permissions: Permissions | None) -> int:
    """Do a transaction; on a refusal the unit has to be rolled back.

    Args:
        unit: Where.
        steps: As sent.
        throw_on_missing: Refuse to make attributes on the fly.
        permissions: Of the caller; None for an admin.

    Returns:
        The number of the transaction.

    Raises:
        Refusal: Some step is refused.
    """
    checked = check_shape(steps)
    missing = missing_attributes(unit.attributes, checked)
    if throw_on_missing:
        refuse_missing(checked, missing)
    attributes = unit.attributes.added(missing) if missing else unit.attributes
    return _run(unit, expand(attributes, checked, missing), permissions)


def run_tx_steps(unit: WriteUnit, steps: object, *, permissions: Permissions | None) -> int:
    """Do a transaction that comes as low-level steps; on a refusal the unit has to be rolled back.

    Args:
        unit: Where.
        steps: As sent.
        permissions: Of the caller; None for an admin.

    Returns:
        The number of the transaction.

    Raises:
        Refusal: Some step is refused.
    """
    return _run(unit, read_tx_steps(unit, steps), permissions)


def _run(unit: WriteUnit, operations: list[Operation], permissions: Permissions | None) -> int:
    """Check operations, do them, and number the transaction."""
    working = WorkingSet(unit)
    transaction = Transaction(working, operations)
    guards.check_system_columns(operations, is_admin=permissions is None)
    if permissions is not None:
        guards.check_user(working, operations)
    deletes = [operation for operation in operations if isinstance(operation, DeleteOperation)]
    transaction.deleted = cascade(unit, find_deleted(unit, deletes)) if deletes else []
    if permissions is not None:
        permissions.check_before(transaction)
    check_writable(unit.app)
    check_existence(working, operations)
    groups = _groups(operations)
    for kind, group in groups.items():
        _run_group(transaction, kind, group)
        if kind in _ATTRIBUTE_KINDS:
            _refresh_attributes(unit.attributes, groups)
    check_required(working)
    if permissions is not None:
        permissions.check_after(transaction)
    return unit.next_transaction_id()


def _groups(operations: Iterable[Operation]) -> dict[str, list[Any]]:
    """The operations by kind, the kinds in the order of their first appearance."""
    groups: dict[str, list[Any]] = {}
    for operation in operations:
        groups.setdefault(operation.kind, []).append(operation)
    return groups


def _refresh_attributes(attributes: AttributeSet, groups: Mapping[str, list[Any]]) -> None:
    """Let values be about attributes as they are now that some were made or deleted; drop those of deleted ones."""
    for kind in _VALUE_KINDS:
        alive: list[ValueOperation] = []
        for operation in groups.get(kind, ()):
            attribute = attributes.by_id(operation.attribute.id)
            if attribute is not None:
                operation.attribute = attribute
                alive.append(operation)
        if kind in groups:
            groups[kind][:] = alive


def _run_group(transaction: Transaction, kind: str, group: Sequence[Any]) -> None:
    working = transaction.working
    if kind == ADD:
        write_values(working, group)
    elif kind == MERGE:
        merge_values(working, group)
    elif kind == RETRACT:
        remove_values(working, group)
    elif kind == DELETE:
        delete_entities(working, transaction.deleted)
    elif kind == ADD_ATTRIBUTE:
        add_attributes(working.unit, [read_definition(operation.definition) for operation in group])
    elif kind == UPDATE_ATTRIBUTE:
        update_attributes(working.unit, [operation.changes for operation in group])
    elif kind == DELETE_ATTRIBUTE:
        delete_attributes(working.unit, [operation.attribute_id for operation in group])
    elif kind == RESTORE_ATTRIBUTE:
        for operation in group:
            restore_attribute(working.unit, operation.attribute_id)
