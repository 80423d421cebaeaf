"""Permission rules: who may do what, said in Python and checked before they are pushed.

from instant_admin.perms import Rules, rule

rules = Rules(
    {
        "goals": {
            "allow": {"view": "true", "update": rule("auth.id in data.ref('owner.id')"), "delete": "false"},
        },
    }
)
db.perms.push(rules)
"""

from __future__ import annotations

from instant_admin._core.perms_calls import RulesPushResult
from instant_admin._perms.checking import rule
from instant_admin._perms.forms import (
    AllowDict,
    BandwidthDict,
    Expression,
    LinkRulesDict,
    NamespaceRulesDict,
    RateLimitDict,
    RefillDict,
    RulesDict,
)
from instant_admin._perms.values import Rules

__all__ = [
    "AllowDict",
    "BandwidthDict",
    "Expression",
    "LinkRulesDict",
    "NamespaceRulesDict",
    "RateLimitDict",
    "RefillDict",
    "Rules",
    "RulesDict",
    "RulesPushResult",
    "rule",
]
