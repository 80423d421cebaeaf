"""The one rule that is asked outside of queries and transactions: whether somebody may become a user.

Only the `create` rule of `$users` itself counts, no default (recording perm_users_signup_rule).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from instant_admin.local.attributes import ID_LABEL
from instant_admin.local.catalog import USERS
from instant_admin.local.cel import is_allowed
from instant_admin.local.errors import permission_denied
from instant_admin.local.permissions.asking import Entity, Question, ask
from instant_admin.local.permissions.circumstances import Circumstances
from instant_admin.local.store.units import ReadUnit


def check_sign_up(
    unit: ReadUnit, circumstances: Circumstances, user_id: str, email: str | None, fields: Mapping[str, Any]
) -> None:
    """Ask whether somebody may become a user.

    Args:
        unit: The app's data.
        circumstances: Its rules, and the request; nobody acts.
        user_id: The id that the user would have.
        email: Its address; None for a guest.
        fields: `extra-fields`, which only a rule can allow.

    Raises:
        Refusal: The rule says no or cannot be evaluated, or there is none and extra fields are given.
    """
    rule = circumstances.rules.find_own(USERS, "create")
    if rule is None:
        allowed = not fields
    else:
        record = {ID_LABEL: user_id, "email": email, **fields}
        question = Question(rule, Entity(USERS, record), new_data=record)
        allowed = is_allowed(ask(unit, circumstances, [question])[0])
    if not allowed:
        raise permission_denied((USERS, "create"))
