"""From conditions to patterns: which of them speak of the same entity.

Among the keys of one object variables are shared by namespace and depth, whatever the links that lead there. Inside
a list of two or more conditions, and of alternatives as `$not` and `$isNull` on a path have them, each has its
own (server contract, data 2.1; recordings query_path_shared_variable, query_path_not_variables,
query_path_variables_in_or).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from instant_admin.local.attributes import Attribute, AttributeSet
from instant_admin.local.query.comparisons import Comparison, Place, read_comparison, read_prefix, read_targets
from instant_admin.local.query.conditions import IS_NULL, NOT, AllOf, Condition, Where
from instant_admin.local.query.faults import link_fault
from instant_admin.local.query.patterns import (
    SHARED,
    Every,
    Has,
    Join,
    Link,
    Linked,
    LinkedTo,
    Match,
    Pattern,
    Presence,
    Some,
    Variable,
    find_link,
    variables_of,
)

_ID_PREFIX = "$entityIdStartsWith"


class UnknownAttribute(Exception):
    """A `where` names an attribute that does not exist: its form is empty."""


class PatternBuilder:
    """Builds the patterns of one form's `where`."""

    def __init__(self, attributes: AttributeSet, etype: str, place: Place) -> None:
        self._attributes = attributes
        self._place = place
        self._scopes: Iterator[int] = count(SHARED + 1)
        self.root = Variable(etype, 0)
        """The entity that the form lists."""

    def build(self, where: Sequence[Where]) -> Every:
        """The patterns of a whole `where`.

        Raises:
            UnknownAttribute: It names one that does not exist.
            Refusal: A path leads through a plain attribute, or an operand does not fit.
        """
        shared: list[Pattern] = []
        others: list[Match] = []
        for part in where:
            match = self._match(part, SHARED)
            if isinstance(match, Join):
                shared += match.patterns
            else:
                others.append(match)
        return Every((*_components(shared, self.root), *others))

    def _match(self, where: Where, scope: int | None) -> Match:
        if isinstance(where, Condition):
            return self._condition(where, scope)
        parts = tuple(self._match(part, None) for part in where.parts)
        return Every(parts) if isinstance(where, AllOf) else Some(parts)

    def _condition(self, condition: Condition, scope: int | None) -> Match:
        *steps, label = condition.path
        links = self._links(steps)
        etype = links[-1].target_etype if links else self.root.etype
        operator = condition.operator
        # Whether it is null, which `$not` asks as well, is asked of attributes only, and the prefix is none.
        is_prefix = label == _ID_PREFIX and operator not in (IS_NULL, NOT)
        found = self._attributes.id_of(etype) if is_prefix else find_link(self._attributes, etype, label)
        if found is None or (operator == IS_NULL and self._attributes.id_of(etype) is None):
            raise UnknownAttribute(label)
        if operator == IS_NULL:
            return self._join(links, scope, found, None, is_set=not condition.operand)
        test = read_prefix(condition) if is_prefix else self._test(found, label, condition)
        return self._join(links, scope, found, test, negated=operator == NOT)

    def _test(self, found: Link | Attribute, label: str, condition: Condition) -> Comparison | tuple[str, ...]:
        if isinstance(found, Link):
            return read_targets(self._place, label, condition)
        return read_comparison(self._place, found, condition)

    def _join(
        self,
        links: Sequence[Link],
        scope: int | None,
        found: Link | Attribute,
        test: Comparison | tuple[str, ...] | None,
        *,
        negated: bool = False,
        is_set: bool = True,
    ) -> Join:
        """A path from the root to an attribute or link, and what must be there."""
        own = next(self._scopes) if scope is None else scope
        patterns: list[Pattern] = []
        entity = self.root
        for depth, link in enumerate(links, start=1):
            target = Variable(link.target_etype, depth, own)
            patterns.append(Linked(entity, link, target))
            entity = target
        attribute = found.attribute if isinstance(found, Link) else found
        if test is None:
            is_forward = not isinstance(found, Link) or found.is_forward
            patterns.append(Presence(entity, attribute, is_forward, is_set))
        elif isinstance(test, tuple):
            assert isinstance(found, Link), "ids are compared with links"
            patterns.append(LinkedTo(entity, found, test, negated))
        else:
            patterns.append(Has(entity, attribute, test))
        return Join(tuple(patterns))

    def _links(self, labels: Iterable[str]) -> list[Link]:
        etype = self.root.etype
        links: list[Link] = []
        for label in labels:
            found = find_link(self._attributes, etype, label)
            if found is None:
                raise UnknownAttribute(label)
            if not isinstance(found, Link):
                raise link_fault(self._place.query, etype, label)
            links.append(found)
            etype = found.target_etype
        return links


def _components(patterns: Sequence[Pattern], root: Variable) -> Iterator[Join]:
    """Patterns in groups that share no entity but the root."""
    groups: list[tuple[set[Variable], list[Pattern]]] = []
    for pattern in patterns:
        entities = set(variables_of(pattern)) - {root}
        joined = [group for group in groups if group[0] & entities]
        merged: list[Pattern] = [known for _, group in joined for known in group]
        if not isinstance(pattern, Linked) or pattern not in merged:
            merged.append(pattern)
        groups = [group for group in groups if group not in joined]
        groups.append((entities.union(*(known for known, _ in joined)), merged))
    return (Join(tuple(merged)) for _, merged in groups)
