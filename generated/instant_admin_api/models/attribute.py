from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="Attribute")


@_attrs_define
class Attribute:
    id: str
    """ A UUID, hyphenated, in lower case. """
    value_type: str
    """ `blob`, or `ref` for a link. """
    cardinality: str
    """ `one` or `many`. """
    forward_identity: list[Any]
    """ UUID (null in a plan), namespace and label. """
    unique: bool
    index: bool
    required: bool
    inferred_types: list[str] | None
    """ Kinds of JSON ever written; read through a cache, so not to be relied on. """
    catalog: str
    """ `user` or `system`. """
    reverse_identity: list[Any] | Unset = UNSET
    """ UUID (null in a plan), namespace and label. """
    checked_data_type: str | Unset = UNSET
    """ `string`, `number`, `boolean` or `date`, where enforced. """
    on_delete: str | Unset = UNSET
    """ `cascade`. """
    on_delete_reverse: str | Unset = UNSET
    """ `cascade`. """
    checking_data_type: bool | Unset = UNSET
    """ While a job runs. """
    indexing: bool | Unset = UNSET
    """ While a job runs. """
    setting_unique: bool | Unset = UNSET
    """ While a job runs. """
    deletion_marked_at: str | Unset = UNSET
    """ UTC, with a precision of a second. """
    metadata: Any | Unset = UNSET
    """ Object; of deleted attributes, what they were. """

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        value_type = self.value_type

        cardinality = self.cardinality

        forward_identity = self.forward_identity

        unique = self.unique

        index = self.index

        required = self.required

        inferred_types: list[str] | None
        if isinstance(self.inferred_types, list):
            inferred_types = self.inferred_types

        else:
            inferred_types = self.inferred_types

        catalog = self.catalog

        reverse_identity: list[Any] | Unset = UNSET
        if not isinstance(self.reverse_identity, Unset):
            reverse_identity = self.reverse_identity

        checked_data_type = self.checked_data_type

        on_delete = self.on_delete

        on_delete_reverse = self.on_delete_reverse

        checking_data_type = self.checking_data_type

        indexing = self.indexing

        setting_unique = self.setting_unique

        deletion_marked_at = self.deletion_marked_at

        metadata = self.metadata

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "value-type": value_type,
                "cardinality": cardinality,
                "forward-identity": forward_identity,
                "unique?": unique,
                "index?": index,
                "required?": required,
                "inferred-types": inferred_types,
                "catalog": catalog,
            }
        )
        if reverse_identity is not UNSET:
            field_dict["reverse-identity"] = reverse_identity
        if checked_data_type is not UNSET:
            field_dict["checked-data-type"] = checked_data_type
        if on_delete is not UNSET:
            field_dict["on-delete"] = on_delete
        if on_delete_reverse is not UNSET:
            field_dict["on-delete-reverse"] = on_delete_reverse
        if checking_data_type is not UNSET:
            field_dict["checking-data-type?"] = checking_data_type
        if indexing is not UNSET:
            field_dict["indexing?"] = indexing
        if setting_unique is not UNSET:
            field_dict["setting-unique?"] = setting_unique
        if deletion_marked_at is not UNSET:
            field_dict["deletion-marked-at"] = deletion_marked_at
        if metadata is not UNSET:
            field_dict["metadata"] = metadata

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        value_type = d.pop("value-type")

        cardinality = d.pop("cardinality")

        forward_identity = cast(list[Any], d.pop("forward-identity"))

        unique = d.pop("unique?")

        index = d.pop("index?")

        required = d.pop("required?")

        def _parse_inferred_types(data: object) -> list[str] | None:
            if data is None:
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                inferred_types_type_0 = cast(list[str], data)

                return inferred_types_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None, data)

        inferred_types = _parse_inferred_types(d.pop("inferred-types"))

        catalog = d.pop("catalog")

        reverse_identity = cast(list[Any], d.pop("reverse-identity", UNSET))

        checked_data_type = d.pop("checked-data-type", UNSET)

        on_delete = d.pop("on-delete", UNSET)

        on_delete_reverse = d.pop("on-delete-reverse", UNSET)

        checking_data_type = d.pop("checking-data-type?", UNSET)

        indexing = d.pop("indexing?", UNSET)

        setting_unique = d.pop("setting-unique?", UNSET)

        deletion_marked_at = d.pop("deletion-marked-at", UNSET)

        metadata = d.pop("metadata", UNSET)

        attribute = cls(
            id=id,
            value_type=value_type,
            cardinality=cardinality,
            forward_identity=forward_identity,
            unique=unique,
            index=index,
            required=required,
            inferred_types=inferred_types,
            catalog=catalog,
            reverse_identity=reverse_identity,
            checked_data_type=checked_data_type,
            on_delete=on_delete,
            on_delete_reverse=on_delete_reverse,
            checking_data_type=checking_data_type,
            indexing=indexing,
            setting_unique=setting_unique,
            deletion_marked_at=deletion_marked_at,
            metadata=metadata,
        )

        return attribute
