"""Asking rules: many of them together, so that what they follow links to is loaded at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from instant_admin.local.attributes import ID_LABEL
from instant_admin.local.cel import EvaluationError, InternalFailure, Record, as_json
from instant_admin.local.errors import Refusal, bad_request
from instant_admin.local.permissions.circumstances import Circumstances
from instant_admin.local.permissions.references import References
from instant_admin.local.permissions.trace import Evaluation
from instant_admin.local.rules.lookup import Rule
from instant_admin.local.store import ReadUnit


class Entity(NamedTuple):
    """An entity that a rule is asked about, or that a link leads to."""

    etype: str
    record: Mapping[str, Any]


class Question(NamedTuple):
    """A rule, and what it is asked about."""

    rule: Rule
    data: Entity
    new_data: Mapping[str, Any] | None = None
    linked_data: Entity | None = None
    actions: Mapping[str, str] | None = None
    rule_params: Any = None
    modified_fields: Sequence[str] = ()


def ask(unit: ReadUnit, circumstances: Circumstances, questions: Sequence[Question | None]) -> list[object]:
    """The values of rules, in the order of the questions; true for None, where there is no rule.

    Where there are rate limits, rules that follow links are run again when all they wish for has been loaded, so they
    take their tokens twice (recording perm_limit_with_ref).

    Args:
        unit: The data that `ref` reads.
        circumstances: What the rules have in common.
        questions: The rules and their subjects.

    Raises:
        Refusal: A rule cannot be evaluated, or a limit is exhausted: the first such question decides.
    """
    references = References(unit, interrupts=bool(circumstances.limits))
    common = {
        "auth": Record(circumstances.auth, references.of_user(circumstances.auth.get(ID_LABEL))),
        "request": circumstances.request(),
        "rateLimit": circumstances.limits,
    }
    asked = {number: question for number, question in enumerate(questions) if question is not None}
    activations = {
        number: {**common, **_activation(circumstances, references, question)} for number, question in asked.items()
    }
    values: list[object] = [True] * len(questions)
    waiting = list(asked)
    while waiting:
        again: list[int] = []
        for number in waiting:
            before = references.interruptions
            values[number] = value = _evaluate(asked[number].rule, activations[number])
            if isinstance(value, Exception) and references.interruptions > before:
                again.append(number)
        if again:
            references.load()
        waiting = again
    if circumstances.trace.is_on:
        for number, question in asked.items():
            circumstances.trace.note(_evaluation(question.rule, values[number]))
    for number, question in asked.items():
        value = values[number]
        if isinstance(value, Exception):
            raise _refusal(circumstances, question.rule, value) from value
    return values


def _activation(circumstances: Circumstances, references: References, question: Question) -> dict[str, object]:
    """The variables of a rule that are not the same for all, but for those that rules for its action cannot name."""
    activation: dict[str, object] = {
        "data": _record(references, question.rule, Entity(question.rule.etype, question.data.record)),
        "ruleParams": {} if question.rule_params is None else question.rule_params,
    }
    if question.new_data is not None:
        activation["newData"] = Record(question.new_data)
    if question.linked_data is not None:
        activation["linkedData"] = _record(references, question.rule, question.linked_data)
    if question.actions is not None:
        activation["actions"] = question.actions
    if question.modified_fields:
        activation["request"] = circumstances.request(question.modified_fields)
    return activation


def _record(references: References, rule: Rule, entity: Entity) -> Record:
    if not rule.program.uses_ref:
        return Record(entity.record)
    return Record(entity.record, references.of(entity.etype, entity.record.get(ID_LABEL)))


def _evaluate(rule: Rule, activation: Mapping[str, object]) -> object:
    """The value of a rule, or what it raised."""
    try:
        return rule.program.evaluate(activation)
    except (EvaluationError, InternalFailure, Refusal) as error:
        return error


def _evaluation(rule: Rule, value: object) -> Evaluation:
    if isinstance(value, Exception):
        return Evaluation(rule.etype, rule.action, rule.program.source, error=str(value))
    return Evaluation(rule.etype, rule.action, rule.program.source, as_json(value))


def _refusal(circumstances: Circumstances, rule: Rule, error: Exception) -> Refusal:
    if isinstance(error, Refusal):
        return error
    subject = f"`{rule.etype}.{rule.action}`"
    if not isinstance(error, EvaluationError):
        return bad_request(f"The real server fails with a 500 when it evaluates the rule for {subject}: {error}")
    cause = error.message if circumstances.names_causes else "You may have a typo"
    message = f"Could not evaluate the permission rule for {subject}: {cause}"
    details = {"type": error.code, "message": message, "hint": cause}
    return Refusal("permission-evaluation-failed", message, {"rule": [rule.etype, rule.action], "error": details})
