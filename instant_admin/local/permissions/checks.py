"""The checks of a transaction: which rules are asked about which entities, before and after it is written.

Evidence: recordings perm_link_*, perm_unlink_*, perm_check_transact_kinds, perm_cascade_*,
perm_lookup_attrs_create_data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from instant_admin.local.permissions.asking import Entity, Question
from instant_admin.local.permissions.changes import Changes, End
from instant_admin.local.rules.lookup import ATTRS, Action, Rule, Rules
from instant_admin.local.transact.operations import (
    ADD,
    MERGE,
    RETRACT,
    AddAttributeOperation,
    DeleteAttributeOperation,
    DeleteOperation,
    Operation,
    Reference,
    RestoreAttributeOperation,
    UpdateAttributeOperation,
    ValueOperation,
)
from instant_admin.local.transact.state import EntityKey


@dataclass(frozen=True, slots=True)
class Check:
    """Something that a transaction does, and the rule that is asked about it."""

    scope: Literal["object", "attr"]
    action: Action
    etype: str
    entity: Reference | None = None
    """The entity that the check is about; None for an attribute."""
    bindings: Mapping[str, Any] | None = None
    """What the rule sees, as check results show it."""
    question: Question | None = None
    is_forbidden: bool = False
    """Whether no rule can allow it."""

    def shown(self) -> dict[str, Any]:
        """The check as results list it, without its result."""
        shown: dict[str, Any] = {"scope": self.scope, "action": self.action, "etype": self.etype}
        if self.entity is not None:
            shown["eid"] = self.entity if isinstance(self.entity, str) else self.entity.shown()
        shown["program"] = {} if self.question is None else self.question.rule.shown()
        if self.bindings is not None:
            shown["bindings"] = self.bindings
        return shown


class Plan:
    """Turns operations into checks, once: before or after the transaction. Equal checks are made once."""

    def __init__(self, rules: Rules, changes: Changes) -> None:
        """Plan nothing yet.

        Args:
            rules: Those that count.
            changes: What the transaction makes of each entity.
        """
        self.rules = rules
        self.changes = changes
        self._made: dict[tuple[object, ...], Check] = {}

    def before(self, operations: Sequence[Operation], deletions: Sequence[Sequence[EntityKey]]) -> list[Check]:
        """The checks before the transaction, in the order of the operations.

        Args:
            operations: All of the transaction.
            deletions: For each delete operation the entities that go.
        """
        params = self._deletion_params(deletions)
        going = iter(deletions)
        for operation in operations:
            if isinstance(operation, DeleteOperation):
                for key in next(going):
                    bindings = {"data": self.changes.stored.get(key), "rule-params": params.get(key)}
                    self._ask_about(key, "delete", bindings)
            elif isinstance(operation, DeleteAttributeOperation | RestoreAttributeOperation):
                self._add(Check("attr", "delete", ATTRS, is_forbidden=True), operation.attribute_id)
            elif isinstance(operation, UpdateAttributeOperation):
                self._add(Check("attr", "update", ATTRS, is_forbidden=True), operation.changes["id"])
            elif isinstance(operation, ValueOperation):
                self._value(operation, is_before=True)
        return list(self._made.values())

    def after(self, operations: Sequence[Operation]) -> list[Check]:
        """The checks after the transaction: about what it has made.

        Args:
            operations: All of the transaction.
        """
        for operation in operations:
            if isinstance(operation, AddAttributeOperation):
                self._add_attribute(operation)
            elif isinstance(operation, ValueOperation) and operation.kind != RETRACT:
                self._value(operation, is_before=False)
        return list(self._made.values())

    def _value(self, operation: ValueOperation, *, is_before: bool) -> None:
        attribute = operation.attribute
        holder = self.changes.end(attribute.etype, operation.entity)
        if attribute.is_link and attribute.reverse is not None and operation.kind != MERGE:
            target = self.changes.end(attribute.reverse.etype, operation.value)
            self._link(_Link(operation, holder, target), is_before=is_before)
        elif operation.kind != RETRACT:  # of a plain value nobody is asked about
            self._write(holder, self.changes.params(holder), is_before=is_before)

    def _is_due(self, end: End, *, is_before: bool) -> bool:
        """Whether an entity is asked about now: before if it is there, afterwards if it is made, else never."""
        return end in self.changes.stored if is_before else self.changes.is_made(end)

    def _write(self, end: End, params: dict[str, Any] | None, *, is_before: bool) -> None:
        """The check for changing an entity, before, or for making it, afterwards."""
        if not self._is_due(end, is_before=is_before):
            return
        stored = self.changes.stored.get(end)
        new = self.changes.record(end) or {}
        old = new if stored is None else stored
        modified = self.changes.modified_fields(end)
        bindings = {"data": old, "new-data": new, "rule-params": params, "modified-fields": modified}
        self._ask_about(end, "create" if stored is None else "update", bindings)

    def _view(self, end: End, params: dict[str, Any] | None, *, is_before: bool) -> None:
        """The check for seeing the target of a link, if there is one: afterwards, where the transaction makes it."""
        if not self._is_due(end, is_before=is_before):
            return
        stored = self.changes.stored.get(end)
        new = self.changes.record(end) or {}
        bindings = {"data": new if stored is None else stored, "new-data": new, "rule-params": params}
        self._ask_about(end, "view", bindings)

    def _link(self, link: _Link, *, is_before: bool) -> None:
        """The checks for a link: the rules of its ends, or without any, changing the one and seeing the other."""
        if is_before:
            self._find_link_rules(link, "unlink" if link.action == "link" else "link")
        holder_rule, target_rule = self._find_link_rules(link, link.action)
        if holder_rule is None and target_rule is None:
            self._write(link.holder, self.changes.params(link.holder, link.target), is_before=is_before)
            self._view(link.target, self.changes.params(link.target, link.holder), is_before=is_before)
        if holder_rule is not None and self._is_due(link.holder, is_before=is_before):
            self._end_of_link(holder_rule, link, is_target=False)
        if target_rule is not None and self._is_due(link.target, is_before=is_before):
            self._end_of_link(target_rule, link, is_target=True)

    def _find_link_rules(self, link: _Link, action: Literal["link", "unlink"]) -> tuple[Rule | None, Rule | None]:
        """The rules of the holder and of the target; the server finds those for linking and unlinking together, so
        that one that does not compile breaks both."""
        attribute = link.operation.attribute
        assert attribute.reverse is not None, "a link has two ends"
        ends = (attribute.forward, attribute.reverse)
        holder, target = (self.rules.find_link(end.etype, action, end.label, attribute.etype) for end in ends)
        return holder, target

    def _end_of_link(self, rule: Rule, link: _Link, *, is_target: bool) -> None:
        end, other = (link.target, link.holder) if is_target else (link.holder, link.target)
        stored = self.changes.stored.get(end)
        new = self.changes.record(end) or {}
        data: Mapping[str, Any] = new if stored is None else stored
        # The rule of the holder sees the target as it was, as both do when the link goes.
        is_former = other in self.changes.stored and not (is_target and link.action == "link")
        linked = self.changes.stored[other] if is_former else self.changes.record(other)
        actions = {"data": self._done_to(end), "linkedData": self._done_to(other)}
        bindings: dict[str, Any] = {
            "data": data,
            "new-data": new,
            "linked-data": linked,
            "linked-etype": other[0],
            "rule-params": self.changes.params(end, other),
        }
        if link.action == "link":
            bindings["actions"] = actions
            if is_target and stored is not None:
                # The server puts the action into the record itself, at this end only: recording perm_link_bindings.
                bindings["data"] = {**data, "$action": actions["data"]}
        question = Question(
            rule,
            Entity(end[0], bindings["data"]),
            new,
            None if linked is None else Entity(other[0], linked),
            actions,
            bindings["rule-params"],
        )
        self._add(Check("object", link.action, end[0], end[1], bindings, question), other, rule, is_target)

    def _done_to(self, end: End) -> str:
        return "update" if end in self.changes.stored else "create"

    def _deletion_params(self, deletions: Sequence[Sequence[EntityKey]]) -> dict[EntityKey, dict[str, Any]]:
        """Rule parameters of what is deleted: what goes with another entity inherits that one's."""
        params: dict[EntityKey, dict[str, Any]] = {}
        for root, *others in (keys for keys in deletions if keys):
            inherited = self.changes.params(root)
            if inherited is not None:
                params.update((key, {**params.get(key, {}), **inherited}) for key in others)
        for key in (key for keys in deletions for key in keys):
            own = self.changes.params(key)
            if own is not None:
                params[key] = {**params.get(key, {}), **own}
        return params

    def _add_attribute(self, operation: AddAttributeOperation) -> None:
        definition = operation.definition
        rule = self.rules.find(ATTRS, "create")
        question = None if rule is None else Question(rule, Entity(ATTRS, definition))
        self._add(Check("attr", "create", ATTRS, bindings={"data": definition}, question=question), definition["id"])

    def _ask_about(self, end: End, action: Action, bindings: Mapping[str, Any]) -> None:
        etype, entity = end
        rule = self.rules.find(etype, action)
        question = None
        if rule is not None:
            question = Question(
                rule,
                Entity(etype, bindings["data"] or {}),
                bindings.get("new-data"),
                rule_params=bindings["rule-params"],
                modified_fields=bindings.get("modified-fields", ()),
            )
        self._add(Check("object", action, etype, entity, bindings, question))

    def _add(self, check: Check, *details: object) -> None:
        given = (check.bindings or {}).get("rule-params")
        params = None if given is None else json.dumps(given, sort_keys=True)
        self._made.setdefault((check.scope, check.action, check.etype, check.entity, params, *details), check)


@dataclass(frozen=True, slots=True)
class _Link:
    """A link that is made or removed."""

    operation: ValueOperation
    holder: End
    """Where it is stored."""
    target: End

    @property
    def action(self) -> Literal["link", "unlink"]:
        return "link" if self.operation.kind == ADD else "unlink"
