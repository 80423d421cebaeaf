"""Permissions: an app's rules, and asking them about reads and writes.

rule_routes.py    setting and showing the rules
circumstances.py  what the rules of one request have in common
asking.py         evaluating many rules together
references.py     what `ref` finds
rate_limits.py    the buckets behind `rateLimit`
trace.py          the latest evaluations, for those who look for the reason
view.py           what a query may show
writes.py         what a transaction may do: checks.py, by what it changes, changes.py
sign_up.py        the rule for users who make themselves

What rules mean is in `rules/`, the language they are written in is `cel/`.
"""

from instant_admin.local.permissions.circumstances import Circumstances, circumstances_of
from instant_admin.local.permissions.rate_limits import RateLimits
from instant_admin.local.permissions.sign_up import check_sign_up
from instant_admin.local.permissions.trace import Evaluation, RuleTrace
from instant_admin.local.permissions.view import RuleVisibility
from instant_admin.local.permissions.writes import RuleChecks

__all__ = [
    "Circumstances",
    "Evaluation",
    "RateLimits",
    "RuleChecks",
    "RuleTrace",
    "RuleVisibility",
    "check_sign_up",
    "circumstances_of",
]
