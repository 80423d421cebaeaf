"""`matches`: regular expressions as RE2 has them, run by Python's own engine.

A pattern is read by RE2's grammar, which knows no backreferences and no looking around, and written again for Python:
classes such as `\\w` are ASCII, `$` is the end of the text only, flags hold to the end of their group.
"""

from __future__ import annotations

import re
from functools import lru_cache

from instant_admin.local.cel.character_classes import PERL, posix_class, unicode_class
from instant_admin.local.cel.errors import EvaluationError

_MOST_REPETITIONS = 1000
_ASCII_WORD_EDGE = {"b": r"(?a:\b)", "B": r"(?a:\B)"}
_CONTROL = {"a": "\a", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_REPEAT = re.compile(r"\{([0-9]+)(,([0-9]*))?\}")
_GROUP_NAME = re.compile(r"P?<([A-Za-z_][A-Za-z0-9_]*)>")
_FLAGS = re.compile(r"([imsU]*)(?:-([imsU]+))?([:)])")
_CODE = re.compile(r"x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))|([1-7][0-7]{1,2}|0[0-7]{0,2})")
_UNICODE = re.compile(r"([pP])(?:\{(\^?)([A-Za-z_]+)\}|([A-Za-z]))")


def matches(text: str, pattern: str) -> bool:
    """Whether the pattern is found anywhere in the text."""
    return _compiled(pattern).search(text) is not None


class _SyntaxFault(Exception):
    """The pattern is none of RE2's."""


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(_Translation(pattern).python())
    except (_SyntaxFault, re.error, OverflowError, RecursionError) as cause:
        raise EvaluationError("INVALID_ARGUMENT", f"The pattern is malformed: {cause}") from cause


class _Translation:
    """Reads a pattern once, from left to right."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._written: list[str] = []
        self._flags = frozenset[str]()
        self._outer: list[frozenset[str]] = []
        self._names: set[str] = set()
        self._repeatable = False

    def python(self) -> str:
        """The pattern for Python."""
        while self._at < len(self._pattern):
            self._piece()
        if self._outer:
            raise _SyntaxFault("a group is not closed")
        return "".join(self._written)

    def _piece(self) -> None:
        character = self._pattern[self._at]
        self._at += 1
        match character:
            case "(":
                self._open()
            case ")":
                if not self._outer:
                    raise _SyntaxFault("a parenthesis closes nothing")
                self._flags = self._outer.pop()
                self._written.append(")")
                self._repeatable = True
            case "|":
                self._written.append("|")
                self._repeatable = False
            case "*" | "+" | "?":
                self._repeat(character)
            case "{" if _REPEAT.match(self._pattern, self._at - 1):
                self._repeat_counted()
            case "^":
                self._atom("(?m:^)" if "m" in self._flags else r"(?:\A)")
            case "$":
                self._atom("(?m:$)" if "m" in self._flags else r"(?:\Z)")
            case ".":
                self._atom(r"[\s\S]" if "s" in self._flags else r"[^\n]")
            case "[":
                self._atom(self._folded(self._character_class()))
            case "\\":
                self._escape()
            case _:
                self._atom(self._folded(re.escape(character)))

    def _atom(self, written: str) -> None:
        self._written.append(written)
        self._repeatable = True

    def _folded(self, written: str) -> str:
        return f"(?i:{written})" if "i" in self._flags else written

    def _open(self) -> None:
        self._repeatable = False
        if not self._pattern.startswith("?", self._at):
            self._outer.append(self._flags)
            self._written.append("(?:")
            return
        self._at += 1
        name = _GROUP_NAME.match(self._pattern, self._at)
        if name is not None:
            if name[1] in self._names:
                raise _SyntaxFault("a name is used twice")
            self._names.add(name[1])
            self._at = name.end()
            self._outer.append(self._flags)
            self._written.append("(?:")
            return
        flags = _FLAGS.match(self._pattern, self._at)
        if flags is None:
            raise _SyntaxFault("there is no such group")
        self._at = flags.end()
        if flags[3] == ":":
            self._outer.append(self._flags)
            self._written.append("(?:")
        self._flags = (self._flags | set(flags[1])) - set(flags[2] or "")

    def _repeat(self, written: str) -> None:
        if not self._repeatable:
            raise _SyntaxFault("there is nothing to repeat")
        lazy = self._pattern.startswith("?", self._at)
        self._at += lazy
        self._written.append(written + ("?" if lazy is not ("U" in self._flags) else ""))
        self._repeatable = False

    def _repeat_counted(self) -> None:
        counts = _REPEAT.match(self._pattern, self._at - 1)
        assert counts is not None
        self._at = counts.end()
        least = int(counts[1])
        most = int(counts[3]) if counts[3] else least
        if most > _MOST_REPETITIONS or least > most:
            raise _SyntaxFault("that cannot be repeated so often")
        self._repeat(counts[0])

    def _escape(self) -> None:
        if self._at >= len(self._pattern):
            raise _SyntaxFault("it ends in a backslash")
        character = self._pattern[self._at]
        if character in "bB":
            self._at += 1
            self._atom(_ASCII_WORD_EDGE[character])
        elif character in "Az":
            self._at += 1
            self._atom(r"(?:\A)" if character == "A" else r"(?:\Z)")
        elif character == "Q":
            end = self._pattern.find(r"\E", self._at)
            quoted = self._pattern[self._at + 1 : end if end >= 0 else None]
            self._at = end + 2 if end >= 0 else len(self._pattern)
            for each in quoted:
                self._atom(self._folded(re.escape(each)))
        elif character == "E":
            raise _SyntaxFault("there is no such escape")
        else:
            inside = self._class_escape()
            self._atom(self._folded(f"[{inside}]") if len(inside) <= 2 else f"[{inside}]")

    def _class_escape(self) -> str:
        """What follows a backslash, as the inside of a class."""
        character = self._pattern[self._at : self._at + 1]
        if character in PERL:
            self._at += 1
            return PERL[character]
        unicode = _UNICODE.match(self._pattern, self._at)
        if unicode is not None:
            self._at = unicode.end()
            found = unicode_class(unicode[3] or unicode[4], outside=(unicode[1] == "P") is not bool(unicode[2]))
            if found is None:
                raise _SyntaxFault("there is no such class of characters")
            return found
        return re.escape(self._escaped_character())

    def _escaped_character(self) -> str:
        code = _CODE.match(self._pattern, self._at)
        if code is not None:
            self._at = code.end()
            number = int(code[3], 8) if code[3] else int(code[1] or code[2], 16)
            if number > 0x10FFFF:
                raise _SyntaxFault("there is no such character")
            return chr(number)
        character = self._pattern[self._at : self._at + 1]
        self._at += 1
        if character in _CONTROL:
            return _CONTROL[character]
        if not character or not character.isascii() or character.isalnum():
            raise _SyntaxFault("there is no such escape")
        return character

    def _character_class(self) -> str:
        written = ["["]
        if self._pattern.startswith("^", self._at):
            self._at += 1
            written.append("^")
        first = True
        while first or not self._pattern.startswith("]", self._at):
            if self._at >= len(self._pattern):
                raise _SyntaxFault("a class is not closed")
            written.append(self._class_member())
            first = False
        self._at += 1
        return "".join(written) + "]"

    def _class_member(self) -> str:
        named = posix_class(self._pattern, self._at)
        if named is not None:
            inside, self._at = named
            return inside
        if self._pattern.startswith("\\", self._at):
            following = self._pattern[self._at + 1 : self._at + 2]
            if following in PERL or _UNICODE.match(self._pattern, self._at + 1):
                self._at += 1
                return self._class_escape()
        low = self._class_character()
        if not self._pattern.startswith("-", self._at) or self._pattern.startswith("-]", self._at):
            return re.escape(low)
        self._at += 1
        high = self._class_character()
        if high < low:
            raise _SyntaxFault("a range runs backwards")
        return f"{re.escape(low)}-{re.escape(high)}"

    def _class_character(self) -> str:
        character = self._pattern[self._at : self._at + 1]
        if not character:
            raise _SyntaxFault("a class is not closed")
        self._at += 1
        return self._escaped_character() if character == "\\" else character
