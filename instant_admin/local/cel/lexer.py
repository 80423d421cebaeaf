"""Splitting a rule into tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass

from instant_admin.local.cel.errors import Issue

RESERVED = frozenset(
    re.findall(
        r"\w+",
        "as break const continue else for function if import let loop namespace package return var void while",
    )
)
"""Names that no variable may have; as labels behind a dot they are fine."""

_HEX = "[0-9a-fA-F]"
_ESCAPE = rf"""\\(?:[abfnrtv"'\\?`]|[xX]{_HEX}{{2}}|u{_HEX}{{4}}|U{_HEX}{{8}}|[0-3][0-7]{{2}})"""


def _quoted(quote: str) -> str:
    """Texts in this kind of quotes: of several lines and of one, raw and with escapes."""
    raw, plain = f"[bB]?[rR]{quote}", f"[bB]?{quote}"
    return (
        rf"{raw}{{3}}(?:(?!{quote}{{3}})[\s\S])*+{quote}{{3}}"
        rf"|{plain}{{3}}(?:{_ESCAPE}|(?!{quote}{{3}})[^\\])*+{quote}{{3}}"
        rf"|{raw}[^{quote}\n\r]*+{quote}"
        rf"|{plain}(?:{_ESCAPE}|[^\\{quote}\n\r])*+{quote}"
    )


_TOKEN = re.compile(
    rf"""
    (?P<space>[\t\ \r\n\f]++|//[^\n]*+)
    |(?P<text>{_quoted("'")}|{_quoted('"')})
    |(?P<double>[0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)
    |(?P<uint>(?:0x{_HEX}+|[0-9]+)[uU])
    |(?P<int>0x{_HEX}+|[0-9]+)
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<quoted>`[A-Za-z0-9_.\-/\ ]+`)
    |(?P<symbol>==|!=|<=|>=|&&|\|\||[<>\[\]{{}}().,\-!?:+*/%])
    """,
    re.VERBOSE,
)

_UNFINISHED = re.compile(
    rf"""[bB]?(['"])(?:{_ESCAPE}|(?!\1)[^\\\n\r])*+"""
    rf"""(?:\\(?:[xX]{_HEX}?|u{_HEX}{{0,3}}|U{_HEX}{{0,7}}|[0-3][0-7]?)?)?[\s\S]?"""
)
"""A text up to where it cannot go on."""

_WORDS = frozenset({"in", "true", "false", "null"})


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a rule. The kind of symbols and of the words `in`, `true`, `false` and `null` is the text itself."""

    kind: str
    text: str
    at: int


class Source:
    """A rule as written, to turn offsets into lines and columns."""

    def __init__(self, text: str) -> None:
        self.text = text

    def issue(self, at: int, message: str) -> Issue:
        """An issue at an offset."""
        before = self.text[:at]
        return Issue(before.count("\n") + 1, at - (before.rfind("\n") + 1), message)


def tokens_of(source: Source) -> tuple[list[Token], list[Issue]]:
    """The tokens, closed by one of the kind `end`, and an issue for each character that starts none."""
    text = source.text
    tokens: list[Token] = []
    issues: list[Issue] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            unfinished = _UNFINISHED.match(text, at)
            issues.append(source.issue(at, f"`{text[at]}` cannot stand here."))
            at = unfinished.end() if unfinished else at + 1
            continue
        kind, word = match.lastgroup or "", match.group()
        if kind != "space":
            tokens.append(Token(word if kind == "symbol" or word in _WORDS else kind, word, at))
        at = match.end()
    tokens.append(Token("end", "", len(text)))
    return tokens, issues
