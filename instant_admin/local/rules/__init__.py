"""Permission rules: which program answers for a namespace and an action, and which rules can be pushed.

check.py        what a push of rules is refused for
binds.py        names that rules share, nested around a rule that uses them
lookup.py       which rule answers
rate_limits.py  what stands under `$rateLimits`
"""

from __future__ import annotations

from instant_admin.local.rules.check import Fault, check_rules, expression_faults, rule_faults
from instant_admin.local.rules.lookup import Rule, Rules, rules_of

__all__ = ["Fault", "Rule", "Rules", "check_rules", "expression_faults", "rule_faults", "rules_of"]
