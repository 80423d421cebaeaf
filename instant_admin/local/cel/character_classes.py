"""Classes of characters that patterns name, as the inside of a class of Python's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

PERL = {
    "d": "0-9",
    "D": "\\x00-/:-\U0010ffff",
    "w": "0-9A-Za-z_",
    "W": "\\x00-/:-@\\[-\\^`{-\U0010ffff",
    "s": "\\t\\n\\f\\r ",
    "S": "\\x00-\\x08\\x0b\\x0e-\\x1f!-\U0010ffff",
}
"""`\\d` and its like, which are ASCII."""

_POSIX_INSIDES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": "\\x00-\\x7f",
    "blank": "\\t ",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": "\\t-\\r ",
    "upper": "A-Z",
    "word": "0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
}
_POSIX = re.compile(rf"\[:(\^?)({'|'.join(_POSIX_INSIDES)}):\]")

_SCRIPTS = {
    "Arabic": ("ARABIC",),
    "Armenian": ("ARMENIAN",),
    "Bengali": ("BENGALI",),
    "Cyrillic": ("CYRILLIC",),
    "Devanagari": ("DEVANAGARI",),
    "Georgian": ("GEORGIAN",),
    "Greek": ("GREEK",),
    "Han": ("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "CJK RADICAL", "KANGXI RADICAL"),
    "Hangul": ("HANGUL",),
    "Hebrew": ("HEBREW",),
    "Hiragana": ("HIRAGANA",),
    "Katakana": ("KATAKANA",),
    "Latin": ("LATIN",),
    "Tamil": ("TAMIL",),
    "Thai": ("THAI",),
}
"""Scripts by how the names of their characters begin; Python does not know which script a character belongs to."""

_CATEGORIES = {"C": "cfos", "L": "lmotu", "M": "cen", "N": "dlo", "P": "cdefios", "S": "ckmo", "Z": "lps"}
"""The general categories: the first letter alone is all that begin with it."""

_LAST = 0x10FFFF
_PRIVATE = [(0xF0000, 0xFFFFD), (0x100000, 0x10FFFD)]
"""Planes of the category Co."""
_ASSIGNED = (range(0x33480), range(0xE0000, 0xE01F0))
"""Where there are other characters at all, so that the rest need not be looked at."""


def posix_class(pattern: str, at: int) -> tuple[str, int] | None:
    """A class such as `[:alpha:]` at an offset, with where it ends."""
    found = _POSIX.match(pattern, at)
    if found is None:
        return None
    inside = _POSIX_INSIDES[found[2]]
    return (_others(inside) if found[1] else inside), found.end()


@lru_cache(maxsize=64)
def _others(inside: str) -> str:
    excluded = re.compile(f"[{inside}]")
    ascii_others = "".join(re.escape(chr(code)) for code in range(128) if not excluded.match(chr(code)))
    return f"{ascii_others}\\x80-\U0010ffff"


@lru_cache(maxsize=64)
def unicode_class(name: str, *, outside: bool) -> str | None:
    """The characters of a general category or a script, or all others; None if there is no such class."""
    if name == "Any":
        inside = [(0, _LAST)]
    elif name[0] in _CATEGORIES and name[1:] in ("", *_CATEGORIES[name[0]]):
        inside = _ranges(code for code in chain(*_ASSIGNED) if _category(code).startswith(name))
        inside += _PRIVATE if "Co".startswith(name) else []
    elif name in _SCRIPTS:
        prefixes = _SCRIPTS[name]
        inside = _ranges(code for code in chain(*_ASSIGNED) if unicodedata.name(chr(code), "").startswith(prefixes))
    else:
        return None
    shown = _complement(inside) if outside else inside
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in shown)


def _category(code: int) -> str:
    category = unicodedata.category(chr(code))
    return "" if category == "Cn" else category


def _ranges(codes: Iterable[int]) -> list[tuple[int, int]]:
    """Rising numbers as ranges, first and last included."""
    found: list[tuple[int, int]] = []
    for code in codes:
        if found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return found


def _complement(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    starts = [0, *(last + 1 for _, last in ranges)]
    ends = [*(first - 1 for first, _ in ranges), _LAST]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start <= end]
