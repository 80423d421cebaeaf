"""From the text of a rule to its tree.

Levels of precedence, loosest first: `?:`, `||`, `&&`, relations with `in`, sums, products, `!` and `-`, then
selections, indexes and calls.
"""

from __future__ import annotations

from instant_admin.local.cel.ast import (
    Call,
    Choice,
    ListOf,
    Literal,
    Logic,
    MapOf,
    Message,
    Name,
    Node,
    Select,
)
from instant_admin.local.cel.cursor import Cursor, SyntaxFault
from instant_admin.local.cel.errors import CompileError, Issue
from instant_admin.local.cel.lexer import RESERVED, Source, Token, tokens_of
from instant_admin.local.cel.literals import LiteralError, double_of, int_of, text_of, uint_of
from instant_admin.local.cel.macros import expand
from instant_admin.local.cel.steps import Steps, run, the
from instant_admin.local.cel.types import BOOL, BYTES, DOUBLE, INT, NULL, STRING, UINT

MOST_CHARACTERS = 100_000
MOST_LEVELS = 250

_BINARY = {
    "<": 0,
    "<=": 0,
    ">": 0,
    ">=": 0,
    "==": 0,
    "!=": 0,
    "in": 0,
    "+": 1,
    "-": 1,
    "*": 2,
    "/": 2,
    "%": 2,
}
"""How tightly the operators bind whose right side is not skipped."""

_TOO_DEEP = f"The rule nests deeper than {MOST_LEVELS} levels."

_CONSTANTS = {"true": (True, BOOL), "false": (False, BOOL), "null": (None, NULL)}


def parse(text: str) -> Node:
    """The tree of a rule.

    Raises:
        CompileError: The text is no expression, or too long or nested too deeply.
    """
    source = Source(text)
    if len(text) > MOST_CHARACTERS:
        raise CompileError([Issue(1, 0, f"The rule is longer than {MOST_CHARACTERS} characters.")])
    tokens, issues = tokens_of(source)
    try:
        tree = run(_Parser(Cursor(tokens, source, issues)).whole())
    except SyntaxFault as fault:
        issues.append(source.issue(fault.at, fault.message))
        raise CompileError(_in_order(issues)) from None
    if tree.depth > MOST_LEVELS:
        raise CompileError([Issue(1, 0, _TOO_DEEP)])
    if issues:
        raise CompileError(_in_order(issues))
    return tree


def _in_order(issues: list[Issue]) -> list[Issue]:
    return sorted(issues, key=lambda issue: (issue.line, issue.column))


