"""The parsed forms of a query: what each of them asks for, its values read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from instant_admin.local.coerce import as_uuid, is_given
from instant_admin.local.query.conditions import Where, read_where
from instant_admin.local.query.faults import Path, value_fault
from instant_admin.local.query.names import name_of
from instant_admin.local.query.shape import OPTIONS

CREATION_TIME = "serverCreatedAt"
_CURSOR_READER = ["clojure.spec.alpha/conformer", "instant.db.instaql/cursor-conformer"]
_CURSOR_ITEMS = 4


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


def read_forms(query: Mapping[str, Any]) -> tuple[Form, ...]:
    """Read the forms of a query whose shape is right.

    Raises:
        Refusal: A value is of an impossible kind.
    """
    forms = {name_of(key): _read(query, key, form, (), (n,)) for n, (key, form) in enumerate(query.items())}
    return tuple(forms.values())


def _read(query: object, key: str, form: Mapping[str, Any], above: tuple[str, ...], at: Path) -> Form:
    options = form.get(OPTIONS, {})
    place = (*at, "option-map")
    if options is None:
        raise value_fault(query, "map?", place)
    path = (*above, name_of(key))
    where = read_where(query, options.get("where") or {}, (*place, "where-conds"))
    paging = _read_paging(query, options, place)
    fields = _read_fields(query, options, place)
    below = [(label, child) for label, child in form.items() if label != OPTIONS]
    children = {
        name_of(label): _read(query, label, child, path, (*at, "child-forms", number))
        for number, (label, child) in enumerate(below)
    }
    is_count = is_given(options.get("aggregate"))
    return Form(path[-1], path, where, _read_order(options), paging, fields, is_count, tuple(children.values()))


def _read_order(options: Mapping[str, Any]) -> Order | None:
    for label, direction in (options.get("order") or {}).items():
        return Order(name_of(label), direction == "desc")
    return None


def _read_paging(query: object, options: Mapping[str, Any], at: Path) -> Paging:
    given = {name: options.get(name) for name in ("limit", "first", "last", "offset")}
    counts = {name: value for name, value in given.items() if is_given(value)}
    limits = [counts[name] for name in ("limit", "first", "last") if name in counts]
    return Paging(
        limit=limits[0] if limits else None,
        from_end="last" in counts,
        offset=counts.get("offset"),
        after=_read_cursor(query, options.get("after"), (*at, "after")),
        before=_read_cursor(query, options.get("before"), (*at, "before")),
        after_inclusive=options.get("afterInclusive") is True,
        before_inclusive=options.get("beforeInclusive") is True,
    )


def _read_cursor(query: object, cursor: Any, at: Path) -> Cursor | None:
    if not is_given(cursor):
        return None
    entity_id, attribute_id = as_uuid(cursor[0]), as_uuid(cursor[1])
    if len(cursor) != _CURSOR_ITEMS or entity_id is None or attribute_id is None:
        raise value_fault(query, _CURSOR_READER, at)
    return Cursor(entity_id, attribute_id, cursor[2], cursor[3])


def _read_fields(query: object, options: Mapping[str, Any], at: Path) -> frozenset[str] | None:
    fields = options.get("fields")
    if not is_given(fields):
        return None
    labels = cast("list[object]", fields)
    for number, label in enumerate(labels):
        if not isinstance(label, str):
            raise value_fault(query, "string?", (*at, "fields", number))
    return frozenset(cast("list[str]", labels))
