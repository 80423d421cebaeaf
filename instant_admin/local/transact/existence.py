"""What `create` and strict updates want: that an entity does not, or does, exist before the call."""

from __future__ import annotations

from collections.abc import Sequence

from instant_admin.local.schema.refusals import tx_step_refused
from instant_admin.local.transact.lookups import Lookup, find_for_checks
from instant_admin.local.transact.operations import Operation, Reference, ValueOperation
from instant_admin.local.transact.state import WorkingSet


def check_existence(working: WorkingSet, operations: Sequence[Operation]) -> None:
    """Refuse to create what exists, then to update strictly what does not.

    Raises:
        Refusal: There is such an operation.
    """
    checked = [
        operation
        for operation in operations
        if isinstance(operation, ValueOperation) and (operation.step.strict or operation.step.action == "create")
    ]
    if not checked:
        return
    creating = [operation for operation in checked if operation.step.action == "create"]
    strict = [operation for operation in checked if operation.step.strict]
    existing = _existing(working, checked)
    taken = [operation for operation in creating if _key(operation) in existing]
    if taken:
        raise _refused("Creating entities that exist", taken)
    missing = [operation for operation in strict if _key(operation) not in existing]
    if missing:
        raise _refused("Updating entities that don't exist", missing)


def _existing(working: WorkingSet, operations: Sequence[ValueOperation]) -> set[tuple[str, Reference]]:
    wanted = {_key(operation) for operation in operations}
    lookups = [entity for _, entity in wanted if isinstance(entity, Lookup)]
    found: set[tuple[str, Reference]] = {(lookup.etype, lookup) for lookup in find_for_checks(working.unit, lookups)}
    ids: dict[str, list[str]] = {}
    for etype, entity in wanted:
        if isinstance(entity, str):
            ids.setdefault(etype, []).append(entity)
    for etype, named in ids.items():
        found.update((etype, id) for id in working.exists(etype, named))
    return found


def _key(operation: ValueOperation) -> tuple[str, Reference]:
    return operation.step.etype, operation.step.entity


def _refused(message: str, operations: Sequence[ValueOperation]) -> Exception:
    names = [
        operation.entity if isinstance(operation.entity, str) else operation.entity.value for operation in operations
    ]
    given = [operation.shown() for operation in operations]
    return tx_step_refused(f"{message}: {', '.join(str(name) for name in names)}", given)