class _Parser:
    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._levels = 0

    def whole(self) -> Steps[Node]:
        """The tree of all tokens."""
        tree = yield from the(self._expression())
        if self._cursor.token.kind != "end":
            raise self._cursor.unexpected()
        return tree

    def _expression(self) -> Steps[Node]:
        self._levels += 1
        if self._levels > MOST_LEVELS:
            raise SyntaxFault(0, _TOO_DEEP)
        node = yield from the(self._logic("||"))
        question = self._cursor.token
        if self._cursor.skip("?"):
            yes = yield from the(self._logic("||"))
            self._cursor.expect(":")
            no = yield from the(self._expression())
            node = Choice(question.at, 1 + max(node.depth, yes.depth, no.depth), node, yes, no)
        self._levels -= 1
        return node

    def _logic(self, operator: str) -> Steps[Node]:
        """Terms joined by one operator, as a balanced tree: which errors are absorbed depends on its shape."""
        terms = [(yield from the(self._logic("&&"))) if operator == "||" else (yield from the(self._binary(0)))]
        places: list[int] = []
        while self._cursor.token.kind == operator:
            places.append(self._cursor.next().at)
            terms.append((yield from the(self._logic("&&"))) if operator == "||" else (yield from the(self._binary(0))))
        return _balanced(operator, terms, places)

    def _binary(self, level: int) -> Steps[Node]:
        left = yield from the(self._unary())
        while (binding := _BINARY.get(self._cursor.token.kind, -1)) >= level:
            token = self._cursor.next()
            right = yield from the(self._binary(binding + 1))
            depth = 1 + max(left.depth, right.depth)
            left = Call(token.at, depth, f"_{token.kind}_", None, [left, right])
        return left

    def _unary(self) -> Steps[Node]:
        token = self._cursor.token
        if token.kind not in ("!", "-"):
            return (yield from the(self._member()))
        count = 0
        while self._cursor.skip(token.kind):
            count += 1
        if token.kind == "-" and self._cursor.token.kind in ("int", "double") and count == 1:
            return (yield from the(self._member(minus=token.at)))
        operand = yield from the(self._member())
        return operand if count % 2 == 0 else Call(token.at, operand.depth, f"{token.kind}_", None, [operand])

    def _member(self, minus: int | None = None) -> Steps[Node]:
        node = yield from the(self._primary(minus))
        while True:
            token = self._cursor.token
            if self._cursor.skip("."):
                node = yield from the(self._after_dot(node, token))
            elif self._cursor.skip("["):
                if self._cursor.token.kind == "?":
                    raise SyntaxFault(token.at, "Optional indexes are not supported.")
                index = yield from the(self._expression())
                self._cursor.expect("]")
                node = Call(token.at, 1 + max(node.depth, index.depth), "_[_]", None, [node, index])
            elif token.kind == "{" and (name := _qualified_name(node)) is not None:
                node = yield from the(self._message(name))
            else:
                return node

    def _after_dot(self, operand: Node, dot: Token) -> Steps[Node]:
        token = self._cursor.token
        if token.kind == "?":
            raise SyntaxFault(dot.at, "Optional selections are not supported.")
        if token.kind == "quoted":
            self._cursor.note(token.at, "Quoted labels are not supported; use brackets.")
            self._cursor.next()
            return Select(dot.at, 1 + operand.depth, operand, token.text)
        label = self._cursor.expect("name").text
        opened = self._cursor.token
        if not self._cursor.skip("("):
            return Select(dot.at, 1 + operand.depth, operand, label)
        arguments = yield from the(self._until(")"))
        depth = 1 + max(operand.depth, _deepest(arguments))
        return expand(Call(opened.at, depth, label, operand, arguments), self._cursor.note)

    def _until(self, closing: str) -> Steps[list[Node]]:
        """Expressions between commas, up to and with the closing symbol."""
        found: list[Node] = []
        while self._cursor.another(closing, first=not found, spare_comma=closing == "]"):
            found.append((yield from the(self._expression())))
        return found

    def _primary(self, minus: int | None) -> Steps[Node]:
        token = self._cursor.token
        match token.kind:
            case "name" | ".":
                return (yield from the(self._name()))
            case "(":
                self._cursor.next()
                node = yield from the(self._expression())
                self._cursor.expect(")")
                return node
            case "[":
                self._cursor.next()
                elements = yield from the(self._until("]"))
                return ListOf(token.at, _deepest(elements), elements)
            case "{":
                return (yield from the(self._map()))
            case "int" | "uint" | "double" | "text" | "true" | "false" | "null":
                self._cursor.next()
                return self._literal(token, minus)
            case _:
                raise self._cursor.unexpected()

    def _name(self) -> Steps[Node]:
        start = self._cursor.token
        self._cursor.skip(".")
        token = self._cursor.expect("name")
        if token.text in RESERVED:
            self._cursor.note(token.at, f"`{token.text}` is reserved.")
        opened = self._cursor.token
        if not self._cursor.skip("("):
            return Name(start.at, 0, token.text)
        arguments = yield from the(self._until(")"))
        return expand(Call(opened.at, _deepest(arguments), token.text, None, arguments), self._cursor.note)

    def _map(self) -> Steps[Node]:
        opened = self._cursor.next()
        entries: list[tuple[Node, Node]] = []
        while self._cursor.another("}", first=not entries):
            if self._cursor.token.kind == "?":
                raise SyntaxFault(self._cursor.token.at, "Optional keys are not supported.")
            key = yield from the(self._expression())
            self._cursor.expect(":")
            entries.append((key, (yield from the(self._expression()))))
        return MapOf(opened.at, _deepest([node for entry in entries for node in entry]), entries)

    def _message(self, name: str) -> Steps[Node]:
        opened = self._cursor.next()
        fields: list[tuple[int, str, Node]] = []
        while self._cursor.another("}", first=not fields):
            label = self._cursor.expect("name").text
            colon = self._cursor.expect(":")
            fields.append((colon.at, label, (yield from the(self._expression()))))
        return Message(opened.at, _deepest([value for _, _, value in fields]), name, fields)

    def _literal(self, token: Token, minus: int | None) -> Node:
        at = token.at if minus is None else minus
        sign = "" if minus is None else "-"
        try:
            match token.kind:
                case "int":
                    return Literal(at, 0, int_of(sign + token.text), INT)
                case "uint":
                    return Literal(at, 0, uint_of(token.text), UINT)
                case "double":
                    return Literal(at, 0, double_of(sign + token.text), DOUBLE)
                case "text":
                    value = text_of(token.text)
                    return Literal(at, 0, value, BYTES if isinstance(value, bytes) else STRING)
                case _:
                    return Literal(at, 0, *_CONSTANTS[token.kind])
        except LiteralError as fault:
            self._cursor.note(at, str(fault))
            return Literal(at, 0, None, NULL)


def _balanced(operator: str, terms: list[Node], places: list[int]) -> Node:
    if not places:
        return terms[0]
    middle = len(places) // 2
    left = _balanced(operator, terms[: middle + 1], places[:middle])
    right = _balanced(operator, terms[middle + 1 :], places[middle + 1 :])
    return Logic(places[middle], max(left.depth, right.depth), operator, left, right)


def _deepest(nodes: list[Node]) -> int:
    return max((node.depth for node in nodes), default=0)


def _qualified_name(node: Node) -> str | None:
    """The dotted name that selections spell; None for other expressions."""
    labels: list[str] = []
    while isinstance(node, Select):
        labels.append(node.label)
        node = node.operand
    return ".".join([node.name, *reversed(labels)]) if isinstance(node, Name) else None
