"""Changing attributes that exist: their names, flags and types, with the data that hangs on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from instant_admin.local.attributes import Attribute, Identity
from instant_admin.local.errors import bad_request, record_not_unique
from instant_admin.local.schema import contents, findings
from instant_admin.local.schema.attributes import check_names
from instant_admin.local.schema.definitions import DELETION_KEYS, as_identity, check_deletion_rules
from instant_admin.local.schema.refusals import attributes_refused, value_taken, value_too_large
from instant_admin.local.store.units import WriteUnit

_PROPERTIES = {
    "cardinality": "cardinality",
    "unique?": "unique",
    "index?": "indexed",
    "required?": "required",
    "on-delete": "on_delete",
    "on-delete-reverse": "on_delete_reverse",
}
"""What `update-attr` changes beside names, and how attributes call it. A key that is absent changes nothing."""
_NULLABLE = frozenset({"required?", *DELETION_KEYS})


def update_attributes(unit: WriteUnit, changes: Iterable[Mapping[str, Any]]) -> None:
    """Change attributes at once. Unknown ones and the system's are passed over.

    Args:
        unit: The transaction.
        changes: Each an `id` and what is to be different, as `update-attr` has it.

    Raises:
        Refusal: A new name is reserved or taken, or the data does not fit a new flag.
    """
    pairs: dict[str, tuple[Attribute, Attribute]] = {}
    for change in changes:
        there = unit.attributes.by_id(change["id"])
        if there is None or there.is_system:
            continue
        old, new = pairs.get(there.id, (there, there))
        pairs[there.id] = old, _changed(new, change)
    for old, new in pairs.values():
        if _names(old) != _names(new):
            check_names(unit.attributes, new)
        _check_data(unit, old, new)
    _check_free(unit, [new for _, new in pairs.values()])
    settle(unit, list(pairs.values()))


def settle(unit: WriteUnit, pairs: Sequence[tuple[Attribute, Attribute]]) -> None:
    """Store the new states of attributes, and bring their data in line. Whether it fits has been checked.

    Args:
        unit: The transaction.
        pairs: The old and the new state of each.
    """
    unit.change_attributes(new for _, new in pairs)
    for old, new in pairs:
        if old.etype != new.etype and not new.is_link:
            contents.move(unit, new, old.etype)
        if old.unique != new.unique:
            contents.refresh_unique_values(unit, new)
        if new.is_null_filled and not old.is_null_filled:
            contents.fill_with_null(unit, new)
        if (old.has_sort_key, old.checked_data_type) != (new.has_sort_key, new.checked_data_type):
            contents.refresh_sort_keys(unit, new.etype)


def _changed(attribute: Attribute, change: Mapping[str, Any]) -> Attribute:
    check_deletion_rules(change)
    values = {name: change[key] for key, name in _PROPERTIES.items() if key in change}
    if any(change[key] is None for key in _PROPERTIES if key in change and key not in _NULLABLE):
        raise bad_request("`cardinality`, `unique?` and `index?` of an attribute cannot be null.")
    if "forward-identity" in change:
        values["forward"] = _renamed(attribute.forward, change["forward-identity"])
    if attribute.reverse is not None and change.get("reverse-identity") is not None:
        values["reverse"] = _renamed(attribute.reverse, change["reverse-identity"])
    return attribute.changed(**values)


def _renamed(identity: Identity, given: object) -> Identity:
    """An identity with other names; its id stays."""
    return Identity(identity.id, *as_identity(given)[1:])


def _names(attribute: Attribute) -> tuple[Identity, Identity | None]:
    return attribute.forward, attribute.reverse


def _check_data(unit: WriteUnit, old: Attribute, new: Attribute) -> None:
    """Refuse flags that the data does not fit, as a write would be refused (recordings sch_now_*)."""
    newly_unique = new.unique and not old.unique
    if (newly_unique or (new.indexed and not old.indexed)) and (large := findings.too_large(unit, old)):
        raise value_too_large(new, *large[0])
    if newly_unique and (sharing := findings.repeated(unit, old)):
        raise value_taken(new, sharing[1].value)
    if new.is_single and not old.is_single and new.is_link and findings.holds_several(unit, old):
        raise record_not_unique("triple")
    if new.required and not old.required and (ids := findings.lacking(unit, old)):
        message = f"`{new.label}` cannot be required: {len(ids)} entities of `{new.etype}` have none."
        raise attributes_refused(message, [new.etype, new.label])


def _check_free(unit: WriteUnit, changed: Sequence[Attribute]) -> None:
    future = unit.attributes.replaced(changed)
    names = Counter((end.etype, end.label) for a in future for end in _names(a) if end is not None)
    if any(names[end.etype, end.label] > 1 for a in changed for end in _names(a) if end is not None):
        raise record_not_unique("attr")
