"""A place in the tokens of a rule."""

from __future__ import annotations

from dataclasses import dataclass

from instant_admin.local.cel.errors import Issue
from instant_admin.local.cel.lexer import Source, Token


@dataclass
class SyntaxFault(Exception):
    """The tokens are no expression."""

    at: int
    message: str


class Cursor:
    """Goes through tokens from left to right; faults that leave the syntax intact are noted in `issues`."""

    def __init__(self, tokens: list[Token], source: Source, issues: list[Issue]) -> None:
        self._tokens = tokens
        self._source = source
        self._issues = issues
        self._position = 0

    @property
    def token(self) -> Token:
        """The token ahead; the last one is of the kind `end`."""
        return self._tokens[self._position]

    def next(self) -> Token:
        """Go past the token ahead."""
        token = self.token
        self._position += 1
        return token

    def skip(self, kind: str) -> bool:
        """Go past the token ahead if it is of this kind; says whether it was."""
        if self.token.kind != kind:
            return False
        self._position += 1
        return True

    def expect(self, kind: str) -> Token:
        """Go past a token that must be of this kind.

        Raises:
            SyntaxFault: It is not.
        """
        if self.token.kind != kind:
            raise self.unexpected(kind)
        return self.next()

    def another(self, closing: str, *, first: bool, spare_comma: bool = True) -> bool:
        """Whether a further item follows in a list; goes past the comma before it, or past the closing symbol.

        Args:
            closing: The symbol that ends the list.
            first: Whether none came before.
            spare_comma: Whether a comma may stand before the closing symbol, even without any item.
        """
        if self.skip(closing):
            return False
        if first:
            ends = spare_comma and self.skip(",")
        else:
            self.expect(",")
            ends = spare_comma and self.token.kind == closing
        if ends:
            self.expect(closing)
        return not ends

    def unexpected(self, wanted: str | None = None) -> SyntaxFault:
        """The token ahead cannot stand here."""
        token = self.token
        found = f"`{token.text}`" if token.text else "the end"
        expected = f", `{wanted}` was expected" if wanted else ""
        return SyntaxFault(token.at, f"{found} cannot stand here{expected}.")

    def note(self, at: int, message: str) -> None:
        """Note a fault and go on."""
        self._issues.append(self._source.issue(at, message))
