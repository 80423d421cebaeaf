"""Which rule answers for a namespace and an action.

An action is looked up in the namespace, then under its `$default`, then the same in the namespace `$default`, and last
in the rules that are built in. A JSON null is an absence, false is a rule. Rules for links and for single attributes
stand in their namespace only (recordings perm_lookup_*, perm_link_default, perm_fields_unknown_label).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal, cast

from instant_admin.local.attributes import ID_LABEL
from instant_admin.local.catalog import FILES, USERS
from instant_admin.local.cel import CompileError, Environment, Program, compile_rule
from instant_admin.local.errors import validation_failed
from instant_admin.local.rules.binds import bound_source
from instant_admin.local.rules.rate_limits import Bandwidth, read_limits

Action = Literal["view", "create", "update", "delete", "link", "unlink"]
ATTRS = "attrs"
"""Under this name stand the rules about attributes themselves."""

_Place = tuple[str, ...]
"""The keys that lead to a rule."""
_DEFAULT = "$default"
_OWN_USER = "auth.id == data.id || (data.linkedPrimaryUser != null && auth.id == data.linkedPrimaryUser)"
_KEPT = 64
"""How many sets of rules and built-in rules are kept compiled."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that can be asked."""

    etype: str
    """The namespace that check results and errors name, whose binds it uses and where paths from `data` begin.

    Of a link rule, whichever end it is for, the one where the link is stored (recording perm_link_rule_reverse).
    """
    action: Action
    display_code: str | bool
    """As it stands in the rules; of a built-in one what the server calls it."""
    program: Program

    def shown(self) -> dict[str, Any]:
        """The rule as check results show it."""
        return {
            "etype": self.etype,
            "action": self.action,
            "code": self.program.source,
            "display-code": self.display_code,
        }


class Rules:
    """The rules of an app. Each is looked up and compiled when it is first asked for, and kept."""

    def __init__(self, code: Mapping[str, Any]) -> None:
        """Take rules as they were pushed.

        Args:
            code: By namespace.
        """
        self._code = code
        self._found: dict[tuple[str, Action, tuple[_Place, ...]], Rule | None] = {}

    def find(self, etype: str, action: Action) -> Rule | None:
        """The rule for an action; None where everybody may.

        Raises:
            Refusal: It does not compile.
        """
        places = (
            (etype, "allow", action),
            (etype, "allow", _DEFAULT),
            (_DEFAULT, "allow", action),
            (_DEFAULT, "allow", _DEFAULT),
        )
        return self._first(etype, action, places) or _built_in(etype, action)

    def find_own(self, etype: str, action: Action) -> Rule | None:
        """The rule that a namespace itself has for an action, no default.

        Raises:
            Refusal: It does not compile.
        """
        return self._first(etype, action, ((etype, "allow", action),))

    def find_link(self, etype: str, action: Literal["link", "unlink"], label: str, stored_in: str) -> Rule | None:
        """The rule of one end of a link.

        Args:
            etype: The namespace of that end.
            action: What is done.
            label: How the link is called there.
            stored_in: The namespace where the link is stored.

        Raises:
            Refusal: It does not compile.
        """
        places = ((etype, "allow", action, label), (etype, "allow", action, _DEFAULT))
        return self._first(stored_in, action, places)

    def find_field(self, etype: str, label: str) -> Rule | None:
        """The rule for seeing one attribute of a namespace.

        Raises:
            Refusal: It does not compile.
        """
        return None if label == ID_LABEL else self._first(etype, "view", ((etype, "fields", label),))

    @cached_property
    def limits(self) -> Mapping[str, tuple[Bandwidth, ...]]:
        """The rate limits by name."""
        defined = self._at(("$rateLimits",))
        if not isinstance(defined, Mapping):
            return {}
        return {name: read_limits(limit) for name, limit in cast("Mapping[str, Any]", defined).items()}

    def _first(self, etype: str, action: Action, places: tuple[_Place, ...]) -> Rule | None:
        """The rule at the first of some places where there is one."""
        asked = (etype, action, places)
        if asked not in self._found:
            found = next(((place, code) for place in places if (code := self._at(place)) is not None), None)
            if found is None:
                self._found[asked] = None
            else:
                place, code = found
                self._found[asked] = Rule(etype, action, code, self._compile(place, code, etype, action))
        return self._found[asked]

    def _at(self, place: _Place) -> Any:
        """What stands at a place; null where the way there leads through something that is no object."""
        found: Any = self._code
        for key in place:
            if not isinstance(found, Mapping):
                return None
            found = cast("Mapping[str, Any]", found).get(key)
        return found

    def _compile(self, place: _Place, code: Any, etype: str, action: Action) -> Program:
        if not isinstance(code, str | bool):
            raise validation_failed("permission", list(place), [{"message": "A rule must be a text or a boolean."}])
        source = code if isinstance(code, str) else str(code).lower()
        try:
            bound = bound_source(source, self._at((etype, "bind")), self._at((_DEFAULT, "bind")))
            return compile_rule(bound, Environment(action))
        except CompileError as fault:
            errors = [{"message": issue.message} for issue in fault.issues]
            raise validation_failed("permission", list(place), errors) from fault


@lru_cache(maxsize=_KEPT)
def rules_of(text: str | None) -> Rules:
    """The rules that an app's JSON text says, shared by all who ask for the same text; none for None."""
    return Rules({} if text is None else json.loads(text))


@lru_cache(maxsize=_KEPT)
def _built_in(etype: str, action: Action) -> Rule | None:
    """The rule for system namespaces that do not have another one."""
    if not etype.startswith("$") or (etype == USERS and action == "create"):
        return None
    code = _OWN_USER if etype == USERS and action in ("view", "update") else "false"
    shown = code if etype in (USERS, FILES) and action in ("view", "update") else f"disallow_{action}_on_system_tables"
    return Rule(etype, action, shown, compile_rule(code, Environment(action)))
