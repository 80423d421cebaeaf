"""Making, changing, soft-deleting and restoring attributes, with the data that hangs on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from instant_admin.local.attributes import Attribute, AttributeSet, Identity
from instant_admin.local.catalog import OPEN_ETYPES
from instant_admin.local.errors import value_refused
from instant_admin.local.schema import contents
from instant_admin.local.schema.refusals import attributes_refused, database_raised, name_taken
from instant_admin.local.store.attribute_rows import identity_owner, load_deleted, owner_of
from instant_admin.local.store.units import ReadUnit, WriteUnit


def add_attributes(unit: WriteUnit, wanted: Sequence[Attribute]) -> None:
    """Make attributes. One that is there already, with the same ids and names, is left as it is.

    Raises:
        Refusal: A name is reserved or taken, an id is in use otherwise, or one is required where entities exist.
    """
    for attribute in wanted:
        check_names(unit.attributes, attribute)
    new = [attribute for attribute in wanted if not _is_known(unit, attribute)]
    for attribute in new:
        _check_required(unit, attribute)
    _check_free(unit.attributes, new)
    stored = unit.add_attributes(new)
    for attribute in stored:
        if attribute.is_null_filled:
            contents.fill_with_null(unit, attribute)


def delete_attributes(unit: WriteUnit, ids: Iterable[str]) -> None:
    """Soft-delete attributes: their values are kept, their names are free. Unknown and system ones are passed over."""
    marked: list[Attribute] = []
    for id in ids:
        attribute = unit.attributes.by_id(id)
        if attribute is not None and not attribute.is_system:
            contents.hide(unit, attribute)
            marked.append(_marked(unit, attribute))
    unit.remove_attributes(marked)


def soft_deleted(unit: ReadUnit) -> list[Attribute]:
    """The soft-deleted attributes, the latest first."""
    return sorted(load_deleted(unit.db, unit.app.key), key=lambda a: a.deletion_marked_at or "", reverse=True)


def restore_attribute(unit: WriteUnit, id: str) -> None:
    """Bring a soft-deleted attribute back, with its values.

    Raises:
        Refusal: Its name has been taken in the meantime.
    """
    for attribute in load_deleted(unit.db, unit.app.key):
        if attribute.id == id:
            back = _unmarked(attribute)
            _check_free(unit.attributes, [back])
            unit.restore_attributes([back])
            contents.show(unit, back)


def check_names(attributes: AttributeSet, attribute: Attribute) -> None:
    """Refuse names that the system keeps for itself.

    Raises:
        Refusal: One is in a namespace of the system's, or a system attribute has it.
    """
    for identity in (attribute.forward, attribute.reverse):
        if identity is None:
            continue
        if identity.etype.startswith("$") and identity.etype not in OPEN_ETYPES:
            message = f"$ is reserved for system tables. You can't create {identity.etype}"
            raise attributes_refused(message, [list(identity)])
        taken = attributes.named(identity.etype, identity.label)
        if taken is not None and taken.is_system:
            message = f"{identity.etype}.{identity.label} is a system column and it already exists."
            raise attributes_refused(message, [list(identity)])


def _is_known(unit: WriteUnit, attribute: Attribute) -> bool:
    """Whether an attribute is there already.

    Raises:
        Refusal: One of its ids belongs to something else, in whatever app (recording tx_add_attr).
    """
    known = owner_of(unit.db, attribute.id)
    if known is None:
        for identity in (attribute.forward, attribute.reverse):
            other = identity_owner(unit.db, identity.id) if identity is not None else None
            if other is not None:
                raise _conflict(attribute, other)
        return False
    app_key, other = known
    if app_key == unit.app.key and (other.forward, other.reverse) == (attribute.forward, attribute.reverse):
        return True
    if other.forward.id != attribute.forward.id:
        raise _conflict(attribute, other)
    name = f"{attribute.etype}.{attribute.label}"
    raise database_raised(f"Another attribute for {name} exists with different properties.")


def _conflict(attribute: Attribute, other: Attribute) -> Exception:
    return database_raised(
        f"The attribute with id {attribute.id} conflicts with an existing attribute with id {other.id}."
    )


def _check_free(attributes: AttributeSet, new: Sequence[Attribute]) -> None:
    seen: set[tuple[str, str]] = set()
    for attribute in new:
        for identity in (attribute.forward, attribute.reverse):
            if identity is None:
                continue
            name = identity.etype, identity.label
            if name in seen or attributes.named(*name) is not None:
                raise name_taken(*name)
            seen.add(name)


def _check_required(unit: WriteUnit, attribute: Attribute) -> None:
    if not attribute.required:
        return
    if attribute.etype in OPEN_ETYPES:
        raise value_refused(f"Attributes of {attribute.etype} cannot be required.")
    if contents.has_entities(unit, attribute.etype):
        message = (
            f"Can't create attribute `{attribute.label}` as required because `{attribute.etype}` already have entities"
        )
        raise attributes_refused(message, [attribute.etype, attribute.label])


def _marked(unit: WriteUnit, attribute: Attribute) -> Attribute:
    """The attribute as a soft-deleted one (recording sch_steps_delete)."""
    prefix = f"{attribute.id}_deleted$"
    id_attribute = unit.attributes.id_of(attribute.etype)
    snapshot = {
        "id_attr_id": id_attribute.id if id_attribute else None,
        "is_indexed": attribute.indexed,
        "is_required": attribute.required,
    }
    return attribute.changed(
        forward=_prefixed(prefix, attribute.forward),
        reverse=_prefixed(prefix, attribute.reverse) if attribute.reverse else None,
        indexed=False,
        required=False,
        deletion_marked_at=datetime.fromtimestamp(unit.now_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        metadata={"soft_delete_snapshot": snapshot},
    )


def _prefixed(prefix: str, identity: Identity) -> Identity:
    return Identity(identity.id, prefix + identity.etype, prefix + identity.label)


def _unmarked(attribute: Attribute) -> Attribute:
    prefix = f"{attribute.id}_deleted$"
    snapshot = (attribute.metadata or {})["soft_delete_snapshot"]

    def restored(identity: Identity) -> Identity:
        return Identity(identity.id, identity.etype.removeprefix(prefix), identity.label.removeprefix(prefix))

    return attribute.changed(
        forward=restored(attribute.forward),
        reverse=restored(attribute.reverse) if attribute.reverse else None,
        indexed=snapshot["is_indexed"],
        required=snapshot["is_required"],
        deletion_marked_at=None,
        metadata=None,
    )
