"""Which entities the lookups of a group of operations mean, and which it makes for those that match nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from instant_admin.local.schema.refusals import lookup_refused
from instant_admin.local.transact.lookups import Lookup, find
from instant_admin.local.transact.operations import Reference, ValueOperation
from instant_admin.local.transact.state import WorkingSet


class Resolution:
    """The ids that a group's lookups stand for."""

    def __init__(self, working: WorkingSet, operations: Sequence[ValueOperation]) -> None:
        """Look them all up in what is stored, the same one once.

        Args:
            working: The transaction.
            operations: The group.
        """
        entities = {operation.entity for operation in operations if type(operation.entity) is Lookup}
        values = {operation.value for operation in operations if type(operation.value) is Lookup}
        found = find(working.unit, entities | values) if entities or values else {}
        self._ids = working.made | found
        self._has_entities = bool(entities)
        self._working = working
        self.made: dict[Lookup, str] = {}
        """Lookups that matched nothing so far, and the ids of the entities that this group makes for them."""

    def make_missing(self, operations: Sequence[ValueOperation]) -> None:
        """Choose an id for each lookup that an operation writes to and that matches nothing.

        Raises:
            Refusal: The operation sets the very attribute that is looked up, so the entity could not be found by it.
        """
        if not self._has_entities:
            return
        for operation in operations:
            entity = operation.entity
            if not isinstance(entity, Lookup) or entity in self._ids:
                continue
            if operation.attribute.id == entity.attribute_id:
                raise lookup_refused(
                    "Updates with lookups can only update the lookup attribute if an entity with the unique attribute"
                    " value already exists.",
                    _shown(entity),
                )
            if entity not in self.made:
                self.made[entity] = self._working.made[entity] = str(uuid4())

    def entity(self, reference: Reference) -> str | None:
        """The id of an entity; None for a lookup that matches nothing."""
        if isinstance(reference, str):
            return reference
        return self._ids.get(reference) or self.made.get(reference)

    def target(self, value: Any) -> Any:
        """The value to store: of a lookup, the id of the entity.

        Raises:
            Refusal: The lookup matches nothing.
        """
        if not isinstance(value, Lookup):
            return value
        id = self.entity(value)
        if id is None:
            raise lookup_refused("The entity for the lookup does not exist.", _shown(value))
        return id


def _shown(lookup: Lookup) -> dict[str, Any]:
    attribute = lookup.attribute
    return {
        "attribute-id": attribute.id,
        "namespace": attribute.etype,
        "label": attribute.label,
        "value": lookup.value,
    }
