"""What steps come down to: the low-level operations that the server calls tx-steps.

Permission rules are asked about these, so each says which step it is from. Large calls make many of them, which is why
they are structs that the garbage collector need not look at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from instant_admin.local.attributes import Attribute
from instant_admin.local.transact.lookups import Lookup

Reference = str | Lookup
"""An entity: its id, or a lookup."""

ADD, MERGE, RETRACT = "add-triple", "deep-merge-triple", "retract-triple"
DELETE, RULE_PARAMS = "delete-entity", "rule-params"
ADD_ATTRIBUTE, DELETE_ATTRIBUTE = "add-attr", "delete-attr"
UPDATE_ATTRIBUTE, RESTORE_ATTRIBUTE = "update-attr", "restore-attr"


class Step(msgspec.Struct, frozen=True, gc=False):
    """A step as it was sent."""

    action: str
    etype: str
    entity: Reference
    strict: bool = False
    """Whether the entity must exist (`upsert: false`)."""


class ValueOperation(msgspec.Struct, gc=False):
    """Writes, merges or removes one value of one attribute: a plain value, or a link where it is stored."""

    kind: str
    entity: Reference
    """The entity that holds the value: of a link the forward one."""
    attribute: Attribute
    value: Any
    """For a link the id of its target, or a lookup."""
    step: Step

    def shown(self) -> list[Any]:
        """The operation as error inputs show it."""
        entity = self.entity if isinstance(self.entity, str) else self.entity.shown()
        value = self.value.shown() if isinstance(self.value, Lookup) else self.value
        mode = {"create": "create"}.get(self.step.action, "update" if self.step.strict else None)
        return [self.kind, entity, self.attribute.id, value, {"mode": mode} if mode else None]


class DeleteOperation(msgspec.Struct, gc=False):
    """Removes an entity from its namespace."""

    etype: str
    entity: Reference
    step: Step
    kind: str = DELETE

    def shown(self) -> list[Any]:
        """The operation as error inputs show it."""
        return [self.kind, self.entity if isinstance(self.entity, str) else self.entity.shown(), self.etype]


class RuleParamsOperation(msgspec.Struct, gc=False):
    """Gives permission rules parameters for an entity."""

    etype: str
    entity: Reference
    params: Mapping[str, Any]
    kind: str = RULE_PARAMS

    def shown(self) -> list[Any]:
        """The operation as error inputs show it."""
        return [
            self.kind,
            self.entity if isinstance(self.entity, str) else self.entity.shown(),
            self.etype,
            self.params,
        ]


class AddAttributeOperation(msgspec.Struct, gc=False):
    """Makes an attribute."""

    definition: Mapping[str, Any]
    """As sent, or for one made on the fly as a client would have sent it."""
    kind: str = ADD_ATTRIBUTE

    def shown(self) -> list[Any]:
        """The operation as error inputs show it."""
        return [self.kind, self.definition]


class DeleteAttributeOperation(msgspec.Struct, gc=False):
    """Soft-deletes an attribute."""

    attribute_id: str
    kind: str = DELETE_ATTRIBUTE

    def shown(self) -> list[Any]:
        """The operation as error inputs show it."""
        return [self.kind, self.attribute_id]


class UpdateAttributeOperation(msgspec.Struct, gc=False):
    """Changes an attribute."""

    changes: Mapping[str, Any]
    """Its `id`, and what is to be different."""
    kind: str = UPDATE_ATTRIBUTE

    def shown(self) -> list[Any]:
        """The operation as error inputs show it."""
        return [self.kind, self.changes]


class RestoreAttributeOperation(msgspec.Struct, gc=False):
    """Brings a soft-deleted attribute back."""

    attribute_id: str
    kind: str = RESTORE_ATTRIBUTE

    def shown(self) -> list[Any]:
        """The operation as error inputs show it."""
        return [self.kind, self.attribute_id]


AttributeOperation = (
    AddAttributeOperation | UpdateAttributeOperation | DeleteAttributeOperation | RestoreAttributeOperation
)
Operation = ValueOperation | DeleteOperation | RuleParamsOperation | AttributeOperation
