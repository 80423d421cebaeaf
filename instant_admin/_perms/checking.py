"""What is wrong with permission rules, found with the compiler of the local Instant. It is loaded when first needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from instant_admin._core.nearest import did_you_mean
from instant_admin._core.schema.system import SYSTEM
from instant_admin.errors import InvalidArgumentError, RulesError

if TYPE_CHECKING:
    from instant_admin.local.rules import Fault
    from instant_admin.local.rules.binds import Spot

_KEYS: Final = ("allow", "bind", "fields")
_LINK_ACTIONS: Final = ("link", "unlink")
_ACTIONS: Final = ("view", "create", "update", "delete", *_LINK_ACTIONS)
_DEFAULT: Final = "$default"
_RATE_LIMITS: Final = "$rateLimits"
# Defaults answer for several actions; rules for updates see all that any of them does.
_WIDEST_ACTION: Final = "update"
_WIDTH: Final = 100


def rule(source: str, *, action: str | None = None) -> str:
    """The rule as it is, after its syntax has been checked: `{"view": rule("auth.id == data.owner")}`.

    Args:
        source: A CEL expression.
        action: What it is for: "view", "create", "update", "delete", "link" or "unlink". Then its names and types are
            checked too, so it can use no binds.

    Raises:
        RulesError: It does not compile. The text points at the column.
    """
    from instant_admin.local.cel import CompileError
    from instant_admin.local.cel.parser import parse
    from instant_admin.local.rules import expression_faults
    from instant_admin.local.rules.binds import Spot

    if not isinstance(source, str):
        raise InvalidArgumentError(f"rule takes a text, got {source!r:.80}.")
    if action is not None and action not in _ACTIONS:
        raise InvalidArgumentError(f"rule: {action!r:.80} is no action. {did_you_mean(action, _ACTIONS)}")
    faults: Iterable[tuple[str, Spot | None]]
    if action is not None:
        faults = expression_faults(source, action)
    else:
        try:
            parse(source)
            return source
        except CompileError as refused:
            faults = [(issue.message, Spot(None, source, issue.line, issue.column)) for issue in refused.issues]
    refuse(tuple(_told("rule", message, spot) for message, spot in faults))
    return source


def refuse(faults: tuple[str, ...]) -> None:
    """End here if there are any.

    Raises:
        RulesError: With all of them.
    """
    if faults:
        count = "a fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise RulesError(f"The rules have {count}:\n" + "\n".join(faults), problems=faults)


def find_faults(code: Mapping[str, Any]) -> Iterator[str]:
    """Each fault once, as text: what the server refuses, and what it does not look at."""
    from instant_admin.local.rules import rule_faults

    seen: set[object] = set()
    for fault in (*rule_faults(code), *_unchecked(code)):
        place = ".".join(fault.place)
        if fault.spot is not None and fault.spot.bind is not None:
            place = f"{_home(code, fault.place[0], fault.spot.bind)} as {place} uses it"
        key = (fault.place[0], fault.message, fault.spot) if _is_shared(fault) else fault
        if key not in seen:
            seen.add(key)
            yield _told(place, fault.message, fault.spot)


def _is_shared(fault: Fault) -> bool:
    """Whether the same is found at several places: in a bind, or about a namespace that can have no rules."""
    namespace = fault.place[0]
    if namespace.startswith("$") and namespace not in (*SYSTEM.entities, _DEFAULT, _RATE_LIMITS):
        return True
    return fault.spot is not None and fault.spot.bind is not None


def _home(code: Mapping[str, Any], namespace: str, bind: str) -> str:
    own = _mapping(code.get(namespace)).get("bind") or ()
    return f"{namespace if bind in own else _DEFAULT}.bind.{bind}"


def _unchecked(code: Mapping[str, Any]) -> Iterator[Fault]:
    """What the server stores without a look."""
    from instant_admin.local.rules import Fault, expression_faults

    limits = _mapping(code.get(_RATE_LIMITS))
    default = _mapping(code.get(_DEFAULT)).get("bind")
    for namespace, rules in code.items():
        if namespace == _RATE_LIMITS:
            continue
        yield from _unknown_keys((namespace,), rules, _KEYS)
        allow = _mapping(rules).get("allow")
        yield from _unknown_keys((namespace, "allow"), allow, (*_ACTIONS, _DEFAULT))
        for action in _LINK_ACTIONS:
            yield from _unknown_keys((namespace, "allow", action), _mapping(allow).get(action), None)
        for place, action, text in _unchecked_rules(namespace, _mapping(allow)):
            if isinstance(text, str):
                found = expression_faults(text, action, _mapping(rules).get("bind"), default, limits)
                yield from (Fault(place, message, spot) for message, spot in found)
            elif text is not None and not isinstance(text, bool):
                yield Fault(place, "A rule must be a text or a boolean.")


def _unchecked_rules(namespace: str, allow: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str, Any]]:
    yield (namespace, "allow", _DEFAULT), _WIDEST_ACTION, allow.get(_DEFAULT)
    for action in _LINK_ACTIONS:
        for label, text in _mapping(allow.get(action)).items():
            yield (namespace, "allow", action, label), action, text


def _unknown_keys(place: tuple[str, ...], given: object, known: tuple[str, ...] | None) -> Iterator[Fault]:
    """What is no object, or has keys beside those that are known; None for any."""
    from instant_admin.local.rules import Fault

    if given is None:
        return
    if not isinstance(given, Mapping):
        yield Fault(place, f"This must be an object, got {given!r:.80}.")
        return
    for key in given:
        if known is not None and key not in known:
            yield Fault((*place, key), f"The server knows no such key. {did_you_mean(key, known)}")


def _told(place: str, message: str, spot: Spot | None) -> str:
    if spot is None:
        return f"{place}: {message}"
    line = spot.text.split("\n")[spot.line - 1]
    begin = max(0, spot.column - _WIDTH // 2)
    shown = line[begin : begin + _WIDTH].replace("\t", " ")
    where = f"column {spot.column + 1}" if "\n" not in spot.text else f"line {spot.line}, column {spot.column + 1}"
    return f"{place}, {where}: {message}\n    {shown}\n    {' ' * (spot.column - begin)}^"


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
