"""Lookups: naming an entity by the value of a unique attribute.

How they are found has surprises, all recorded (tx_lookup_*): see `find` and `find_for_checks`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, cast

from instant_admin.local.attributes import ID_LABEL, Attribute, AttributeSet
from instant_admin.local.body import read_json
from instant_admin.local.errors import bad_request, null_byte
from instant_admin.local.schema.refusals import lookup_refused
from instant_admin.local.store.entities import holders, load_entities, sources_of
from instant_admin.local.store.equality import equality_key
from instant_admin.local.store.stored_value import as_stored, holds_nul, is_uuid
from instant_admin.local.store.units import ReadUnit
from instant_admin.local.transact.shape import LOOKUP_PREFIX

_PAIR = 2


@dataclass(frozen=True, slots=True)
class Lookup:
    """An entity named by the value of a unique attribute of its namespace."""

    attribute: Attribute = field(compare=False, hash=False)
    value: Any = field(compare=False, hash=False)
    attribute_id: str
    key: str
    """Equal for equal values."""

    @property
    def etype(self) -> str:
        """The namespace of the entity."""
        return self.attribute.etype

    @property
    def is_of_uuid(self) -> bool:
        """Whether the value is a UUID: delete and the existence checks never find such a one."""
        return is_uuid(self.value)

    def shown(self) -> list[Any]:
        """The lookup as error inputs show it."""
        return [self.attribute.id, self.value]


def is_lookup_form(reference: object) -> bool:
    """Whether an entity reference is a lookup in one of its forms."""
    if isinstance(reference, str):
        return reference.startswith(LOOKUP_PREFIX)
    return isinstance(reference, list | dict)


def read_form(form: object) -> tuple[str, Any]:
    """Attribute name and value of a lookup in any of its forms. A text has its value in JSON, read as bodies are.

    Raises:
        Refusal: It is a list but no pair, an object of several keys, or a text without a readable value.
    """
    if isinstance(form, list):
        pair = form
        # The shape check lets any list pass behind a text in a list of two link values.
        if len(pair) != _PAIR or not isinstance(pair[0], str):
            raise lookup_refused("lookup must be a list of an attribute and a value.", pair)
        return pair[0], pair[1]
    if isinstance(form, dict):
        pairs = list(cast("dict[str, Any]", form).items())
        if len(pairs) != 1:
            raise lookup_refused("lookup must be an object with a single unique attr and value.", form)
        return pairs[0]
    name, separator, text = cast("str", form)[len(LOOKUP_PREFIX) :].partition("__")
    if not name:
        raise bad_request("A lookup text needs the name of an attribute.")
    if not separator or not text:
        return name, None
    try:
        return name, as_stored(read_json(text))
    except ValueError as cause:
        raise lookup_refused("lookup value is invalid", form, {"attribute": name, "value": text}) from cause


def link_label(name: str) -> str | None:
    """The label in a lookup name such as `owner.id`, which goes through a link."""
    label, separator, rest = name.partition(".")
    return label if separator and rest == ID_LABEL else None


def build_lookup(attributes: AttributeSet, etype: str, form: object) -> Lookup:
    """The lookup that a form means for entities of a namespace.

    Raises:
        Refusal: Its attribute does not exist or is not unique there. The input told is the form as it was sent, not
            what it says (recordings tx_lookup_not_unique, tx_link_lookup_not_unique).
    """
    name, value = read_form(form)
    attribute = attributes.named(etype, name)
    if attribute is None and "." in name:
        label = link_label(name)
        if label is None:
            raise lookup_refused(f"{name} is not a valid lookup attribute.", form)
        attribute = attributes.named(etype, label)
    if attribute is None or not attribute.unique or attribute.etype != etype or attribute.label not in _labels(name):
        raise lookup_refused(f"{name} is not a unique attribute on {etype}", form)
    return Lookup(attribute, value, attribute.id, equality_key(value))


def find(unit: ReadUnit, lookups: Iterable[Lookup]) -> dict[Lookup, str]:
    """The entities that lookups name, as writes find them: a null one never matches.

    Raises:
        Refusal: The character NUL is in one: the database cannot be asked for it, let alone store it.
    """
    wanted = [lookup for lookup in lookups if lookup.value is not None]
    if any(holds_nul(lookup.value) for lookup in wanted):
        raise null_byte()
    found: dict[Lookup, str] = {}
    for group in _by_attribute(wanted):
        attribute = unit.attributes.by_id(group[0].attribute_id)
        if attribute is not None:
            found.update(_find_of(unit, attribute, group))
    return found


def find_for_checks(unit: ReadUnit, lookups: Iterable[Lookup]) -> dict[Lookup, str]:
    """The entities that lookups name, as delete, create and strict updates find them.

    A lookup of a UUID never matches, a null one does (recordings tx_lookup_uuid_value, tx_lookup_null).
    """
    wanted = [lookup for lookup in lookups if not lookup.is_of_uuid]
    found = find(unit, wanted)
    for lookup in wanted:
        if lookup.value is None and (id := _holder_of_null(unit, lookup.attribute)) is not None:
            found[lookup] = id
    return found


def _labels(name: str) -> tuple[str | None, ...]:
    return name, link_label(name)


def _find_of(unit: ReadUnit, attribute: Attribute, lookups: list[Lookup]) -> dict[Lookup, str]:
    by_key = {lookup.key: lookup for lookup in lookups}
    texts = [lookup.value for lookup in lookups if isinstance(lookup.value, str)]
    if attribute.is_id:
        existing = load_entities(unit.db, unit.app.key, attribute.etype, texts)
        return {by_key[equality_key(id)]: id for id, entity in existing.items() if entity.listed}
    if attribute.is_link:
        return {by_key[equality_key(target)]: source for source, target in sources_of(unit.db, attribute, texts)}
    return {by_key[key]: id for key, id in holders(unit.db, unit.app.key, attribute, by_key).items()}


def _holder_of_null(unit: ReadUnit, attribute: Attribute) -> str | None:
    row = unit.db.execute(
        "SELECT id FROM entity WHERE app = ? AND etype = ? AND json_type(doc, ?) = 'null' ORDER BY created, id LIMIT 1",
        (unit.app.key, attribute.etype, f'$."{attribute.slot}"'),
    ).fetchone()
    return None if row is None else row[0]


def _by_attribute(lookups: Iterable[Lookup]) -> list[list[Lookup]]:
    grouped: dict[str, list[Lookup]] = {}
    for lookup in lookups:
        grouped.setdefault(lookup.attribute_id, []).append(lookup)
    return list(grouped.values())
