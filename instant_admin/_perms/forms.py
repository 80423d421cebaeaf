"""The JSON form of permission rules, for type checkers (server contract, schema 3.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NotRequired, TypeAlias, TypedDict

Expression: TypeAlias = str | bool | None
"""A CEL expression; True and False for everybody and nobody; None for no rule."""

LinkRulesDict: TypeAlias = Mapping[str, Expression]
"""Rules by label of the link, and `$default`."""

AllowDict = TypedDict(
    "AllowDict",
    {
        "view": Expression,
        "create": Expression,
        "update": Expression,
        "delete": Expression,
        "link": LinkRulesDict,
        "unlink": LinkRulesDict,
        "$default": Expression,
    },
    total=False,
)
"""Who may do what with the entities of a namespace. `$default` answers for what has no rule of its own."""


class NamespaceRulesDict(TypedDict, total=False):
    """The rules of a namespace."""

    allow: AllowDict
    bind: Mapping[str, str] | Sequence[str]
    """Expressions by the names that rules call them by, or a list of names and expressions in turn."""
    fields: Mapping[str, Expression]
    """Who sees single attributes, by label."""


class RefillDict(TypedDict, total=False):
    """How tokens come back."""

    amount: int
    """Within a period; else the capacity."""
    period: str
    """Such as "90 seconds" or "1 day"; else an hour."""
    type: Literal["greedy", "interval"]
    """Bit by bit, or all at the end of a period."""


class BandwidthDict(TypedDict):
    """How much is allowed at once, and how it comes back."""

    capacity: int
    refill: NotRequired[RefillDict]


class RateLimitDict(TypedDict):
    """A rate limit, which rules take from by `rateLimit.name.limit(key)`."""

    limits: Sequence[BandwidthDict]


RulesDict: TypeAlias = Mapping[str, Any]
"""Rules by namespace, `$default` and `$rateLimits` included, as the server keeps them."""
