"""Evaluating one permission rule without a server."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from instant_admin.local.cel import (
    CompileError,
    Environment,
    EvaluationError,
    InternalFailure,
    Record,
    Request,
    as_json,
    compile_rule,
    is_allowed,
)
from instant_admin.local.cel.conversions import seconds_of_date
from instant_admin.local.rules.binds import bind_faults, bound_source
from instant_admin.local.rules.rate_limits import read_limits

_UNCHECKED = frozenset({"link", "unlink"})
"""Actions whose rules a push does not look at."""


@dataclass(frozen=True)
class RuleVerdict:
    """What a rule says.

    Attributes:
        allowed: Whether it allows: only null, false and errors deny.
        value: Its value as JSON, timestamps and durations as texts; None where it fails.
        error: "compile" where it does not compile, "eval" where it fails on these values.
        push: Whether a push accepts it: "ok", "refused", or "not-checked" for rules of link and unlink.
    """

    allowed: bool
    value: Any
    error: Literal["compile", "eval"] | None
    push: Literal["ok", "refused", "not-checked"]


def evaluate_rule(
    expr: str,
    *,
    action: str = "view",
    data: Mapping[str, Any] | None = None,
    auth: Mapping[str, Any] | None = None,
    new_data: Mapping[str, Any] | None = None,
    linked_data: Mapping[str, Any] | None = None,
    actions: Mapping[str, str] | None = None,
    rule_params: Mapping[str, Any] | None = None,
    request: Mapping[str, Any] | None = None,
    rate_limits: Mapping[str, Any] | None = None,
    bind: Mapping[str, Any] | list[Any] | None = None,
    default_bind: Mapping[str, Any] | list[Any] | None = None,
) -> RuleVerdict:
    """Say what a permission rule means for the given values, as an Instant server would.

        evaluate_rule("auth.id == data.owner", data={"owner": "a"}, auth={"id": "a"}).allowed

    Links do not exist here: `ref` gives empty lists. Rate limits start full.

    Args:
        expr: The rule, a CEL expression.
        action: `view`, `create`, `update`, `delete`, `link` or `unlink`; says which variables exist.
        data: The entity.
        auth: The user; None is a guest.
        new_data: The entity as it will be, for all actions but view and delete; None leaves it without a value.
        linked_data: The other end, for link and unlink; None leaves it without a value.
        actions: `{"data": ..., "linkedData": ...}`, each "create" or "update", for link.
        rule_params: The rule params of the call.
        request: With some of `ip`, `origin`, `modifiedFields` and `time`, a datetime or a text; the clock's time
            where there is none.
        rate_limits: Definitions by name, as at `$rateLimits`.
        bind: The binds of the namespace, as pushed.
        default_bind: The binds of `$default`, as pushed.
    """
    limits = rate_limits or {}
    try:
        program = compile_rule(bound_source(expr, bind, default_bind), Environment(action))
    except CompileError:
        return RuleVerdict(False, None, "compile", _push(action, ["does not compile"]))
    push = _push(action, [*bind_faults(bind), *bind_faults(default_bind), *program.push_issues(limits)])
    activation = _activation(data, auth, rule_params, request, limits)
    if new_data is not None:
        activation["newData"] = dict(new_data)
    if linked_data is not None:
        activation["linkedData"] = Record(linked_data, _no_links)
    if actions is not None:
        activation["actions"] = dict(actions)
    try:
        value = program.evaluate(activation)
    except (EvaluationError, InternalFailure):
        return RuleVerdict(False, None, "eval", push)
    return RuleVerdict(is_allowed(value), as_json(value), None, push)


def _push(action: str, faults: Sequence[object]) -> Literal["ok", "refused", "not-checked"]:
    if action in _UNCHECKED:
        return "not-checked"
    return "refused" if faults else "ok"


class _FullLimit:
    """A rate limit nobody has taken from yet; it does not refill while one rule is evaluated."""

    def __init__(self, definition: object) -> None:
        try:
            self._capacity = min(bandwidth.capacity for bandwidth in read_limits(definition))
        except ValueError:
            self._capacity = 0
        self._taken: Counter[str] = Counter()

    def limit(self, key: object, tokens: int = 1) -> bool:
        bucket = repr(as_json(key))
        if self._taken[bucket] + tokens > self._capacity:
            raise EvaluationError("RATE_LIMITED", "The rate limit is exhausted.")
        self._taken[bucket] += tokens
        return True


def _activation(
    data: Mapping[str, Any] | None,
    auth: Mapping[str, Any] | None,
    rule_params: Mapping[str, Any] | None,
    request: Mapping[str, Any] | None,
    limits: Mapping[str, Any],
) -> dict[str, object]:
    return {
        "data": Record(data, _no_links),
        "auth": Record(auth, _no_links),
        "ruleParams": Record(rule_params),
        "request": _request(request or {}),
        "rateLimit": {name: _FullLimit(definition) for name, definition in limits.items()},
    }


def _no_links(path: str) -> tuple[object, ...]:  # noqa: ARG001 - nothing is linked, whatever the path
    return ()


def _request(given: Mapping[str, Any]) -> Request:
    moment = given.get("time")
    now = time.time if moment is None else lambda: _seconds(moment)
    return Request(given.get("modifiedFields") or (), given.get("ip") or "", given.get("origin") or "", now)


def _seconds(moment: str | datetime) -> float:
    return moment.timestamp() if isinstance(moment, datetime) else seconds_of_date(moment)
