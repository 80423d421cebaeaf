"""What rules say about storing and deleting files outside of transactions.

They see the path and nothing else of a file: it need not exist (recordings sto_perms_other_data, sto_perms_delete).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from instant_admin.local.catalog import FILES
from instant_admin.local.cel import is_allowed
from instant_admin.local.errors import permission_denied
from instant_admin.local.permissions.asking import Entity, Question, ask
from instant_admin.local.permissions.circumstances import Circumstances
from instant_admin.local.store.units import ReadUnit


def check_files(
    unit: ReadUnit, circumstances: Circumstances, action: Literal["create", "delete"], paths: Sequence[str]
) -> None:
    """Ask whether somebody may store or delete files.

    Args:
        unit: The app's data.
        circumstances: Who asks, and under which rules.
        action: Overwriting asks for "create" too (recording sto_perms_overwrite).
        paths: Of the files.

    Raises:
        Refusal: The rule says no to one of them, or cannot be evaluated.
    """
    rule = circumstances.rules.find(FILES, action)
    if rule is None:
        return
    questions = [Question(rule, Entity(FILES, {"path": path})) for path in paths]
    if not all(is_allowed(value) for value in ask(unit, circumstances, questions)):
        raise permission_denied((FILES, action), "has-storage-permission?")
