"""A transaction's steps, held to a schema."""

from __future__ import annotations

from typing import Any, Final

from instant_admin._core.ids import LOOKUP_PREFIX, parse_lookup
from instant_admin._core.nearest import did_you_mean
from instant_admin._core.raw_steps import WITHOUT_ENTITY
from instant_admin._core.validation.faults import fault, mistyped, shown
from instant_admin._core.validation.tables import Namespace, Tables
from instant_admin._core.validation.values import ANY_TYPE, TYPE_NAMES, WIRE_TYPES
from instant_admin._dates.stored import is_storable_date
from instant_admin._dates.usual import usual_date
from instant_admin.errors import InvalidArgumentError

WRITES: Final = frozenset({"create", "update", "merge"})
LINKS: Final = frozenset({"link", "unlink"})
_DATE: Final[frozenset[type]] = frozenset({type(None)})
"""What fits a date without another look."""

_Step = list[Any]


class StepCheck:
    """Checks steps against one schema. Their form is sound: chunks make no others."""

    __slots__ = ("_fitting", "_tables")

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._fitting = {name: _fitting(namespace) for name, namespace in tables.items()}

    def check(self, steps: list[_Step]) -> None:
        """Check all steps.

        Raises:
            InvalidArgumentError: One does not fit; the text has its number and entity.
        """
        fitting_by_name = self._fitting
        for step in steps:
            action = step[0]
            try:
                if action in WRITES and type(step[2]) is str:
                    # Nearly all steps are such, and most values fit by their type alone.
                    fitting = fitting_by_name[step[1]]
                    for label, value in step[3].items():
                        types = fitting[label]
                        if type(value) in types or (types is _DATE and type(value) is str and usual_date(value)):
                            continue
                        self._check_value(label, value, self._tables[step[1]], action)
                elif not (action in LINKS and type(step[2]) is str and self._links_ids(step[1], step[3])):
                    self._check_step(step)
            except (KeyError, InvalidArgumentError):
                self._tell_where(step, steps)

    def _links_ids(self, name: str, links: dict[str, Any]) -> bool:
        """Whether links are all known and each to one id, as nearly all are."""
        known = self._tables[name].links
        for label, target in links.items():
            if label not in known or type(target) is not str or target.startswith(LOOKUP_PREFIX):
                return False
        return True

    def _tell_where(self, step: _Step, steps: list[_Step]) -> None:
        """Check a step that has an unknown name or a fault, and add to the fault's text where it is."""
        try:
            self._check_step(step)
        except InvalidArgumentError as error:
            index = next(index for index, candidate in enumerate(steps) if candidate is step)
            place = f"(step {index}, entity {shown(step[2])})"
            raise InvalidArgumentError(f"{error} {place}", path=error.path) from None

    def _check_step(self, step: _Step) -> None:
        if step[0] in WITHOUT_ENTITY:
            return
        action, name, entity, *_ = step
        namespace = self._tables.get(name)
        if namespace is None:
            raise fault(f"{name}.{action}", f"there is no namespace {name!r}. {did_you_mean(name, self._tables)}")
        if not isinstance(entity, str):
            _check_lookup(next(iter(entity)), namespace, f"{name}.{action}")
        if action in WRITES:
            for label, value in step[3].items():
                self._check_value(label, value, namespace, action)
        elif action in LINKS:
            for label, targets in step[3].items():
                self._check_link(label, targets, namespace, f"{name}.{action}.{label}")

    def _check_value(self, label: str, value: Any, namespace: Namespace, action: str) -> None:
        attribute = namespace.attributes.get(label)
        path = f"{namespace.name}.{action}.{label}"
        if attribute is None:
            _check_other_label(label, value, namespace, path, is_merge=action == "merge")
            return
        value_type = attribute.value_type
        if value_type != "json" and type(value) not in WIRE_TYPES[value_type]:
            raise mistyped(path, f"{TYPE_NAMES[value_type]} for {namespace.name}.{label}", value)
        if value_type == "date" and value is not None and not is_storable_date(value):
            raise fault(path, f"{shown(value)} is no date that the server reads; pass a datetime or ISO text.")

    def _check_link(self, label: str, targets: Any, namespace: Namespace, path: str) -> None:
        link = namespace.links.get(label)
        if link is None:
            is_attribute = label in namespace.attributes
            hint = f"{label!r} is an attribute; write .update({{{label!r}: ...}}). " if is_attribute else ""
            known = did_you_mean(label, namespace.links)
            raise fault(path, f"{namespace.name!r} has no link {label!r}. {hint}{known}")
        target = self._tables.get(link.target)
        if target is not None:
            for value in targets if isinstance(targets, list) else (targets,):
                attribute = _looked_up(value)
                if attribute is not None:
                    _check_lookup(attribute, target, path)


def _fitting(namespace: Namespace) -> dict[str, frozenset[type]]:
    """By label the types of values that need no other look."""
    types = {label: WIRE_TYPES.get(found.value_type, ANY_TYPE) for label, found in namespace.attributes.items()}
    dates = {label: _DATE for label, found in namespace.attributes.items() if found.value_type == "date"}
    return {"id": ANY_TYPE, **types, **dates}


def _check_other_label(label: str, value: Any, namespace: Namespace, path: str, *, is_merge: bool) -> None:
    """Check what is no attribute among the attributes of a write."""
    link = namespace.links.get(label)
    # The id is dropped; a forward label with one id writes the link (server contract, data 4.4 and 4.5).
    if label == "id" or (link is not None and link.is_forward and isinstance(value, str) and not is_merge):
        return
    if link is not None:
        raise fault(path, f"{label!r} is a link; write .link({{{label!r}: ...}}).")
    known = did_you_mean(label, namespace.attributes)
    raise fault(path, f"{namespace.name!r} has no attribute {label!r}. {known}")


def _check_lookup(attribute: str, namespace: Namespace, path: str) -> None:
    known = namespace.attributes.get(attribute)
    is_link = attribute.removesuffix(".id") in namespace.links
    if attribute == "id" or is_link or (known is not None and known.is_unique):
        return
    unique = ["id", *(label for label, found in namespace.attributes.items() if found.is_unique)]
    if known is None:
        near = did_you_mean(attribute, unique)
        raise fault(path, f"lookup: {namespace.name!r} has no attribute {attribute!r}. {near}")
    advice = f"add .unique() to it in the schema, or look up by one of {', '.join(unique)}"
    raise fault(path, f"lookup: {namespace.name}.{attribute} is not unique; {advice}.")


def _looked_up(value: Any) -> str | None:
    """The attribute that a link's value looks an entity up by; None for an id."""
    if isinstance(value, str):
        found = parse_lookup(value)
        return None if found is None else found.attribute
    return str(next(iter(value)))
