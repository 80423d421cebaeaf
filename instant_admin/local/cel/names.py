"""The names that a rule mentions."""

from __future__ import annotations

from instant_admin.local.cel.ast import Bind, Macro, Name, Node, walk
from instant_admin.local.cel.parser import parse


def identifiers(source: str) -> list[str]:
    """Each name that stands for a variable or declares one, once, in the order of the text.

    Raises:
        CompileError: The text is no rule.
    """
    return list(dict.fromkeys(name for node in walk(parse(source)) for name in _names(node)))


def _names(node: Node) -> tuple[str, ...]:
    match node:
        case Name(name=name) | Bind(name=name) | Macro(variable=name):
            return (name,)
        case _:
            return ()
