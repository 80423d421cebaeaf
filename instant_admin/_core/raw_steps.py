"""Steps that come ready made, in the form that travels: whether the server takes them."""

from __future__ import annotations

from typing import Any, Final

from instant_admin._core.references import entity_reference, link_target
from instant_admin._core.values import to_json_value
from instant_admin.errors import InvalidArgumentError

# Number of elements each action takes on the wire (server contract, data 4.1). Chains do not build the last two.
_STEP_LENGTHS: Final = {
    "create": (4, 4),
    "update": (4, 5),
    "merge": (4, 5),
    "link": (4, 4),
    "unlink": (4, 4),
    "delete": (3, 4),
    "ruleParams": (4, 4),
    "add-attr": (2, 2),
    "delete-attr": (2, 2),
}
WITHOUT_ENTITY: Final = frozenset({"add-attr", "delete-attr"})
"""Actions on attributes instead of entities."""


def check_step(step: Any, index: int) -> list[Any]:
    """A copy of a step, its entity in the usual form.

    Raises:
        InvalidArgumentError: It has no shape the server takes.
    """
    what = f"from_steps: steps[{index}]"
    copied = to_json_value(step, what)
    action = copied[0] if isinstance(copied, list) and copied else None
    if not isinstance(copied, list) or not isinstance(action, str) or action not in _STEP_LENGTHS:
        raise InvalidArgumentError(f"{what} must be a list that begins with one of {', '.join(_STEP_LENGTHS)}.")
    least, most = _STEP_LENGTHS[action]
    if not least <= len(copied) <= most:
        raise InvalidArgumentError(f"{what}: {action} takes {least} to {most} elements, got {len(copied)}.")
    if action not in WITHOUT_ENTITY:
        _check_entity(copied, what)
        _check_arguments(copied, what)
    return copied


def _check_entity(step: list[Any], what: str) -> None:
    if not isinstance(step[1], str) or not step[1].strip():
        raise InvalidArgumentError(f"{what}: the namespace must be its name, got {step[1]!r:.80}.")
    if isinstance(step[2], str):
        step[2] = entity_reference(step[2], step[1])
    elif not _is_lookup(step[2]):
        raise InvalidArgumentError(f"{what}: {step[2]!r:.80} is neither an entity id nor a lookup.")


def _is_lookup(value: Any) -> bool:
    """Whether it is a lookup in one of the server's forms, `[attribute, value]` or `{attribute: value}`."""
    if isinstance(value, list):
        return len(value) == 2 and isinstance(value[0], str)
    return isinstance(value, dict) and len(value) == 1


def _check_arguments(step: list[Any], what: str) -> None:
    action, *_, arguments = step[:4]
    if action == "delete":
        if len(step) > 3 and arguments is not None and not isinstance(arguments, dict):
            raise InvalidArgumentError(f"{what}: delete takes no arguments, got {arguments!r:.80}.")
        return
    if not isinstance(arguments, dict):
        raise InvalidArgumentError(f"{what}: {action} takes an object, got {arguments!r:.80}.")
    if action in ("link", "unlink"):
        for label, targets in arguments.items():
            for target in targets if isinstance(targets, list) else [targets]:
                if not _is_lookup(target):
                    link_target(target, f"{what}: {action}.{label}")
    if len(step) > 4 and not (step[4] is None or isinstance(step[4], dict)):
        raise InvalidArgumentError(f"{what}: the options of {action} are an object, got {step[4]!r:.80}.")
