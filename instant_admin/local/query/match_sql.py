"""SQL of patterns: which entities match a `where`, and by which choices of other entities.

Each group of patterns becomes one subquery over links and entities. At the top it yields the set of entities that
match, so that a narrow condition at the end of a path is found by its index; below other rows it is asked for one
entity.
"""

# ruff: noqa: S608  statements are put together from own names and numbers; values are parameters

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from instant_admin.local.query.comparisons import Compared, Different, Equal
from instant_admin.local.query.patterns import (
    Every,
    Has,
    Join,
    Linked,
    LinkedTo,
    Match,
    Pattern,
    Presence,
    Variable,
    variables_of,
)
from instant_admin.local.query.value_sql import Parameters, ValueTests, combined, literal

_FEW, _INDEXED, _WHOLE_NAMESPACE, _ALL_LINKS = range(4)


@dataclass
class _Table:
    """One table of a join."""

    text: str
    entities: set[Variable]
    """Those whose ids it has."""
    rank: int
    """How many of its rows are read when it comes first: the lower the fewer."""


@dataclass
class Source:
    """What stands after FROM and WHERE, and how each entity of the patterns is spelled there."""

    tables: list[_Table] = field(default_factory=list[_Table])
    tests: list[str] = field(default_factory=list[str])
    ids: dict[Variable, str] = field(default_factory=dict[Variable, str])
    known: set[Variable] = field(default_factory=set[Variable])
    """Entities whose ids are given from outside."""
    aliases: dict[Variable, tuple[str, _Table]] = field(default_factory=dict[Variable, tuple[str, _Table]])
    """By what name an entity's row goes, and its table."""
    far_ends: list[tuple[LinkedTo, str]] = field(default_factory=list[tuple[LinkedTo, str]])
    """Where links to known entities end."""

    def text(self, *first: str) -> str:
        """FROM and WHERE. SQLite has no statistics, so the order of the tables is given to it.

        Args:
            first: Tables that come before all others.
        """
        tests = f" WHERE {' AND '.join(self.tests)}" if self.tests else ""
        return f"FROM {' CROSS JOIN '.join((*first, *self._ordered()))}{tests}"

    def far_end(self, pattern: LinkedTo) -> str:
        """Where the id at the other end of a link to known entities stands."""
        return next(id for known, id in self.far_ends if known is pattern)

    def bind(self, variable: Variable, id: str) -> None:
        """Say where an entity's id stands; a second time it must be the same id."""
        known = self.ids.setdefault(variable, id)
        if known != id:
            self.tests.append(f"{id} = {known}")

    def _ordered(self) -> Iterator[str]:
        """From what is known, or from the table with the fewest rows, each next to one before it."""
        left, reached = list(self.tables), set(self.known)
        while left:
            near = [table for table in left if table.entities & reached] or left
            best = min(near, key=lambda table: table.rank)
            left.remove(best)
            reached |= best.entities
            yield best.text


