from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="PlannedAttribute")


@_attrs_define
class PlannedAttribute:
    """An attribute of a definition, without ids. Without `catalog` on links."""

    id: None
    value_type: str
    cardinality: str
    forward_identity: list[Any]
    """ UUID (null in a plan), namespace and label. """
    unique: bool
    index: bool
    required: bool
    reverse_identity: list[Any] | Unset = UNSET
    """ UUID (null in a plan), namespace and label. """
    catalog: str | Unset = UNSET
    checked_data_type: None | str | Unset = UNSET
    on_delete: None | str | Unset = UNSET
    on_delete_reverse: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        value_type = self.value_type

        cardinality = self.cardinality

        forward_identity = self.forward_identity

        unique = self.unique

        index = self.index

        required = self.required

        reverse_identity: list[Any] | Unset = UNSET
        if not isinstance(self.reverse_identity, Unset):
            reverse_identity = self.reverse_identity

        catalog = self.catalog

        checked_data_type: None | str | Unset
        if isinstance(self.checked_data_type, Unset):
            checked_data_type = UNSET
        else:
            checked_data_type = self.checked_data_type

        on_delete: None | str | Unset
        if isinstance(self.on_delete, Unset):
            on_delete = UNSET
        else:
            on_delete = self.on_delete

        on_delete_reverse: None | str | Unset
        if isinstance(self.on_delete_reverse, Unset):
            on_delete_reverse = UNSET
        else:
            on_delete_reverse = self.on_delete_reverse

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
            }
        )
        if reverse_identity is not UNSET:
            field_dict["reverse-identity"] = reverse_identity
        if catalog is not UNSET:
            field_dict["catalog"] = catalog
        if checked_data_type is not UNSET:
            field_dict["checked-data-type"] = checked_data_type
        if on_delete is not UNSET:
            field_dict["on-delete"] = on_delete
        if on_delete_reverse is not UNSET:
            field_dict["on-delete-reverse"] = on_delete_reverse

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

        reverse_identity = cast(list[Any], d.pop("reverse-identity", UNSET))

        catalog = d.pop("catalog", UNSET)

        def _parse_checked_data_type(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        checked_data_type = _parse_checked_data_type(d.pop("checked-data-type", UNSET))

        def _parse_on_delete(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        on_delete = _parse_on_delete(d.pop("on-delete", UNSET))

        def _parse_on_delete_reverse(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        on_delete_reverse = _parse_on_delete_reverse(d.pop("on-delete-reverse", UNSET))

        planned_attribute = cls(
            id=id,
            value_type=value_type,
            cardinality=cardinality,
            forward_identity=forward_identity,
            unique=unique,
            index=index,
            required=required,
            reverse_identity=reverse_identity,
            catalog=catalog,
            checked_data_type=checked_data_type,
            on_delete=on_delete,
            on_delete_reverse=on_delete_reverse,
        )

        return planned_attribute
