"""What rules say about storing, deleting and fetching files outside of transactions and queries.

They see the path and nothing else of a file: it need not exist (recordings sto_perms_other_data, sto_perms_delete).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypeAlias

from instant_admin.local.catalog import FILES
from instant_admin.local.cel import is_allowed
from instant_admin.local.errors import Refusal, permission_denied
from instant_admin.local.permissions.asking import Entity, Question, ask
from instant_admin.local.permissions.circumstances import Circumstances
from instant_admin.local.store.units import ReadUnit

Action: TypeAlias = Literal["create", "delete", "view"]


def check_files(unit: ReadUnit, circumstances: Circumstances, action: Action, paths: Sequence[object]) -> None:
    """Ask whether somebody may store, delete or fetch files: for one path after the other, until there is a no.

    Args:
        unit: The app's data.
        circumstances: Who asks, and under which rules.
        action: Overwriting asks for "create" too (recording sto_perms_overwrite).
        paths: Of the files, as they were sent; what is no text is no file, but asked for all the same.

    Raises:
        Refusal: The rule says no to one of them, or cannot be evaluated.
    """
    rule = circumstances.rules.find(FILES, action)
    if rule is None:
        return
    for path in paths:
        (value,) = ask(unit, circumstances, [Question(rule, Entity(FILES, {"path": path}))])
        if not is_allowed(value):
            raise files_forbidden(action)


def files_forbidden(action: Action) -> Refusal:
    """The rule for files says no."""
    return permission_denied((FILES, action), "has-storage-permission?")