class MatchSql:
    """Writes the patterns of one statement."""

    def __init__(self, app_key: int, root: Variable) -> None:
        self.parameters = Parameters()
        self._app_key = app_key
        self._root = root
        self._aliases = 0

    def entities(self, alias: str, etype: str) -> str:
        """The entities of a namespace; with literals, so that partial indexes are used."""
        return f"{alias}.app = {self._app_key} AND {alias}.etype = {literal(etype)}"

    def values(self, alias: str) -> ValueTests:
        """Tests of the entity of an alias."""
        return ValueTests(self._app_key, self.parameters, alias)

    def test(self, match: Match, id: str, entity: str, *, one_by_one: bool) -> str:
        """Whether an entity matches.

        Args:
            match: What it must match.
            id: Its id.
            entity: Alias of its row, which may be missing.
            one_by_one: Ask for this entity, instead of looking up the set of all that match.
        """
        if isinstance(match, Join):
            return self._join_test(match, id, entity, one_by_one=one_by_one)
        word = "AND" if isinstance(match, Every) else "OR"
        return combined(word, [self.test(part, id, entity, one_by_one=one_by_one) for part in match.parts])

    def matching(self, match: Every, entity: str) -> tuple[str, list[str]]:
        """All entities with a row that match a whole `where`: what stands after FROM, and tests."""
        own = self.entities(entity, self._root.etype)
        narrow = _narrow_part(match)
        if narrow is None:
            tests = [self.test(part, f"{entity}.id", entity, one_by_one=False) for part in match.parts]
            return f"entity {entity}", [own, *tests]
        found = f"({self.ids(narrow)}) found CROSS JOIN entity {entity}"
        others = (part for part in match.parts if part is not narrow)
        tests = [self.test(part, f"{entity}.id", entity, one_by_one=True) for part in others]
        return found, [own, f"{entity}.id = found.id", *tests]

    def ids(self, match: Match) -> str:
        """A statement for the ids of all that match, those without a row included."""
        if isinstance(match, Join):
            source = self.source(match)
            return f"SELECT DISTINCT {source.ids[self._root]} AS id {source.text()}"
        if not isinstance(match, Every):
            return " UNION ".join(self.ids(part) for part in match.parts)
        first, *others = match.parts
        if not others:
            return self.ids(first)
        entity = self._alias("entity")
        tests = [self.test(part, "found.id", entity, one_by_one=False) for part in others]
        row = f"{self.entities(entity, self._root.etype)} AND {entity}.id = found.id"
        return (
            f"SELECT found.id FROM ({self.ids(first)}) found LEFT JOIN entity {entity} ON {row}"
            f" WHERE {' AND '.join(tests)}"
        )

    def source(self, join: Join, *, bound: dict[Variable, str] | None = None) -> Source:
        """A join of the tables that its patterns speak of.

        Args:
            join: The patterns.
            bound: Where ids that are known stand.
        """
        known = bound or {}
        source = Source(ids=dict(known), known=set(known))
        for pattern in join.patterns:
            self._add(source, pattern)
        return source

    def _join_test(self, join: Join, id: str, entity: str, *, one_by_one: bool) -> str:
        first = join.patterns[0]  # of the root alone, if it is no link: paths begin with one
        if isinstance(first, Has) and first.entity == self._root:
            return self.values(entity).test(first.attribute, first.comparison)
        if isinstance(first, Presence) and first.entity == self._root:
            return self._presence(first, id, entity)
        if one_by_one or not _is_searchable(join):
            return f"EXISTS (SELECT 1 {self.source(join, bound={self._root: id}).text()})"
        source = self.source(join)
        return f"{id} IN (SELECT {source.ids[self._root]} {source.text()})"

    def _add(self, source: Source, pattern: Pattern) -> None:
        if isinstance(pattern, Linked | LinkedTo):
            self._add_link(source, pattern)
            return
        entity, table = self._entity(source, pattern.entity)
        table.rank = min(table.rank, _rank(pattern))
        if isinstance(pattern, Has):
            source.tests.append(self.values(entity).test(pattern.attribute, pattern.comparison))
        else:
            source.tests.append(self._presence(pattern, f"{entity}.id", entity))

    def _add_link(self, source: Source, pattern: Linked | LinkedTo) -> None:
        alias = self._alias("link")
        ends = (f"{alias}.src", f"{alias}.dst")
        near, far = ends if pattern.link.is_forward else ends[::-1]
        source.tables.append(_Table(f"link {alias}", set(variables_of(pattern)), _rank(pattern)))
        source.tests.append(f"{alias}.attr = {pattern.link.attribute.key}")
        source.bind(pattern.source, near)
        if isinstance(pattern, Linked):
            source.bind(pattern.target, far)
        else:
            negation = "NOT " if pattern.negated else ""
            source.far_ends.append((pattern, far))
            source.tests.append(f"{far} {negation}IN {self.parameters.add_list(pattern.ids)}")

    def _entity(self, source: Source, variable: Variable) -> tuple[str, _Table]:
        known = source.aliases.get(variable)
        if known is None:
            alias = self._alias("entity")
            known = source.aliases[variable] = alias, _Table(f"entity {alias}", {variable}, _WHOLE_NAMESPACE)
            source.tables.append(known[1])
            source.tests.append(self.entities(alias, variable.etype))
            source.bind(variable, f"{alias}.id")
        return known

    def _presence(self, pattern: Presence, id: str, entity: str) -> str:
        if not pattern.attribute.is_link:
            return self.values(entity).presence(pattern.attribute, is_set=pattern.is_set)
        alias = self._alias("link")
        near = "src" if pattern.is_forward else "dst"
        negation = "" if pattern.is_set else "NOT "
        links = f"SELECT 1 FROM link {alias} WHERE {alias}.attr = {pattern.attribute.key} AND {alias}.{near} = {id}"
        return f"({entity}.listed = 1 AND {negation}EXISTS ({links}))"

    def _alias(self, table: str) -> str:
        self._aliases += 1
        return f"{table}_{self._aliases}"


def needs_row(match: Match) -> bool:
    """Whether only entities with a row match; others are the ends of links alone."""
    if isinstance(match, Join):
        return any(isinstance(pattern, Has | Presence) and pattern.entity.depth == 0 for pattern in match.patterns)
    wanted = any if isinstance(match, Every) else all
    return wanted(needs_row(part) for part in match.parts)


def _narrow_part(match: Every) -> Join | None:
    """A part of a `where` that few entities match, and that finds them at once."""
    joins = [part for part in match.parts if isinstance(part, Join)]
    return next((join for join in joins if any(_rank(pattern) == _FEW for pattern in join.patterns)), None)


def _is_searchable(join: Join) -> bool:
    """Whether an index finds what matches, so that a set of it is made sooner than each entity is asked."""
    return any(_rank(pattern) <= _INDEXED for pattern in join.patterns)


def _rank(pattern: Pattern) -> int:
    """About how many rows have to be read to find all that match a pattern."""
    if isinstance(pattern, LinkedTo):
        return _ALL_LINKS if pattern.negated else _FEW
    if isinstance(pattern, Linked):
        return _ALL_LINKS
    if isinstance(pattern, Presence) or isinstance(pattern.comparison, Different):
        return _WHOLE_NAMESPACE
    is_equal = isinstance(pattern.comparison, Equal)
    if is_equal and (pattern.attribute.unique or pattern.attribute.is_id):
        return _FEW
    is_indexed = pattern.attribute.has_sort_key and isinstance(pattern.comparison, Equal | Compared)
    return _INDEXED if is_indexed else _WHOLE_NAMESPACE
