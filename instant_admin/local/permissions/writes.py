"""What somebody may do: the rules about one transaction. Implements `transact.Permissions`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from instant_admin.local.attributes import ID_LABEL
from instant_admin.local.cel import as_json, is_allowed
from instant_admin.local.errors import permission_denied
from instant_admin.local.permissions.asking import ask
from instant_admin.local.permissions.changes import Changes, End
from instant_admin.local.permissions.checks import Check, Plan
from instant_admin.local.permissions.circumstances import Circumstances
from instant_admin.local.query.records import RecordReader
from instant_admin.local.schema.refusals import lookup_refused
from instant_admin.local.store.units import WriteUnit
from instant_admin.local.transact.lookups import Lookup, find, find_for_checks
from instant_admin.local.transact.operations import DeleteOperation, Operation, ValueOperation
from instant_admin.local.transact.removal import cascade
from instant_admin.local.transact.state import EntityKey
from instant_admin.local.transact.transaction import Transaction


class RuleChecks:
    """Asks the rules about one transaction: those for update, delete, link and unlink before it, for create after it.

    Within each half all rules are evaluated before a denial counts (server contract, semantics 1.5).
    """

    def __init__(self, circumstances: Circumstances, *, refuses: bool = True) -> None:
        """Know nothing yet.

        Args:
            circumstances: Who writes, and under which rules.
            refuses: Whether a denial ends the transaction; a permission check goes on and reports it.
        """
        self._circumstances = circumstances
        self._refuses = refuses
        self._changes = Changes((), {}, {})
        self._results: list[tuple[Check, object]] = []

    def check_before(self, transaction: Transaction) -> None:
        """Ask the rules that look at what is stored before the transaction.

        Raises:
            Refusal: One says no, cannot be evaluated or does not compile, or a rate limit is exhausted.
        """
        unit, operations = transaction.working.unit, transaction.operations
        resolved = find(unit, _lookups(operations))
        keys = {end: None for operation in operations for end in _ends(operation, resolved)}
        self._changes = Changes(operations, resolved, _records(unit, [*keys, *transaction.deleted]))
        plan = Plan(self._circumstances.rules, self._changes)
        self._run(unit, plan.before(operations, _deletions(unit, transaction)))

    def check_after(self, transaction: Transaction) -> None:
        """Ask the rules that look at what the transaction has stored.

        Raises:
            Refusal: As in `check_before`, or a lookup matches nothing even now.
        """
        unit, operations = transaction.working.unit, transaction.operations
        before = self._changes
        made = _find_made(unit, [lookup for lookup in _lookups(operations) if lookup not in before.resolved])
        if made:
            self._changes = Changes(operations, {**before.resolved, **made}, before.stored)
        checks = Plan(self._circumstances.rules, self._changes).after(operations)
        for check in checks:
            if check.question is not None and isinstance(check.entity, Lookup):
                raise lookup_refused("Could not find the entity for this lookup", check.entity.shown())
        self._run(unit, checks)

    @property
    def all_pass(self) -> bool:
        """Whether no rule that has been asked said no."""
        return all(is_allowed(value) for _, value in self._results)

    def check_results(self) -> list[dict[str, Any]]:
        """Each check and what came of it, as `/admin/transact_perms_check` lists them."""
        return [
            {**check.shown(), "check-result": as_json(value), "check-pass?": is_allowed(value)}
            for check, value in self._results
        ]

    def _run(self, unit: WriteUnit, checks: Sequence[Check]) -> None:
        values = ask(unit, self._circumstances, [check.question for check in checks])
        results = [(check, False if check.is_forbidden else value) for check, value in zip(checks, values, strict=True)]
        self._results += results
        for check, value in results:
            if self._refuses and not is_allowed(value):
                raise permission_denied((check.etype, check.scope))


def _records(unit: WriteUnit, keys: Iterable[EntityKey]) -> dict[End, dict[str, Any]]:
    """The records of those entities that have a value or a has-one link, with their ids in any case."""
    by_etype: dict[str, dict[str, None]] = {}
    for etype, id in keys:
        by_etype.setdefault(etype, {})[id] = None
    return {
        (etype, id): {**record, ID_LABEL: id}
        for etype, ids in by_etype.items()
        for id, record in RecordReader(unit, etype).load(ids).items()
        if record
    }


def _lookups(operations: Iterable[Operation]) -> list[Lookup]:
    named: dict[Lookup, None] = {}
    for operation in operations:
        references: tuple[Any, ...] = (getattr(operation, "entity", None), getattr(operation, "value", None))
        named.update((reference, None) for reference in references if isinstance(reference, Lookup))
    return list(named)


def _find_made(unit: WriteUnit, lookups: Iterable[Lookup]) -> dict[Lookup, str]:
    """The entities that lookups have made. Their attributes may have been made by the transaction, too."""
    stored = ((lookup, unit.attributes.by_id(lookup.attribute_id)) for lookup in lookups)
    named = [replace(lookup, attribute=attribute) for lookup, attribute in stored if attribute is not None]
    return find(unit, named) if named else {}


def _ends(operation: Operation, resolved: dict[Lookup, str]) -> Iterable[EntityKey]:
    """The entities that a value is written to, or that a link connects."""
    if not isinstance(operation, ValueOperation):
        return
    attribute = operation.attribute
    ends = [(attribute.etype, operation.entity)]
    if attribute.is_link and attribute.reverse is not None:
        ends.append((attribute.reverse.etype, operation.value))
    for etype, reference in ends:
        id = resolved.get(reference) if isinstance(reference, Lookup) else reference
        if isinstance(id, str):
            yield etype, id


def _deletions(unit: WriteUnit, transaction: Transaction) -> list[list[EntityKey]]:
    """For each delete operation the entity it names and those that go with it; none where a lookup matches nothing."""
    deletes = [operation for operation in transaction.operations if isinstance(operation, DeleteOperation)]
    found = find_for_checks(unit, {d.entity for d in deletes if isinstance(d.entity, Lookup)})
    ids = [d.entity if isinstance(d.entity, str) else found.get(d.entity) for d in deletes]
    roots = [(d.etype, id) if id is not None else None for d, id in zip(deletes, ids, strict=True)]
    if len(transaction.deleted) == len(set(roots) - {None}):
        return [[root] if root is not None else [] for root in roots]
    return [cascade(unit, [root]) if root is not None else [] for root in roots]
