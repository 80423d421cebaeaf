"""Queries by brute force: the rules of `where`, order and paging in the plainest Python, to compare with.

Every condition becomes alternatives, each a list of facts about named entities; all ways of giving entities to the
names are tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cmp_to_key
from itertools import count
from typing import Any, ClassVar

Links = set[tuple[str, str]]
Fact = tuple[Any, ...]
"""("link", name, label, is forward, other name) or ("test", name, predicate of a whole entity)."""
MISSING = object()


@dataclass
class Model:
    """Entities and links of the app in `library`."""

    entities: dict[str, dict[str, dict[str, Any]]]
    links: dict[str, Links] = field(default_factory=dict[str, Links])

    ends: ClassVar = {
        ("tasks", "owner"): ("owner", True, "people"),
        ("people", "owned"): ("owner", False, "tasks"),
        ("tasks", "reviewer"): ("reviewer", True, "people"),
        ("people", "reviews"): ("reviewer", False, "tasks"),
        ("tasks", "tags"): ("tags", True, "tags"),
        ("tags", "tasks"): ("tags", False, "tasks"),
        ("people", "buddy"): ("buddy", True, "people"),
        ("people", "buddyOf"): ("buddy", False, "people"),
    }
    indexed: ClassVar = {"title", "rank", "due", "name", "age", "code", "label"}

    def find(self, namespace: str, where: dict[str, Any]) -> set[str]:
        names = count(1)
        shared: list[Fact] = []
        groups: list[list[list[Fact]]] = []
        for part in self._parts(namespace, where):
            if part[0] == "condition":
                alternatives = self._alternatives(namespace, part[1], part[2], None, names)
                if len(alternatives) == 1:
                    shared += alternatives[0]
                else:
                    groups.append(alternatives)
            else:
                groups.append(self._expand(namespace, part, names))
        groups.append([shared])
        return {id for id in self.entities[namespace] if all(self._any(namespace, id, group) for group in groups)}

    def _any(self, namespace: str, id: str, alternatives: list[list[Fact]]) -> bool:
        return any(self._holds({"root": (namespace, id)}, facts) for facts in alternatives)

    def _parts(self, namespace: str, where: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
        for key, value in where.items():
            if key in ("and", "or") and isinstance(value, list):
                yield self._simple(namespace, key, [list(self._parts(namespace, member)) for member in value if member])
            else:
                yield "condition", key, value

    def _simple(self, namespace: str, key: str, members: list[list[Any]]) -> tuple[Any, ...]:
        """Lists of one are what is in them; an `or` of values for one key is an `$in`."""
        if key == "and":
            parts = [part for member in members for part in member]
        else:
            parts = [member[0] if len(member) == 1 else ("and", member) for member in members]
        if len(parts) == 1:
            return parts[0]
        values = [self._as_member(part) for part in parts]
        if key == "or" and MISSING not in values and len({part[1] for part in parts}) == 1:
            return "condition", parts[0][1], {"$in": values}
        return key, parts

    def _as_member(self, part: tuple[Any, ...]) -> Any:
        if part[0] == "condition" and not isinstance(part[2], dict):
            return part[2]
        is_null = part[0] == "condition" and part[2] == {"$isNull": True} and part[1] in self.indexed
        return None if is_null else MISSING

    def _expand(self, namespace: str, part: tuple[Any, ...], names: Iterator[int]) -> list[list[Fact]]:
        if part[0] == "condition":
            return self._alternatives(namespace, part[1], part[2], next(names), names)
        expanded = [self._expand(namespace, member, names) for member in part[1]]
        if part[0] == "or":
            return [facts for alternatives in expanded for facts in alternatives]
        combined: list[list[Fact]] = [[]]
        for alternatives in expanded:
            combined = [known + facts for known in combined for facts in alternatives]
        return combined

    def _alternatives(
        self, namespace: str, path: str, value: Any, scope: int | None, names: Iterator[int]
    ) -> list[list[Fact]]:
        *steps, label = path.split(".")
        operator, operand = next(iter(value.items())) if isinstance(value, dict) else ("=", value)
        if operator == "$not":
            differs = self._chain(namespace, steps, next(names))
            alternatives = [[*differs[0], ("test", differs[1], self._test(differs[2], label, operator, operand))]]
            alternatives += self._missing(namespace, steps, names)
            if label not in self.indexed:
                alternatives.append(self._unset(namespace, steps, label, names))
            return alternatives
        if operator == "$isNull" and operand and steps:
            return [*self._missing(namespace, steps, names), self._unset(namespace, steps, label, names)]
        facts, name, etype = self._chain(namespace, steps, scope)
        return [[*facts, ("test", name, self._test(etype, label, operator, operand))]]

    def _missing(self, namespace: str, steps: list[str], names: Iterator[int]) -> list[list[Fact]]:
        return [self._unset(namespace, steps[:number], step, names) for number, step in enumerate(steps)]

    def _unset(self, namespace: str, steps: list[str], label: str, names: Iterator[int]) -> list[Fact]:
        facts, name, etype = self._chain(namespace, steps, next(names))
        return [*facts, ("test", name, self._test(etype, label, "$isNull", True))]

    def _chain(self, namespace: str, steps: list[str], scope: int | None) -> tuple[list[Fact], str, str]:
        facts: list[Fact] = []
        name, etype = "root", namespace
        for depth, step in enumerate(steps):
            link, forward, target = self.ends[etype, step]
            other = f"{target}-{depth}-{scope}"
            facts.append(("link", name, link, forward, other, target))
            name, etype = other, target
        return facts, name, etype

    def _test(self, etype: str, label: str, operator: str, operand: Any) -> Callable[[str, dict[str, Any]], bool]:
        if (etype, label) in self.ends:
            return lambda key, _: self._links_fit(etype, label, key, operator, operand)
        return lambda _, values: _fits(values.get(label, MISSING), operator, operand, is_text=label in _TEXTS)

    def _links_fit(self, etype: str, label: str, id: str, operator: str, operand: Any) -> bool:
        link, forward, _ = self.ends[etype, label]
        targets = {
            (dst if forward else src) for src, dst in self.links.get(link, set()) if (src if forward else dst) == id
        }
        if operator == "$isNull":
            return (not targets) == operand
        wanted = set(operand) if operator == "$in" else {operand}
        return bool(targets - wanted if operator == "$not" else targets & wanted)

    def _holds(self, given: dict[str, tuple[str, str]], facts: list[Fact]) -> bool:
        """Whether entities can be given to all names so that all facts hold; links come before what they lead to."""
        if not facts:
            return True
        fact, *others = facts
        if fact[0] == "test":
            etype, id = given[fact[1]]
            return fact[2](id, self.entities[etype][id]) and self._holds(given, others)
        _, name, link, forward, other, target = fact
        id = given[name][1]
        for src, dst in self.links.get(link, set()):
            near, far = (src, dst) if forward else (dst, src)
            fits = near == id and given.get(other, (target, far)) == (target, far)
            if fits and self._holds({**given, other: (target, far)}, others):
                return True
        return False


_TEXTS = {"title", "name", "note", "nick", "code", "label"}


def _fits(value: Any, operator: str, operand: Any, *, is_text: bool) -> bool:
    if operator == "$isNull":
        return (value is MISSING or value is None) == operand
    if value is MISSING:
        return False
    if operator in ("=", "$in"):
        members = operand if operator == "$in" else [operand]
        return any(_same(value, member) for member in members)
    if operator == "$not":
        return not _same(value, operand)
    if value is None:
        return is_text and operator in ("$lt", "$lte")
    return {"$gt": value > operand, "$gte": value >= operand, "$lt": value < operand, "$lte": value <= operand}[
        operator
    ]


def _same(one: Any, other: Any) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool) and type(one) is type(other)


def in_order(rows: list[tuple[Any, str]], *, descending: bool) -> list[str]:
    """Ids by value and then by id, null first; all reversed where descending."""

    def compare(one: tuple[Any, str], other: tuple[Any, str]) -> int:
        if one[0] == other[0]:
            return -1 if one[1] < other[1] else 1
        if one[0] is None or other[0] is None:
            return -1 if one[0] is None else 1
        return -1 if one[0] < other[0] else 1

    return [id for _, id in sorted(rows, key=cmp_to_key(compare), reverse=descending)]
