"""What a push of rules is refused for.

Only rules for view, create, update and delete and for fields are compiled; what else is wrong shows when it is used
(server contract, schema 3.2).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple, cast

from instant_admin.local.cel import CompileError, Environment, compile_rule
from instant_admin.local.rules.binds import PartError, Spot, bind_faults, nest
from instant_admin.local.rules.rate_limits import read_limits

_ACTIONS = ("view", "create", "update", "delete")
_SYSTEM_NAMESPACES = frozenset({"$default", "$users", "$files", "$streams"})
_RATE_LIMITS = "$rateLimits"


class Fault(NamedTuple):
    """Something that is wrong with rules."""

    place: tuple[str, ...]
    message: str
    spot: Spot | None = None
    """Where in the expression, if it is wrong there."""


def check_rules(code: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The faults with which a push is refused, as entries of `message` and `in`.

    Args:
        code: Rules by namespace, as pushed.
    """
    return [{"message": fault.message, "in": list(fault.place)} for fault in rule_faults(code)]


def rule_faults(code: Mapping[str, Any]) -> list[Fault]:
    """The same faults, and where in their expressions they are: those of all binds, of all actions, of all fields."""
    checked = _Check(code)
    etypes = [etype for etype in code if etype != _RATE_LIMITS]
    parts = (checked.binds, checked.actions, checked.fields)
    faults = [fault for part in parts for etype in etypes for fault in part(etype)]
    return [*faults, *_rate_limit_faults(code.get(_RATE_LIMITS))]


def expression_faults(
    text: str, action: str, own: object = None, default: object = None, limits: Collection[str] = ()
) -> Iterator[tuple[str, Spot | None]]:
    """What is wrong with one rule, and where.

    Args:
        text: The rule.
        action: What it is for; says which variables exist.
        own: The binds of its namespace, as pushed.
        default: The binds of `$default`, as pushed.
        limits: Names of the rate limits that there are.
    """
    try:
        nested = nest(text, own, default)
    except PartError as refused:
        yield from ((issue.message, spot) for issue, spot in zip(refused.issues, refused.spots, strict=True))
        return
    except CompileError as refused:
        yield from ((issue.message, None) for issue in refused.issues)
        return
    try:
        issues = compile_rule(nested.source, Environment(action)).push_issues(limits)
    except CompileError as refused:
        issues = refused.issues
    yield from ((issue.message, nested.spot(issue)) for issue in issues)


class _Check:
    """Checks the namespaces of one set of rules."""

    def __init__(self, code: Mapping[str, Any]) -> None:
        self._code = code
        limits = code.get(_RATE_LIMITS)
        self._limits = frozenset(limits) if isinstance(limits, Mapping) else frozenset[str]()

    def binds(self, etype: str) -> Iterator[Fault]:
        """What is wrong with the form of the binds of a namespace."""
        for place, message in bind_faults(_mapping(self._code.get(etype)).get("bind")):
            yield Fault((etype, "bind", *place), message)

    def actions(self, etype: str) -> Iterator[Fault]:
        """What is wrong with the rules for actions, or for having any."""
        rules = _mapping(self._code.get(etype))
        allow = _mapping(rules.get("allow"))
        is_closed = etype.startswith("$") and etype not in _SYSTEM_NAMESPACES
        for action in _ACTIONS:
            place = (etype, "allow", action)
            if is_closed:
                yield Fault(place, f"The namespace `{etype}` can have no rules.")
            else:
                yield from self._rule(place, allow.get(action), action, rules)

    def fields(self, etype: str) -> Iterator[Fault]:
        """What is wrong with the rules for attributes."""
        rules = _mapping(self._code.get(etype))
        fields = _mapping(rules.get("fields"))
        if "id" in fields:
            yield Fault((etype, "fields"), "The attribute `id` can have no rule.")
        for label in fields:
            if label != "id":
                yield from self._rule((etype, "fields", label), fields[label], "view", rules)

    def _rule(self, place: tuple[str, ...], rule: object, action: str, rules: Mapping[str, Any]) -> Iterator[Fault]:
        if rule is None:
            return
        if place == ("$users", "allow", "delete") and rule != "false":
            yield Fault(place, 'Users cannot be deleted by rules: this can only be "false".')
            return
        if not isinstance(rule, str | bool):
            yield Fault(place, "A rule must be a text or a boolean.")
            return
        text = rule if isinstance(rule, str) else str(rule).lower()
        default = _mapping(self._code.get("$default"))
        faults = expression_faults(text, action, rules.get("bind"), default.get("bind"), self._limits)
        yield from (Fault(place, message, spot) for message, spot in faults)


def _rate_limit_faults(limits: object) -> Iterator[Fault]:
    if limits is None:
        return
    if not isinstance(limits, Mapping):
        yield Fault((_RATE_LIMITS,), "Rate limits must be an object of definitions by name.")
        return
    for name, definition in cast("Mapping[str, Any]", limits).items():
        try:
            read_limits(definition)
        except ValueError as fault:
            yield Fault((_RATE_LIMITS, name), str(fault))


def _mapping(value: object) -> Mapping[str, Any]:
    """An object, or an empty one in place of anything else."""
    return cast("Mapping[str, Any]", value) if isinstance(value, Mapping) else {}
