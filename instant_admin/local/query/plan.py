"""What a form means among an app's attributes: everything that can be refused before any data is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from instant_admin.local.attributes import Attribute, AttributeSet
from instant_admin.local.catalog import OPEN_ETYPES
from instant_admin.local.errors import bad_request
from instant_admin.local.query.comparisons import Place
from instant_admin.local.query.faults import link_fault, query_fault, query_faults
from instant_admin.local.query.forms import CREATION_TIME, Cursor, Form
from instant_admin.local.query.pattern_builder import PatternBuilder, UnknownAttribute
from instant_admin.local.query.patterns import Every, Link, Variable, etypes_of, find_link

_READABLE = OPEN_ETYPES | {"$magicCodes", "$userRefreshTokens"}
_LARGEST_LIMIT = 2**63 - 2


@dataclass(frozen=True)
class Plan:
    """A form among the attributes."""

    form: Form
    etype: str | None
    """The namespace of its entities; None for an unknown link."""
    link: Link | None
    """How a nested form is reached."""
    match: Every | None
    """What its entities match; None where nothing can."""
    order: Attribute | None
    """The attribute that pages go by; None for the creation time."""
    children: tuple[Plan, ...]

    @cached_property
    def root(self) -> Variable:
        """The entities that it lists."""
        assert self.etype is not None, "an unknown link lists nothing"
        return Variable(self.etype, 0)

    @cached_property
    def is_paged(self) -> bool:
        """Whether it has an order or a page of its own: only at the top."""
        return self.link is None and (self.form.order is not None or self.form.paging.is_wanted)

    @property
    def is_descending(self) -> bool:
        """Whether the order is reversed."""
        return self.form.order is not None and self.form.order.descending

    def etypes(self) -> Iterator[str]:
        """The namespaces of all entities that it lists or looks at, some more than once.

        As long as the attributes stay the same, what it finds depends on nothing else.
        """
        if self.etype is not None:
            yield self.etype
        if self.match is not None:
            yield from etypes_of(self.match)
        for child in self.children:
            yield from child.etypes()


def plan_form(query: object, attributes: AttributeSet, form: Form, *, is_admin: bool) -> Plan:
    """The meaning of a top-level form.

    Raises:
        Refusal: Something in it cannot be asked, or not by this caller.
    """
    return _Planner(query, attributes, is_admin=is_admin).top(form)


class _Planner:
    def __init__(self, query: object, attributes: AttributeSet, *, is_admin: bool) -> None:
        self._query = query
        self._attributes = attributes
        self._is_admin = is_admin

    def top(self, form: Form) -> Plan:
        match = self._match(form, form.name)
        order = None
        if match is not None:
            order = self._order(form)
            self._check_cursors(form, order)
        children = self._children(form, form.name)
        self._check_count(form)
        if match is not None:
            _check_limits(form)
            # Without conditions, and by creation time, entities are found by their id.
            if self._attributes.id_of(form.name) is None and not (form.where and order):
                match = None
        return Plan(form, form.name, None, match, order, children)

    def _nested(self, form: Form, above: str | None) -> Plan:
        found = None if above is None else find_link(self._attributes, above, form.name)
        if isinstance(found, Attribute):
            raise link_fault(self._query, found.etype, found.label)
        etype = None if found is None else found.target_etype
        match = None if etype is None else self._match(form, etype)
        children = self._children(form, etype)
        self._check_count(form)
        if form.is_count:
            raise bad_request("Only top-level forms can be counted.")
        return Plan(form, etype, found, match, None, children)

    def _children(self, form: Form, etype: str | None) -> tuple[Plan, ...]:
        return tuple(self._nested(child, etype) for child in form.children)

    def _match(self, form: Form, etype: str) -> Every | None:
        try:
            match = PatternBuilder(self._attributes, etype, Place(self._query, form.path)).build(form.where)
        except UnknownAttribute:
            return None
        return None if etype.startswith("$") and etype not in _READABLE else match

    def _order(self, form: Form) -> Attribute | None:
        """The attribute of an order, which must be indexed and typed."""
        if form.order is None or form.order.label == CREATION_TIME:
            return None
        etype, label = form.name, form.order.label
        attribute = self._attributes.forward(etype, label)
        reasons: list[str | None] = []
        if attribute is None:
            reasons.append(f"There is no `{label}` attribute for {etype}.")
        else:
            name = f"The `{label}` attribute for {etype}"
            if not attribute.indexed:
                reasons.append(f"{name} is not indexed. Only indexed and typed attributes can be used to order.")
            if attribute.checked_data_type is None:
                reasons.append(f"{name} is not typed. Only indexed and typed attributes can be used to order.")
            if not attribute.is_single:
                reasons.append(f"{name} has cardinality many. Only attributes of cardinality one can be used to order.")
        if reasons:
            raise query_faults(self._query, "supported-order?", (*form.path, "$", "order"), reasons)
        return attribute

    def _check_count(self, form: Form) -> None:
        """Only the admin may count, and then there is nothing to nest; found out after all else about the form."""
        at = (*form.path, "$", "aggregate")
        if form.is_count and not self._is_admin:
            message = "Aggregates are currently only available for admin queries."
            raise query_fault(self._query, "admin?", at, message)
        if form.is_count and form.children:
            message = "You can not combine aggregates with child queries at this time."
            raise query_fault(self._query, "valid-query?", at, message)

    def _check_cursors(self, form: Form, order: Attribute | None) -> None:
        self._check_cursor(form, order, "after", form.paging.after)
        self._check_cursor(form, order, "before", form.paging.before)

    def _check_cursor(self, form: Form, order: Attribute | None, name: str, cursor: Cursor | None) -> None:
        expected = order or self._attributes.id_of(form.name)
        if cursor is None or expected is None or cursor.attribute_id == expected.id:
            return
        other = self._attributes.by_id(cursor.attribute_id)
        message = (
            f"Invalid {name} cursor. The query orders by `{_shown(order)}`, but the query that returned the cursor"
            f" orders by `{_shown(other) if other else 'another attribute'}`."
        )
        raise query_fault(self._query, "valid-cursor?", (*form.path, "$", name), message)


def _check_limits(form: Form) -> None:
    """What the server finds out when it asks the database."""
    if form.is_count and (form.order is not None or form.paging.is_wanted):
        raise bad_request("A count takes no order and no page.")
    if form.paging.limit is not None and form.paging.limit > _LARGEST_LIMIT:
        raise bad_request("The limit is too large.")


def _shown(attribute: Attribute | None) -> str:
    return CREATION_TIME if attribute is None or attribute.is_id else attribute.label
