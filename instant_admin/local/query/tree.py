"""The answer: what was read, cut to what is wanted and visible, nested and sorted.

For a caller whose view is limited (server contract, data 2.6): a form is there if everything is visible by which one of
its entities matches, and then has all of its entities that are visible themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from instant_admin.local.attributes import ID_LABEL, AttributeSet
from instant_admin.local.errors import bad_request
from instant_admin.local.query.choices import Touch
from instant_admin.local.query.forms import CREATION_TIME
from instant_admin.local.query.levels import Level
from instant_admin.local.query.pages import cursor_of
from instant_admin.local.query.plan import Plan
from instant_admin.local.query.visibility import EntityKey, Visibility
from instant_admin.local.values import memory_key

_Tree = dict[str, Any]


class TreeBuilder:
    """Builds the answer to one query."""

    def __init__(self, attributes: AttributeSet, *, inference: bool, visibility: Visibility | None) -> None:
        self._attributes = attributes
        self._inference = inference
        self._visibility = visibility
        self._examined: Mapping[EntityKey, object] = {}

    def limit_to(self, examined: Mapping[EntityKey, object]) -> None:
        """Say which entities the visibility knows; nothing is stored for others, and they are shown to nobody."""
        self._examined = examined

    def top(self, level: Level) -> list[_Tree]:
        """The array of a top-level form."""
        if not any(self._matches(level, id) for id in level.records):
            return []
        objects = self._objects(level)
        keys = self._sort_keys(level, objects)
        return [objects[id] for id in _sorted(objects, keys, level.plan)]

    def page_info(self, level: Level) -> dict[str, Any] | None:
        """The page info of a top-level form that has one.

        It names only visible rows: those by what they are ordered by, whatever else of theirs matches.
        """
        page, plan = level.page, level.plan
        attribute = plan.order or self._attributes.id_of(plan.root.etype)
        if page is None or attribute is None:
            return None
        first = next((row for row in page.rows if self._is_in_order(plan, row[0])), None)
        last = next((row for row in reversed(page.rows) if self._is_in_order(plan, row[0])), None)
        start, end = (
            None if row is None else cursor_of(plan, attribute.id, row, level.records[row[0]].get(attribute.label))
            for row in (first, last)
        )
        return {
            "start-cursor": start,
            "end-cursor": end,
            "has-next-page?": page.has_next,
            "has-previous-page?": page.has_previous,
        }

    def _objects(self, level: Level) -> dict[str, _Tree]:
        """The entities of a level as they are shown, by id."""
        cut = {id: self._shown(level.plan, id, record) for id, record in level.records.items()}
        objects = {id: shown for id, shown in cut.items() if shown is not None}
        for child in level.children:
            self._nest(child, objects)
        return objects

    def _shown(self, plan: Plan, id: str, record: Mapping[str, Any]) -> _Tree | None:
        """What the caller gets to see of an entity; None for nothing."""
        fields = plan.form.fields
        shown = dict(record)
        if fields is not None:
            shown = {label: value for label, value in record.items() if label in fields or label == ID_LABEL}
        if self._visibility is None:
            return shown
        key = EntityKey(plan.root.etype, id)
        if key not in self._examined or not self._visibility.shows(key):
            return None
        for label in self._visibility.hidden_labels(key):
            shown.pop(label, None)
        return shown

    def _nest(self, child: Level, objects: Mapping[str, _Tree]) -> None:
        """Put the entities of a nested form into those above."""
        name, link = child.plan.form.name, child.plan.link
        is_single = self._inference and link is not None and link.is_singular
        below = self._objects(child)
        keys = self._sort_keys(child, below)
        for id, shown in objects.items():
            targets = child.targets.get(id, [])
            if self._visibility is not None and not self._any_visible(child, id, targets):
                continue  # the key is missing; a has-one label keeps the raw id
            nested = [below[target] for target in _sorted((t for t in targets if t in below), keys, child.plan)]
            shown[name] = (nested[0] if nested else None) if is_single else nested

    def _matches(self, level: Level, id: str) -> bool:
        """Whether an entity of a top-level form is there because of something visible."""
        return id in level.records and (self._visibility is None or self._is_match_visible(level, id))

    def _any_visible(self, child: Level, id: str, targets: Iterable[str]) -> bool:
        link = child.plan.link
        if link is None:
            return False
        label, etype = link.attribute.label, link.attribute.etype
        ends = ((target, id if link.is_forward else target) for target in targets)
        return any(
            self._is_shown((EntityKey(etype, holder), label)) and self._is_match_visible(child, target)
            for target, holder in ends
        )

    def _is_match_visible(self, level: Level, id: str) -> bool:
        """Whether all is visible by which some choice of entities matches, the order's attribute included."""
        plan = level.plan
        if level.choices is not None and not level.choices.is_visible(id, self._is_shown):
            return False
        is_listed = plan.is_paged or (level.choices is None and plan.link is None)
        return self._is_in_order(plan, id) if is_listed else True

    def _is_in_order(self, plan: Plan, id: str) -> bool:
        """Whether the attribute that an entity is ordered by is visible, or its `id` where there is no other order."""
        label = plan.order.label if plan.order else ID_LABEL
        return self._visibility is None or self._is_shown((EntityKey(plan.root.etype, id), label))

    def _is_shown(self, touch: Touch) -> bool:
        key, label = touch
        assert self._visibility is not None, "the admin sees everything"
        return (
            key in self._examined and self._visibility.shows(key) and label not in self._visibility.hidden_labels(key)
        )

    def _sort_keys(self, level: Level, objects: Mapping[str, _Tree]) -> Mapping[str, Any]:
        """What the entities of a level are sorted by: the order's attribute as it is shown, or the creation time."""
        order = level.plan.form.order
        if order is None or order.label == CREATION_TIME:
            return {id: (level.created_ms[id], id) for id in objects}
        attribute = self._attributes.forward(level.plan.root.etype, order.label) if objects else None
        data_type = attribute.checked_data_type if attribute else None
        return {id: _sort_key(shown.get(order.label), data_type, id) for id, shown in objects.items()}


def _sort_key(value: object, data_type: str | None, id: str) -> tuple[Any, ...]:
    return (False, id) if value is None else (True, memory_key(value, data_type), id)


def _sorted(ids: Iterable[str], keys: Mapping[str, Any], plan: Plan) -> list[str]:
    try:
        return sorted(ids, key=keys.__getitem__, reverse=plan.is_descending)
    except TypeError as cause:
        raise bad_request("Values that are no numbers, texts or lists of one kind cannot be put in order.") from cause
