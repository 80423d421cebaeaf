"""`$like` and `$ilike`: PostgreSQL's LIKE over a whole text."""

from __future__ import annotations

import re
from functools import lru_cache

_TOKEN = re.compile(r"\\(?P<literal>.)|(?P<wildcard>[%_])|(?P<plain>[^\\%_]+)", re.DOTALL)
_DOTTED_I = "\u0130"


class LikePatternError(ValueError):
    """A pattern ends in a backslash that escapes nothing, and a text has come so far."""


def like(pattern: str, text: object, *, ignore_case: bool = False) -> bool:
    """Whether a whole text fits a pattern: `%` is any text, `_` one code point, a backslash makes the next one literal.

    What is not a text fits no pattern. Raises LikePatternError for a pattern with a lone backslash at its end, unless
    the text differs before it.
    """
    if not isinstance(text, str):
        return False
    if ignore_case:
        pattern, text = _folded(pattern), _folded(text)
    compiled, is_incomplete = _compiled(pattern)
    if not is_incomplete:
        return compiled.fullmatch(text) is not None
    if compiled.match(text):
        raise LikePatternError("the pattern ends in a backslash")
    return False


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> tuple[re.Pattern[str], bool]:
    """A pattern as a regular expression, and whether it ends in a lone backslash, where there must be more text."""
    segments = [""]
    end = 0
    for token in _TOKEN.finditer(pattern):
        if token["wildcard"] == "%":
            segments.append("")
        else:
            segments[-1] += "." if token["wildcard"] else re.escape(token["literal"] or token["plain"])
        end = token.end()
    is_incomplete = end < len(pattern)
    first, *others = segments
    last = "." if is_incomplete else f".*{others.pop()}" if others else ""
    # The first place where a segment fits is as good as any, so nothing is tried twice.
    middle = "".join(f"(?>.*?{segment})" for segment in others)
    return re.compile(f"{first}{middle}{last}", re.DOTALL), is_incomplete


def _folded(text: str) -> str:
    """Lower case, code point by code point, as glibc has it: a sigma at the end of a word is like any other."""
    if text.isascii():
        return text.lower()
    return "".join("i" if character == _DOTTED_I else character.lower() for character in text)
