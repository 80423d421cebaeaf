"""What `ref` finds: the values at the end of a path of links, loaded for all rows of a call at once.

A rule asks for one row at a time. What it asks for is loaded for all rows that could ask. Only where somebody counts
how often rules run is it as with the real server: `NotLoaded` interrupts each rule, or an operator absorbs that, as it
would an unknown value, and when all wishes have been loaded together the rules are run again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from instant_admin.local.attributes import Attribute
from instant_admin.local.cel import EvaluationError
from instant_admin.local.errors import Refusal, validation_failed
from instant_admin.local.store.entities import find_complete, load_entities, sources_of, targets_of
from instant_admin.local.store.units import ReadUnit

_Route = tuple[str, str]
"""Where a path began, and an entity that it leads to."""


class NotLoaded(EvaluationError):
    """A rule needs values that have not been loaded yet."""

    def __init__(self) -> None:
        super().__init__("UNKNOWN", "The values are not loaded yet.")


class References:
    """The values that the rules of one call follow links to. Permissions play no part in it."""

    def __init__(self, unit: ReadUnit, *, interrupts: bool) -> None:
        """Know nothing yet.

        Args:
            unit: The data; it must not change as long as the references are used.
            interrupts: Whether to load only when told to, and to interrupt rules until then.
        """
        self._unit = unit
        self._interrupts = interrupts
        self._rows: dict[str, dict[str, None]] = {}
        self._known: dict[tuple[str, str], dict[str, list[Any]]] = {}
        self._wanted: dict[tuple[str, str], dict[str, None]] = {}
        self.interruptions = 0
        """How often a rule has asked for something that was not loaded."""

    def of(self, etype: str, id: object) -> Callable[[str], Sequence[object]]:
        """The `ref` of an entity: given a path, the values at its end; without an id none."""
        if not isinstance(id, str):
            return _nothing
        self._rows.setdefault(etype, {})[id] = None

        def ref(path: str) -> Sequence[object]:
            known = self._known.get((etype, path))
            if known is None or id not in known:
                if self._interrupts:
                    self._wanted.setdefault((etype, path), {})[id] = None
                    self.interruptions += 1
                    raise NotLoaded
                known = self._follow(etype, path, self._rows[etype])
            return known[id]

        return ref

    def of_user(self, id: object) -> Callable[[str], Sequence[object]]:
        """The `ref` of `auth`, whose paths begin with `$user.`."""
        ref = self.of("$users", id)
        return lambda path: ref(path.removeprefix("$user."))

    def load(self) -> None:
        """Load all that has been asked for, path by path.

        Raises:
            Refusal: A path names an attribute that does not exist, or goes on behind one that is no link.
        """
        wanted, self._wanted = self._wanted, {}
        for (etype, path), ids in wanted.items():
            self._follow(etype, path, ids)

    def _follow(self, start: str, path: str, ids: Iterable[str]) -> dict[str, list[Any]]:
        """Load the values at the end of a path for entities of the namespace where it starts."""
        *labels, last = path.split(".")
        # What only links made is followed from no more than it is found.
        listed = find_complete(self._unit.db, self._unit.app.key, start, ids, ())
        etype, routes = start, [(id, id) for id in ids if id in listed]
        self._unit.read.add(start)
        for label in labels:
            attribute = self._attribute(etype, label)
            if attribute.reverse is None or not attribute.is_link:
                message = f"`{label}` of `{etype}` is no link, a path cannot go through it."
                raise validation_failed("attr", [etype, label], [{"message": message}])
            routes = self._step(attribute, etype, label, routes)
            etype = attribute.reverse.etype if _is_forward(attribute, etype, label) else attribute.etype
            self._unit.read.add(etype)
        found: dict[str, list[Any]] = {id: [] for id in ids}
        for id, value in self._ends(etype, last, routes):
            found[id].append(value)
        known = self._known.setdefault((start, path), {})
        known.update(found)
        return known

    def _ends(self, etype: str, label: str, routes: list[_Route]) -> Iterable[tuple[str, Any]]:
        """Where each route began, with the value that it ends at; nulls are left out."""
        attribute = self._attribute(etype, label)
        if attribute.is_link:
            return self._step(attribute, etype, label, routes)
        unit = self._unit
        entities = load_entities(unit.db, unit.app.key, etype, {id for _, id in routes})
        values: dict[str, Any] = {
            id: (id if entity.listed else None) if attribute.is_id else entity.doc.get(attribute.slot)
            for id, entity in entities.items()
        }
        return [(start, values[id]) for start, id in routes if values.get(id) is not None]

    def _step(self, attribute: Attribute, etype: str, label: str, routes: list[_Route]) -> list[_Route]:
        """The routes one link further."""
        here = {id for _, id in routes}
        next_ids: dict[str, list[str]] = {}
        if _is_forward(attribute, etype, label):
            for source, target in targets_of(self._unit.db, attribute, here):
                next_ids.setdefault(source, []).append(target)
        else:
            for source, target in sources_of(self._unit.db, attribute, here):
                next_ids.setdefault(target, []).append(source)
        return [(start, next_id) for start, id in routes for next_id in next_ids.get(id, ())]

    def _attribute(self, etype: str, label: str) -> Attribute:
        attribute = self._unit.attributes.named(etype, label)
        if attribute is None:
            hint = {"args": [etype, label], "record-type": "attr"}
            raise Refusal("record-not-found", "Record not found: attr", hint)
        return attribute


def _nothing(_path: str) -> Sequence[object]:
    return []


def _is_forward(attribute: Attribute, etype: str, label: str) -> bool:
    return (attribute.etype, attribute.label) == (etype, label)
