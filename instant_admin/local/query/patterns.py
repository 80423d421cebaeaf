"""Patterns over variables: what a `where` asks of entities and of the links between them.

A variable stands for an entity of one namespace at one depth of a path.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from instant_admin.local.attributes import Attribute, AttributeSet
from instant_admin.local.query.comparisons import Comparison

SHARED = 0
"""Scope of the variables that all keys of one object share."""


@dataclass(frozen=True, slots=True)
class Variable:
    """An entity that a pattern speaks of."""

    etype: str
    depth: int
    scope: int = SHARED
    """Which condition it belongs to alone, if it is not shared."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it is read from one of its ends."""

    attribute: Attribute
    is_forward: bool

    @property
    def target_etype(self) -> str:
        """The namespace at the other end."""
        reverse = self.attribute.reverse
        if not self.is_forward:
            return self.attribute.etype
        assert reverse is not None, "every link has a reverse identity"
        return reverse.etype

    @property
    def is_singular(self) -> bool:
        """Whether it leads to one entity at most."""
        return self.attribute.is_single if self.is_forward else self.attribute.unique


@dataclass(frozen=True, slots=True)
class Linked:
    """A link leads from one entity to another."""

    source: Variable
    link: Link
    target: Variable


@dataclass(frozen=True, slots=True)
class LinkedTo:
    """A link leads from an entity to one of these, or to one that is none of these."""

    source: Variable
    link: Link
    ids: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Has:
    """An entity has a value that compares so."""

    entity: Variable
    attribute: Attribute
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Presence:
    """An entity has an `id`, and an attribute or a link of it is set, or is not."""

    entity: Variable
    attribute: Attribute
    is_forward: bool
    is_set: bool


Pattern = Linked | LinkedTo | Has | Presence


@dataclass(frozen=True, slots=True)
class Join:
    """Patterns that one choice of entities must satisfy."""

    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Every:
    """All of these."""

    parts: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """One of these."""

    parts: tuple[Match, ...]


Match = Join | Every | Some


def variables_of(pattern: Pattern) -> tuple[Variable, ...]:
    """The entities that a pattern speaks of."""
    if isinstance(pattern, Linked):
        return pattern.source, pattern.target
    return (pattern.source,) if isinstance(pattern, LinkedTo) else (pattern.entity,)


def etypes_of(match: Match) -> Iterator[str]:
    """The namespaces of the entities that a match speaks of."""
    if isinstance(match, Join):
        for pattern in match.patterns:
            yield from (variable.etype for variable in variables_of(pattern))
    else:
        for part in match.parts:
            yield from etypes_of(part)


def find_link(attributes: AttributeSet, etype: str, label: str) -> Link | Attribute | None:
    """What a label of a namespace names: a link, another attribute, or nothing."""
    forward = attributes.forward(etype, label)
    if forward is not None:
        return Link(forward, is_forward=True) if forward.is_link else forward
    reverse = attributes.reverse(etype, label)
    return None if reverse is None else Link(reverse, is_forward=False)
