"""Binds: names that rules of a namespace share, nested around a rule that uses them.

Only what a rule uses is looked at: an unused bind may be anything (recordings perm_bind_nested, perm_bind_refused).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from instant_admin.local.cel import CompileError, Issue
from instant_admin.local.cel.lexer import Source
from instant_admin.local.cel.names import identifiers


class Spot(NamedTuple):
    """Where in a rule, or in a bind that it uses, something is. Lines count from 1, columns from 0."""

    bind: str | None
    """Name of the bind; None for the rule itself."""
    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Nested:
    """A rule with the binds it uses nested around it."""

    source: str
    parts: tuple[tuple[int, str | None, str], ...]
    """Where each text begins in the source, the bind's name (None for the rule itself), and the text."""

    def spot(self, issue: Issue) -> Spot:
        """Where an issue with the source is in what was written."""
        offset = sum(len(line) + 1 for line in self.source.split("\n")[: issue.line - 1]) + issue.column
        start, name, text = next((part for part in reversed(self.parts) if part[0] <= offset), self.parts[-1])
        return _spot(name, text, Source(text).issue(min(max(offset - start, 0), len(text)), issue.message))


class PartError(CompileError):
    """A rule or a bind cannot be parsed by itself."""

    def __init__(self, issues: list[Issue], name: str | None, text: str) -> None:
        super().__init__(issues)
        self.spots = [_spot(name, text, issue) for issue in issues]


def bound_source(source: str, own: object, default: object = None) -> str:
    """The rule with the binds it uses nested around it as `cel.bind(name, value, ...)`, the `code` of check results.

    The arguments and errors are those of `nest`.
    """
    return nest(source, own, default).source


def nest(source: str, own: object, default: object = None) -> Nested:
    """The rule with the binds it uses nested around it as `cel.bind(name, value, ...)`.

    Args:
        source: The rule as written.
        own: What stands at `bind` of the namespace, read as pushed: a list, an object or null.
        default: The same of `$default`; an own bind of the same name wins.

    Raises:
        CompileError: The rule or a used bind cannot be parsed, is cyclic or no text, or the binds cannot be read.
    """
    binds = {**_by_name(default), **_by_name(own)}
    if not binds:
        return Nested(source, ((0, None, source),))
    names = _in_order(source, binds)
    opened, parts = "", list[tuple[int, str | None, str]]()
    for name in names:
        opened += f"cel.bind({name}, "
        parts.append((len(opened), name, str(binds[name])))
        opened += f"{binds[name]}, "
    return Nested(f"{opened}{source}{')' * len(names)}", (*parts, (len(opened), None, source)))


def bind_faults(binds: object) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is wrong with the form of binds, wherever they are used: the place below `bind`, and why."""
    if _is_unreadable(binds):
        yield (), "`bind` must be an object, or a list of names and expressions in turn."
        return
    names = cast("list[object]", binds)[::2] if isinstance(binds, list) else []
    repeated = {name: None for index, name in enumerate(names) if isinstance(name, str) and name in names[:index]}
    for name in repeated:
        yield (name,), f"`{name}` is bound twice."


def _by_name(binds: object) -> dict[str, object]:
    if _is_unreadable(binds):
        raise _refused("The binds cannot be read.")
    if isinstance(binds, Mapping):
        return dict(cast("Mapping[str, object]", binds))
    items = cast("list[Any]", binds or [])
    return {name: value for name, value in zip(items[::2], items[1::2], strict=True) if isinstance(name, str)}


def _is_unreadable(binds: object) -> bool:
    if isinstance(binds, list | tuple):
        return len(cast("list[object]", binds)) % 2 == 1
    return not (binds is None or isinstance(binds, Mapping))


def _in_order(source: str, binds: Mapping[str, object]) -> list[str]:
    """The names that the rule uses, itself or through others, each behind those that it needs."""
    found: dict[str, None] = {}
    open_names: list[str] = []

    def visit(text: str, of: str | None = None) -> None:
        try:
            used = [name for name in identifiers(text) if name in binds]
        except CompileError as refused:
            raise PartError(refused.issues, of, text) from None
        for name in reversed(used):
            if name in open_names:
                raise _refused(f"`{name}` is bound to itself.")
            if name in found:
                continue
            value = binds[name]
            if value is not None and not isinstance(value, str):
                raise _refused(f"`{name}` is not bound to a text.")
            open_names.append(name)
            visit(value or "", name)
            open_names.pop()
            found[name] = None

    visit(source)
    return list(found)


def _spot(name: str | None, text: str, issue: Issue) -> Spot:
    return Spot(name, text, issue.line, issue.column)


def _refused(message: str) -> CompileError:
    return CompileError([Issue(1, 1, message)])
