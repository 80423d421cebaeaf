"""The parsed forms of a query: what each of them asks for, its values read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple, cast

from instant_admin.local.attributes import AttributeSet
from instant_admin.local.coerce import as_uuid, is_given
from instant_admin.local.query.conditions import Labels, Where, read_where, value_faults
from instant_admin.local.query.faults import Path, ValueFault, value_fault
from instant_admin.local.query.names import name_of
from instant_admin.local.query.patterns import Link, find_link
from instant_admin.local.query.shape import OPTIONS, is_long

CREATION_TIME = "serverCreatedAt"
_CURSOR_READER = ["clojure.spec.alpha/conformer", "instant.db.instaql/cursor-conformer"]
_CURSOR_ITEMS = 4
_OPTIONS_DEPTH, _OPTION_DEPTH = 1, 2
"""How deep the options of a form, and each of them, are in the server's description of queries."""


class Order(NamedTuple):
    """By what an array is sorted."""

    label: str
    descending: bool


class Cursor(NamedTuple):
    """A position in an order: after or before which a page begins or ends."""

    entity_id: str
    attribute_id: str
    value: Any
    created_ms: int


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of the matches is wanted."""

    limit: int | None = None
    from_end: bool = False
    """Whether the limit and the offset count from the end."""
    offset: int | None = None
    after: Cursor | None = None
    before: Cursor | None = None
    after_inclusive: bool = False
    before_inclusive: bool = False

    @property
    def is_wanted(self) -> bool:
        """Whether only a part is wanted, or what counts as that."""
        return any(given is not None for given in (self.limit, self.offset, self.after, self.before))


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a query: a namespace at the top, a link below."""

    name: str
    path: tuple[str, ...]
    """Names from the top to here."""
    where: tuple[Where, ...]
    order: Order | None
    paging: Paging
    fields: frozenset[str] | None
    """The attributes wanted; None for all."""
    is_count: bool
    children: tuple[Form, ...]


def read_forms(query: Mapping[str, Any], attributes: AttributeSet) -> tuple[Form, ...]:
    """Read the forms of a query whose shape is right.

    Raises:
        Refusal: A value is of an impossible kind.
    """
    reader = _Reader(attributes)
    forms = {
        name_of(key): reader.read(key, form, (), name_of(key), (n,)) for n, (key, form) in enumerate(query.items())
    }
    if reader.faults:
        raise value_fault(query, reader.faults)
    return tuple(forms.values())


class _Reader:
    """Reads forms, and collects what is wrong with their values: all are looked at before one is told."""

    def __init__(self, attributes: AttributeSet) -> None:
        self._attributes = attributes
        self.faults: list[ValueFault] = []

    def read(self, key: str, form: Mapping[str, Any], above: tuple[str, ...], etype: str | None, at: Path) -> Form:
        """One form and those in it.

        Args:
            key: What it stands under.
            form: As sent.
            above: Names of the forms that it is in.
            etype: The namespace of its entities; None for an unknown link.
            at: Its place in the parsed form.
        """
        options = form.get(OPTIONS, {})
        place, depth = (*at, "option-map"), len(above)
        if options is None:
            self.faults.append(ValueFault(depth + _OPTIONS_DEPTH, place, "map?"))
            options = {}
        path = (*above, name_of(key))
        where = read_where(options.get("where") or {}, partial(_is_indexed, self._attributes, etype))
        self.faults += value_faults(where, (*place, "where-conds"), depth + _OPTION_DEPTH)
        paging = self._read_paging(options, place, depth + _OPTION_DEPTH)
        fields = self._read_fields(options, place, depth + _OPTION_DEPTH)
        below = [(label, child) for label, child in form.items() if label != OPTIONS]
        children = {
            name_of(label): self.read(
                label, child, path, _next_etype(self._attributes, etype, name_of(label)), (*at, "child-forms", number)
            )
            for number, (label, child) in enumerate(below)
        }
        is_count = is_given(options.get("aggregate"))
        return Form(path[-1], path, where, _read_order(options), paging, fields, is_count, tuple(children.values()))

    def _read_paging(self, options: Mapping[str, Any], at: Path, depth: int) -> Paging:
        given = {name: options.get(name) for name in ("limit", "first", "last", "offset")}
        counts = {name: value for name, value in given.items() if is_given(value)}
        limits = [counts[name] for name in ("limit", "first", "last") if name in counts]
        return Paging(
            limit=limits[0] if limits else None,
            from_end="last" in counts,
            offset=counts.get("offset"),
            after=self._read_cursor(options.get("after"), (*at, "after"), depth),
            before=self._read_cursor(options.get("before"), (*at, "before"), depth),
            after_inclusive=options.get("afterInclusive") is True,
            before_inclusive=options.get("beforeInclusive") is True,
        )

    def _read_cursor(self, cursor: Any, at: Path, depth: int) -> Cursor | None:
        if not is_given(cursor):
            return None
        entity_id, attribute_id = as_uuid(cursor[0]), as_uuid(cursor[1])
        # A time that is null makes it one of three items.
        if len(cursor) == _CURSOR_ITEMS and is_long(cursor[3]) and entity_id is not None and attribute_id is not None:
            return Cursor(entity_id, attribute_id, cursor[2], cursor[3])
        self.faults.append(ValueFault(depth, at, _CURSOR_READER))
        return None

    def _read_fields(self, options: Mapping[str, Any], at: Path, depth: int) -> frozenset[str] | None:
        fields = options.get("fields")
        if not is_given(fields):
            return None
        labels = cast("list[object]", fields)
        for number, label in enumerate(labels):
            if not isinstance(label, str):
                self.faults.append(ValueFault(depth, (*at, "fields", number), "string?"))
        return frozenset(label for label in labels if isinstance(label, str))


def _read_order(options: Mapping[str, Any]) -> Order | None:
    for label, direction in (options.get("order") or {}).items():
        return Order(name_of(label), direction == "desc")
    return None


def _is_indexed(attributes: AttributeSet, etype: str | None, path: Labels) -> bool:
    """Whether a path ends at an indexed attribute."""
    *steps, label = path
    for step in steps:
        etype = _next_etype(attributes, etype, step)
    attribute = None if etype is None else attributes.forward(etype, label)
    return attribute is not None and attribute.indexed


def _next_etype(attributes: AttributeSet, etype: str | None, label: str) -> str | None:
    """The namespace that a link leads to; None where there is no such link."""
    found = None if etype is None else find_link(attributes, etype, label)
    return found.target_etype if isinstance(found, Link) else None
