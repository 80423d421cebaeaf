"""What a transaction makes of each entity, as far as rules are told: new records, modified fields, rule parameters.

All of it is read off the operations, not off the database: null-filled attributes of a new entity are not there, and a
later delete does not undo it (recordings perm_create_data, perm_update_then_delete).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from instant_admin.local.attributes import ID_LABEL
from instant_admin.local.transact.lookups import Lookup
from instant_admin.local.transact.operations import (
    MERGE,
    RETRACT,
    Operation,
    Reference,
    RuleParamsOperation,
    ValueOperation,
)
from instant_admin.local.values import merge

End = tuple[str, Reference]
"""Namespace, and the id of an entity or a lookup that matches nothing yet."""


class Changes:
    """The effects of a transaction's operations on the records of entities."""

    def __init__(
        self,
        operations: Iterable[Operation],
        resolved: Mapping[Lookup, str],
        stored: Mapping[End, Mapping[str, Any]],
    ) -> None:
        """Add up operations, in their order.

        Args:
            operations: All of the transaction.
            resolved: The entities that lookups name, as far as they are known.
            stored: The records from before the transaction.
        """
        self.resolved = resolved
        self.stored = stored
        self._new: dict[End, dict[str, Any]] = {}
        self._written: set[End] = set()
        self._modified: dict[Reference, dict[str, None]] = {}
        self._params: dict[End, dict[str, Any]] = {}
        for operation in operations:
            if isinstance(operation, ValueOperation):
                self._apply(operation)
            elif isinstance(operation, RuleParamsOperation):
                end = self.end(operation.etype, operation.entity)
                self._params.setdefault(end, {}).update(operation.params)

    def end(self, etype: str, reference: Reference) -> End:
        """An entity by its id, where that is known."""
        return etype, self.resolve(reference)

    def resolve(self, reference: Any) -> Any:
        """The id that a lookup stands for; anything else, and a lookup that matches nothing, as it is."""
        return self.resolved.get(reference, reference) if isinstance(reference, Lookup) else reference

    def is_made(self, end: End) -> bool:
        """Whether the transaction makes an entity: it is written to, and was not there."""
        return end in self._written and end not in self.stored

    def record(self, end: End) -> Mapping[str, Any] | None:
        """The record after the transaction; None for an entity that neither was there nor is made."""
        new = self._new.get(end)
        return self.stored.get(end) if new is None else new

    def modified_fields(self, end: End) -> list[str]:
        """The labels that the transaction writes or merges, in the order of their first appearance.

        The server tells entities by their ids alone here: labels of another namespace's entity are among them.
        """
        return list(self._modified.get(end[1], ()))

    def params(self, *ends: End) -> dict[str, Any] | None:
        """The rule parameters of some entities, those of the first win; None where nobody gave any."""
        given = [self._params[end] for end in reversed(ends) if end in self._params]
        return {key: value for params in given for key, value in params.items()} if given else None

    def _apply(self, operation: ValueOperation) -> None:
        attribute, label = operation.attribute, operation.attribute.label
        end = self.end(attribute.etype, operation.entity)
        value = self.resolve(operation.value)
        if operation.kind == RETRACT:
            # Whatever is removed, the new record has nothing under that label.
            record = self._begin(operation, end) if end in self.stored or end in self._new else {}
            record.pop(label, None)
            return
        record = self._begin(operation, end)
        self._written.add(end)
        if attribute.is_id:
            return
        self._modified.setdefault(end[1], {})[label] = None
        if isinstance(value, Lookup):
            return
        if operation.kind == MERGE and label in record:
            value = merge(record[label], value)
        record[label] = value

    def _begin(self, operation: ValueOperation, end: End) -> dict[str, Any]:
        """The record of an entity so far; a new one has its id, and the value that it is looked up by."""
        known = self._new.get(end)
        if known is not None:
            return known
        record = dict(self.stored.get(end, ()))
        if not record:
            lookup = operation.entity
            if isinstance(end[1], str):
                record[ID_LABEL] = end[1]
            if isinstance(lookup, Lookup) and not lookup.attribute.is_id:
                record[lookup.attribute.label] = lookup.value
        self._new[end] = record
        return record
