"""Which of the known names somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable

_SHOWN = 12


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """The end of an error text: the nearest known name, if one is near, and those that there are."""
    names = sorted(known)
    if not names:
        return "There are none."
    shown = ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
    nearest = nearest_name(name, names)
    return f"Known: {shown}." if nearest is None else f"Did you mean {nearest!r}? Known: {shown}."


def nearest_name(name: object, known: Iterable[str]) -> str | None:
    """The known name that is spelt most alike, if any is near."""
    if not isinstance(name, str):
        return None
    names = list(known)
    from difflib import get_close_matches  # here, since most programs make no mistakes

    by_case = {candidate.casefold(): candidate for candidate in names}
    # Longer texts are no misspelt names, and comparing them takes long.
    folded = name.casefold()[:100]
    found = get_close_matches(folded, by_case, n=1, cutoff=0.6)
    return by_case[found[0]] if found else None
