"""The choices of entities by which a `where` matches: the rows that the server's database joins.

A count counts them, and a caller who is not the admin must see everything of one of them (recordings
query_aggregate_rows, perm_view_where_through_hidden).
"""

# ruff: noqa: S608  statements are put together from own names and numbers; values are parameters

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from instant_admin.local.attributes import ID_LABEL
from instant_admin.local.query.match_sql import MatchSql, Source
from instant_admin.local.query.patterns import Every, Join, Linked, LinkedTo, Match, Pattern, Presence, Variable
from instant_admin.local.query.visibility import EntityKey
from instant_admin.local.store import ReadUnit

Touch = tuple[EntityKey, str]
"""An entity that a choice looks at, and the attribute that it looks at there."""


def count_choices(unit: ReadUnit, root: Variable, match: Match) -> Mapping[str, int]:
    """How many choices match for each entity."""
    if isinstance(match, Join):
        return _count_join(unit, root, match)
    counts = [count_choices(unit, root, part) for part in match.parts]
    if not isinstance(match, Every):
        return sum((Counter(part) for part in counts), Counter[str]())
    total = dict(counts[0])
    for part in counts[1:]:
        total = {id: number * part[id] for id, number in total.items() if id in part}
    return total


def count_listed(unit: ReadUnit, etype: str) -> int:
    """How many entities a namespace lists."""
    (number,) = unit.db.execute(
        "SELECT count(*) FROM entity WHERE app = ? AND etype = ? AND listed = 1", (unit.app.key, etype)
    ).fetchone()
    return int(number)


def _count_join(unit: ReadUnit, root: Variable, join: Join) -> Mapping[str, int]:
    sql = MatchSql(unit.app.key, root)
    source = sql.source(join)
    id = source.ids[root]
    return dict(unit.db.execute(f"SELECT {id}, count(*) {source.text()} GROUP BY {id}", sql.parameters.values))


@dataclass(frozen=True)
class Choices:
    """The choices that match for some entities, as a tree like that of the patterns."""

    is_every: bool
    parts: tuple[Choices, ...] = ()
    touches: Mapping[str, list[tuple[Touch, ...]]] | None = None
    """Of one group of patterns: for each entity what each choice looks at."""

    def all_touches(self) -> Iterator[Touch]:
        """Everything that any choice looks at."""
        for choices in (self.touches or {}).values():
            for choice in choices:
                yield from choice
        for part in self.parts:
            yield from part.all_touches()

    def is_visible(self, id: str, is_shown: Callable[[Touch], bool]) -> bool:
        """Whether all that some choice for an entity looks at is shown."""
        if self.touches is not None:
            return any(all(is_shown(touch) for touch in choice) for choice in self.touches.get(id, ()))
        found = (part.is_visible(id, is_shown) for part in self.parts)
        return all(found) if self.is_every else any(found)


def read_choices(unit: ReadUnit, root: Variable, match: Match, ids: Iterable[str]) -> Choices:
    """The choices that match for some entities; one statement for each group of patterns."""
    wanted = json.dumps(list(ids))
    return _read(unit, root, match, wanted)


def _read(unit: ReadUnit, root: Variable, match: Match, ids: str) -> Choices:
    if not isinstance(match, Join):
        return Choices(isinstance(match, Every), tuple(_read(unit, root, part, ids) for part in match.parts))
    sql = MatchSql(unit.app.key, root)
    wanted = f"(SELECT value AS id FROM json_each({sql.parameters.add(ids)})) wanted"
    source = sql.source(match, bound={root: "wanted.id"})
    looked_at = [_touched(pattern, source) for pattern in match.patterns]
    columns = ", ".join(column for column, _, _ in looked_at)
    rows = unit.db.execute(
        f"SELECT DISTINCT wanted.id, {columns} {source.text(wanted)}",
        sql.parameters.values,
    )
    touches: dict[str, list[tuple[Touch, ...]]] = {}
    for id, *others in rows:
        choice = tuple(
            (EntityKey(etype, other), label) for other, (_, etype, label) in zip(others, looked_at, strict=True)
        )
        touches.setdefault(id, []).append(choice)
    return Choices(is_every=True, touches=touches)


def _touched(pattern: Pattern, source: Source) -> tuple[str, str, str]:
    """Where the id of the entity that a pattern looks at stands, its namespace, and the attribute's label."""
    if isinstance(pattern, Presence):
        return source.ids[pattern.entity], pattern.entity.etype, ID_LABEL
    if isinstance(pattern, Linked | LinkedTo):
        # A link belongs to the entity that it is stored with.
        attribute = pattern.link.attribute
        if pattern.link.is_forward:
            return source.ids[pattern.source], attribute.etype, attribute.label
        target = source.ids[pattern.target] if isinstance(pattern, Linked) else source.far_end(pattern)
        return target, attribute.etype, attribute.label
    return source.ids[pattern.entity], pattern.entity.etype, pattern.attribute.label
