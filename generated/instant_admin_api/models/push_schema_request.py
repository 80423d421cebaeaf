from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="PushSchemaRequest")


@_attrs_define
class PushSchemaRequest:
    schema: Any | Unset = UNSET
    """ Object with `entities` and `links`; without it nothing is planned. """
    check_types: Any | Unset = UNSET
    """ Flag. Plan and enforce types. """
    supports_background_updates: Any | Unset = UNSET
    """ Flag. Change flags by jobs in place of at once. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        schema = self.schema

        check_types = self.check_types

        supports_background_updates = self.supports_background_updates

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if schema is not UNSET:
            field_dict["schema"] = schema
        if check_types is not UNSET:
            field_dict["check_types"] = check_types
        if supports_background_updates is not UNSET:
            field_dict["supports_background_updates"] = supports_background_updates

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        schema = d.pop("schema", UNSET)

        check_types = d.pop("check_types", UNSET)

        supports_background_updates = d.pop("supports_background_updates", UNSET)

        push_schema_request = cls(
            schema=schema,
            check_types=check_types,
            supports_background_updates=supports_background_updates,
        )

        push_schema_request.additional_properties = d
        return push_schema_request

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
