"""How the server reads single parameters, whatever the endpoint (server contract, common coercion rules).

Each reader returns None for a value it cannot read. Absence is the caller's business: see `is_given`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

UUID_LENGTH = 36

# RFC-like, ASCII, with a dotted domain: recordings auth_address_pattern and auth_magic_code_address_malformed.
_ATOM = r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+", re.ASCII)

_JAVA_CONTROL_BLANKS = frozenset("\t\n\v\f\r\x1c\x1d\x1e\x1f")
_NO_BREAK = frozenset("\u00a0\u2007\u202f")


def is_given(value: object) -> bool:
    """Whether a parameter counts as given: null and false are absences, 0 and "" are not."""
    return value is not None and value is not False


def as_flag(value: object) -> bool:
    """A flag: anything but null and false is true, so 0, "" and "false" are."""
    return is_given(value)


def as_text(value: object) -> str | None:
    """A text, trimmed, blank ones included."""
    return trim(value) if isinstance(value, str) else None


def as_given_text(value: object) -> str | None:
    """A text as it is, blank or not."""
    return value if isinstance(value, str) else None


def as_non_blank(value: object) -> str | None:
    """A text that is not blank, trimmed; a number counts as its text."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return trim(value) or None if isinstance(value, str) else None


def as_uuid(value: object) -> str | None:
    """A UUID with or without blanks around it, in lower case."""
    if not isinstance(value, str):
        return None
    text = trim(value)
    return canonical_uuid(text) if len(text) == UUID_LENGTH else None


def as_email(value: object) -> str | None:
    """An e-mail address, trimmed and in lower case."""
    if not isinstance(value, str):
        return None
    text = trim(value).lower()
    return text if _EMAIL.fullmatch(text) else None


def trim(text: str) -> str:
    """The text without blanks at its ends, as Java sees blanks: no-break spaces are none."""
    start, end = 0, len(text)
    while start < end and _is_blank(text[start]):
        start += 1
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_blank(character: str) -> bool:
    if character in _JAVA_CONTROL_BLANKS:
        return True
    return unicodedata.category(character) in {"Zs", "Zl", "Zp"} and character not in _NO_BREAK


_GROUP_WIDTHS = (8, 4, 4, 4, 12)
_UUID = re.compile("-".join(["([0-9a-f]+)"] * 5))
_CANONICAL = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}").fullmatch
_HYPHENS = (8, 13, 18, 23)
_LARGEST_LONG = 2**63 - 1
_canonical: set[str] = set()
"""UUIDs that were recognized lately: every id of a call is asked about several times."""
_KEPT = 32_768


def canonical_uuid(text: str) -> str | None:
    """A text as the UUID that Java's `UUID.fromString` reads from it, in lower case; None where it reads none.

    Java wants five hexadecimal groups but not their usual widths: it keeps the low digits of each and fills up
    with zeros.
    """
    if text in _canonical or _CANONICAL(text):  # as nearly all are
        return text
    groups = _UUID.fullmatch(text.lower())
    if groups is None or any(int(group, 16) > _LARGEST_LONG for group in groups.groups()):
        return None
    return "-".join(
        group[-width:].rjust(width, "0") for group, width in zip(groups.groups(), _GROUP_WIDTHS, strict=True)
    )


def are_canonical_uuids(values: Sequence[object]) -> bool:
    """Whether all values are UUIDs in full form and lower case: told at once, at a fraction of the cost of each."""
    count = len(values)
    texts = [value for value in values if isinstance(value, str) and len(value) == UUID_LENGTH]
    joined = "".join(texts)
    digits = joined.replace("-", "")
    if len(texts) < count or len(digits) != (UUID_LENGTH - len(_HYPHENS)) * count:
        return False
    if any(joined[place::UUID_LENGTH] != "-" * count for place in _HYPHENS):
        return False
    try:
        if bytes.fromhex(digits).hex() != digits:
            return False
    except ValueError:
        return False
    if len(_canonical) > _KEPT:
        _canonical.clear()
    _canonical.update(texts)
    return True
