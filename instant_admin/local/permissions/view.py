"""What somebody may see: the view rules and field rules of one query."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from instant_admin.local.cel import as_json, is_allowed
from instant_admin.local.permissions.asking import Entity, Question, ask
from instant_admin.local.permissions.circumstances import Circumstances
from instant_admin.local.query import EntityKey, Record
from instant_admin.local.rules.lookup import Rule
from instant_admin.local.store.units import ReadUnit


class _Check(NamedTuple):
    """One entity, or one attribute of it, under the rule for seeing it."""

    key: EntityKey
    record: Record
    label: str | None
    rule: Rule | None


class RuleVisibility:
    """What the rules say about the entities of one query. Implements `query.Visibility`.

    An entity that was not examined is not shown; an attribute without a rule of its own is.
    """

    def __init__(self, unit: ReadUnit, circumstances: Circumstances, rule_params: Any = None) -> None:
        """Know nothing yet.

        Args:
            unit: The data of the query.
            circumstances: Who asks, and under which rules.
            rule_params: `$$ruleParams` of the query.
        """
        self._unit = unit
        self._circumstances = circumstances
        self._rule_params = rule_params
        self._results: list[tuple[_Check, object]] = []
        self._shown: set[EntityKey] = set()
        self._hidden: dict[EntityKey, set[str]] = {}

    def examine(self, entities: Mapping[EntityKey, Record], labels: Mapping[str, Collection[str]]) -> None:
        """Evaluate the rules about all entities that a query touches. See `query.Visibility`.

        Raises:
            Refusal: A rule cannot be evaluated or does not compile, or a rate limit is exhausted.
        """
        by_etype: dict[str, list[tuple[EntityKey, Record]]] = {}
        for key, record in entities.items():
            by_etype.setdefault(key.etype, []).append((key, record))
        checks = [
            check for etype, found in by_etype.items() for check in self._checks(etype, labels.get(etype, ()), found)
        ]
        questions = [
            None
            if check.rule is None
            else Question(check.rule, Entity(check.key.etype, check.record), rule_params=self._rule_params)
            for check in checks
        ]
        self._results = list(zip(checks, ask(self._unit, self._circumstances, questions), strict=True))
        for check, value in self._results:
            if check.label is None:
                if is_allowed(value):
                    self._shown.add(check.key)
            elif not is_allowed(value):
                self._hidden.setdefault(check.key, set()).add(check.label)

    def shows(self, key: EntityKey) -> bool:
        """Whether an examined entity may be seen."""
        return key in self._shown

    def hidden_labels(self, key: EntityKey) -> Collection[str]:
        """The attributes of an examined entity that may not be seen, given that the entity may."""
        return self._hidden.get(key, ())

    def check_results(self) -> list[dict[str, Any]]:
        """Each check and what came of it, as `/admin/query_perms_check` lists them."""
        return [
            {
                "id": check.key.id,
                "entity": check.key.etype,
                "label": check.label,
                "record": check.record,
                "program": {} if check.rule is None else check.rule.shown(),
                "check": as_json(value),
            }
            for check, value in self._results
        ]

    def _checks(
        self, etype: str, labels: Collection[str], entities: Sequence[tuple[EntityKey, Record]]
    ) -> Iterator[_Check]:
        """The checks of a namespace: for each entity the view rule, then the rules of attributes.

        An attribute that none of the entities has needs no rule; one that some have is asked about at all of them.
        """
        rule = self._circumstances.rules.find(etype, "view")
        fields = [
            (label, field_rule)
            for label, field_rule, is_in_record in self._field_rules(etype, labels)
            if not is_in_record or any(label in record for _, record in entities)
        ]
        for key, record in entities:
            yield _Check(key, record, None, rule)
            for label, field_rule in fields:
                yield _Check(key, record, label, field_rule)

    def _field_rules(self, etype: str, labels: Collection[str]) -> Iterator[tuple[str, Rule, bool]]:
        """The labels that have a rule, and whether records show what stands under them: links to many they do not."""
        for label in labels:
            attribute = self._unit.attributes.forward(etype, label)
            rule = None if attribute is None else self._circumstances.rules.find_field(etype, label)
            if attribute is not None and rule is not None:
                yield label, rule, attribute.is_single
