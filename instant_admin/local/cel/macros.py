"""Calls that are no calls: `has`, the macros over lists and maps, `cel.bind`, and the checks of `math.greatest`."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from instant_admin.local.cel.ast import (
    Bind,
    Call,
    ListOf,
    Literal,
    Macro,
    MacroName,
    MapOf,
    Message,
    Name,
    Node,
    Select,
)
from instant_admin.local.cel.types import DOUBLE, INT, UINT

Note = Callable[[int, str], None]
"""Notes a fault at an offset."""

_LOOPS: dict[str, MacroName] = {name: name for name in get_args(MacroName)}


def expand(call: Call, note: Note) -> Node:
    """What a call stands for: itself, unless it is a macro with the right number of arguments."""
    count = len(call.arguments)
    if call.target is None:
        return _has(call, note) if call.function == "has" and count == 1 else call
    loop = _LOOPS.get(call.function)
    if loop is not None and (count == 2 or (loop == "map" and count == 3)):
        return _loop(call, loop, note)
    if isinstance(call.target, Name) and call.target.name == "cel" and call.function == "bind" and count == 3:
        return _bind(call, note)
    if isinstance(call.target, Name) and call.target.name == "math" and call.function in ("greatest", "least"):
        return _extreme(call, note)
    return call


def _has(call: Call, note: Note) -> Node:
    (selection,) = call.arguments
    if isinstance(selection, Select) and not selection.tests:
        return Select(call.at, selection.depth, selection.operand, selection.label, tests=True)
    note(call.at, "`has` takes a selection such as `data.title`.")
    return call


def _loop(call: Call, loop: MacroName, note: Note) -> Node:
    variable, *bodies = call.arguments
    name = _variable(variable, note)
    condition = bodies[0] if len(bodies) == 2 else None
    assert call.target is not None
    return Macro(call.at, call.depth, loop, call.target, name, condition, bodies[-1])


def _bind(call: Call, note: Note) -> Node:
    variable, value, body = call.arguments
    return Bind(call.at, call.depth, _variable(variable, note), value, body)


def _variable(node: Node, note: Note) -> str:
    if isinstance(node, Name):
        return node.name
    note(node.at, "A plain name was expected here.")
    return ""


def _extreme(call: Call, note: Note) -> Node:
    """A list of three or more numbers is compared like a list; what can be no number is refused here."""
    arguments = call.arguments
    if len(arguments) == 1 and isinstance(arguments[0], ListOf):
        elements = arguments[0].elements
        if not elements or any(_is_no_number(each) for each in elements):
            note(arguments[0].at, f"`math.{call.function}` takes numbers.")
    elif not arguments or any(_is_no_number(each) for each in arguments):
        at = next((each.at for each in arguments if _is_no_number(each)), call.at)
        note(at, f"`math.{call.function}` takes numbers.")
    given: list[Node] = [ListOf(call.at, call.depth, arguments)] if len(arguments) > 2 else arguments
    return Call(call.at, call.depth, f"math.{call.function}", None, given)


def _is_no_number(node: Node) -> bool:
    if isinstance(node, Literal):
        return node.type not in (INT, UINT, DOUBLE)
    return isinstance(node, ListOf | MapOf | Message)
