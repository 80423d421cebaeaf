"""The syntax tree of a rule, its macros already recognised.

`at` is the offset in the source that messages point at, `depth` how deeply operators, selections and calls nest below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from typing import Literal as OneOf

from instant_admin.local.cel.types import Type

if TYPE_CHECKING:
    from instant_admin.local.cel.functions import Overload


@dataclass(slots=True, eq=False)
class Node:
    """Any expression."""

    at: int
    depth: int


@dataclass(slots=True, eq=False)
class Literal(Node):
    """A constant."""

    value: object
    type: Type


@dataclass(slots=True, eq=False)
class Name(Node):
    """A variable or the name of a type."""

    name: str


@dataclass(slots=True, eq=False)
class Select(Node):
    """`operand.label`, or `has(operand.label)` where `tests` is set."""

    operand: Node
    label: str
    tests: bool = False


@dataclass(slots=True, eq=False)
class Call(Node):
    """A function or an operator; `target` is what a method is called on. The checker sets what it may resolve to."""

    function: str
    target: Node | None
    arguments: list[Node]
    candidates: tuple[Overload, ...] = field(default=())


@dataclass(slots=True, eq=False)
class Logic(Node):
    """`&&` or `||`."""

    operator: str
    left: Node
    right: Node


@dataclass(slots=True, eq=False)
class Choice(Node):
    """`condition ? yes : no`."""

    condition: Node
    yes: Node
    no: Node


@dataclass(slots=True, eq=False)
class ListOf(Node):
    """`[a, b]`."""

    elements: list[Node]


@dataclass(slots=True, eq=False)
class MapOf(Node):
    """`{key: value}`."""

    entries: list[tuple[Node, Node]]


@dataclass(slots=True, eq=False)
class Message(Node):
    """`name{field: value}`, each field with the offset of its colon."""

    name: str
    fields: list[tuple[int, str, Node]]


MacroName = OneOf["all", "exists", "exists_one", "map", "filter"]


@dataclass(slots=True, eq=False)
class Macro(Node):
    """`range.macro(variable, body)`; `condition` is the middle argument of a `map` of three."""

    macro: MacroName
    range: Node
    variable: str
    condition: Node | None
    body: Node


@dataclass(slots=True, eq=False)
class Bind(Node):
    """`cel.bind(name, value, body)`."""

    name: str
    value: Node
    body: Node


def children(node: Node) -> Iterator[Node]:
    """The expressions right below."""
    match node:
        case Select():
            yield node.operand
        case Call():
            if node.target is not None:
                yield node.target
            yield from node.arguments
        case Logic():
            yield from (node.left, node.right)
        case Choice():
            yield from (node.condition, node.yes, node.no)
        case ListOf():
            yield from node.elements
        case MapOf():
            for entry in node.entries:
                yield from entry
        case Message():
            yield from (value for _, _, value in node.fields)
        case Macro():
            yield node.range
            if node.condition is not None:
                yield node.condition
            yield node.body
        case Bind():
            yield from (node.value, node.body)
        case _:
            return


def walk(root: Node) -> Iterator[Node]:
    """Every expression, in the order of the text but each before those inside it."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(list(children(node))))
