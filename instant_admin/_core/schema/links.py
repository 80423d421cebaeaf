"""Links as they are written: `{"forward": {"on", "label", "has"}, "reverse": {...}}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, cast

from instant_admin._core.nearest import nearest_name
from instant_admin._core.schema.problems import Problems
from instant_admin._core.schema.values import Cardinality, Link, LinkEnd

_SIDES = ("forward", "reverse")
_KEYS = ("on", "label", "has", "required", "on_delete")


def read_link(value: object, place: str, problems: Problems) -> Link | None:
    """The link, or None after its problems were noted.

    Args:
        value: A Link, or an object with `forward` and `reverse`. `on_delete` may be spelt `onDelete`.
        place: Where it stands, for the texts.
        problems: Where to note them.
    """
    if isinstance(value, Link):
        return value
    if not isinstance(value, Mapping):
        problems.add(place, f"must be an object with 'forward' and 'reverse', got {value!r:.80}.")
        return None
    _check_keys(value, _SIDES, place, problems)
    forward, reverse = (_read_end(value.get(side), f"{place}.{side}", problems) for side in _SIDES)
    return None if forward is None or reverse is None else Link(forward, reverse)


def _read_end(value: object, place: str, problems: Problems) -> LinkEnd | None:
    if isinstance(value, LinkEnd):
        return value
    if not isinstance(value, Mapping):
        problems.add(place, "must be an object such as {'on': 'posts', 'label': 'author', 'has': 'one'}.")
        return None
    given = {"on_delete" if key == "onDelete" else key: item for key, item in value.items()}
    _check_keys(given, _KEYS, place, problems)
    is_sound = True
    for key, is_right, expected in (
        ("on", _is_name(given.get("on")), "the name of an entity"),
        ("label", _is_name(given.get("label")), "the label of the link at this side"),
        ("has", given.get("has") in ("one", "many"), "'one' or 'many'"),
        ("required", given.get("required") in (None, True, False), "True or False"),
        ("on_delete", given.get("on_delete") in (None, "cascade"), "'cascade', or left out"),
    ):
        if not is_right:
            problems.add(f"{place}.{key}", f"must be {expected}, got {given.get(key)!r:.80}.")
            is_sound = False
    if not is_sound:
        return None
    return LinkEnd(
        given["on"],
        given["label"],
        cast("Cardinality", given["has"]),
        required=given.get("required") is True,
        on_delete=cast("Literal['cascade'] | None", given.get("on_delete")),
    )


def _is_name(value: object) -> bool:
    return isinstance(value, str)


def _check_keys(given: Mapping[Any, Any], known: tuple[str, ...], place: str, problems: Problems) -> None:
    for key in given:
        if key not in known:
            near = nearest_name(key, known)
            problems.add(
                f"{place}.{key}", f"is unknown{f'; write {near!r}' if near else ''}. Keys: {', '.join(known)}."
            )
