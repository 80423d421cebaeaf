"""A text of a date, broken into the fields that PostgreSQL sees in it."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from instant_admin._dates.keywords import KEYWORDS


class Kind(Enum):
    """What a field looks like; what it means depends on those before it."""

    NUMBER = "digits, perhaps with a point"
    DATE = "digits and separators, or a name with separators: a date, or a time zone"
    TIME = "digits and colons"
    OFFSET = "a sign and digits"
    WORD = "letters, perhaps after a sign"


class Field(NamedTuple):
    """One field, in lower case."""

    kind: Kind
    text: str


_FORMS = [
    (Kind.TIME, r"\d+:[\d:.]*"),
    (Kind.DATE, r"\d+([-/.])\d+\1(?:\d|\1)*"),
    (Kind.NUMBER, r"\d+\.\d+"),
    (Kind.DATE, r"\d+[-/]\d+"),
    (Kind.DATE, r"\d+([-/.])(?:[a-z\d]|\1)*"),
    (Kind.NUMBER, r"\d+|\.\d*"),
    (Kind.DATE, r"[a-z]+[-/.][-+/_.:a-z\d]*"),
    # A keyword before digits stands for itself, other letters begin the name of a zone.
    (Kind.DATE, rf"(?!(?:{'|'.join(KEYWORDS)})[+\d])[a-z]+[+\d][-+/_.:a-z\d]*"),
    (Kind.WORD, r"[a-z]+"),
    (Kind.OFFSET, r"[+-]\s*\d[-\d:.]*"),
    (Kind.WORD, r"[+-]\s*[a-z]+"),
]
"""The first that fits counts."""
_FORM_PATTERNS = [(kind, re.compile(form, re.ASCII)) for kind, form in _FORMS]
_BETWEEN = re.compile(r"""[\s!"#$%&'()*,/:;<=>?@\[\\\]^_`{|}~]+""", re.ASCII)
_MOST_FIELDS = 25
_MOST_CHARACTERS = 153
"""Of all fields together, with an end mark after each."""


def date_fields(text: str) -> list[Field] | None:
    """The fields of a text; None if it holds what no date does."""
    if not text.isascii():
        return None
    text = text.lower()
    fields: list[Field] = []
    at = 0
    while at < len(text):
        between = _BETWEEN.match(text, at)
        if between:
            at = between.end()
            continue
        field, at = _field_at(text, at)
        if field is None:
            return None
        fields.append(field)
    too_long = sum(len(field.text) + 1 for field in fields) > _MOST_CHARACTERS
    return None if too_long or len(fields) > _MOST_FIELDS else fields


def _field_at(text: str, start: int) -> tuple[Field | None, int]:
    for kind, form in _FORM_PATTERNS:
        found = form.match(text, start)
        if found:
            # A sign may have blanks after it, which do not count.
            return Field(kind, "".join(found[0].split())), found.end()
    return None, start
