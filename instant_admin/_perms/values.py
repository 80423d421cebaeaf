"""Permission rules as a value: frozen, equal by content, hashable."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from instant_admin._core.values import copy_json, to_json_object
from instant_admin._perms.checking import find_faults, refuse
from instant_admin._perms.forms import NamespaceRulesDict, RateLimitDict, RulesDict
from instant_admin.errors import RulesError

_RATE_LIMITS = "$rateLimits"


class Rules:
    """Who may do what with the data of an app.

    rules = Rules(
        {
            "goals": {
                "allow": {"view": "true", "update": "isOwner", "$default": "false"},
                "bind": {"isOwner": "auth.id in data.ref('owner.id')"},
            },
        }
    )
    """

    __slots__ = ("_code", "_hash")

    def __init__(
        self,
        namespaces: Mapping[str, NamespaceRulesDict],
        *,
        rate_limits: Mapping[str, RateLimitDict] | None = None,
    ) -> None:
        """Make rules that are without faults.

        Args:
            namespaces: Rules by namespace; `$default` for those that have none, `attrs` for making attributes.
            rate_limits: Rate limits by name, for rules to take from.

        Raises:
            RulesError: Something is malformed, or does not compile; shows every place.
            InvalidArgumentError: Something is no JSON; names the path.
        """
        code: dict[str, Any] = dict(_object(namespaces))
        if rate_limits is not None:
            code[_RATE_LIMITS] = rate_limits
        self._set(code)
        self.check()

    @classmethod
    def from_json(cls, content: RulesDict | str | bytes) -> Rules:
        """Read rules in the form that the server keeps them in, as a mapping or as JSON text.

        Faults are not looked for, so that what an app has can be read in any case; `faults()` finds them.

        Raises:
            RulesError: It is no object, or the text is no JSON.
        """
        if isinstance(content, str | bytes):
            try:
                content = json.loads(content)
            except ValueError as cause:
                raise RulesError(f"The rules are no JSON: {cause}.") from None
        rules = cls.__new__(cls)
        rules._set(_object(content))  # noqa: SLF001  it is this class's own
        return rules

    def to_json(self) -> dict[str, Any]:
        """The rules in the form that the server takes."""
        code: dict[str, Any] = copy_json(self._code)
        return code

    def faults(self) -> tuple[str, ...]:
        """Everything that is wrong, as text that shows where.

        That is what a push is refused for, and what the server would only find when a rule is used, or never: link
        rules and defaults that do not compile, and names that it does not know, such as a misspelt action.
        """
        return tuple(find_faults(self._code))

    def check(self) -> None:
        """End here if something is wrong.

        Raises:
            RulesError: With all of `faults()`.
        """
        refuse(self.faults())

    def _set(self, code: Mapping[str, Any]) -> None:
        self._code = to_json_object(code, "rules")
        self._hash: int | None = None

    def __eq__(self, other: object) -> bool:
        return self._code == other._code if isinstance(other, Rules) else NotImplemented

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(json.dumps(self._code, sort_keys=True))
        return self._hash

    def __repr__(self) -> str:
        return f"Rules({', '.join(self._code)})"

    def __reduce__(self) -> tuple[Any, ...]:
        return Rules.from_json, (self._code,)


def _object(content: object) -> Mapping[str, Any]:
    if not isinstance(content, Mapping):
        raise RulesError(f"Rules must be an object of rules by namespace, such as a dict, got {content!r:.80}.")
    return content
