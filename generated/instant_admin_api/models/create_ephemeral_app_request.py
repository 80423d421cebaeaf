from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="CreateEphemeralAppRequest")


@_attrs_define
class CreateEphemeralAppRequest:
    title: float | str
    """ Trimmed, not blank. """
    schema: Any | Unset = UNSET
    """ Object with `entities` and `links`, or null. """
    rules: Any | Unset = UNSET
    """ An object `{"code": rules}`, or null. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        title: float | str
        title = self.title

        schema = self.schema

        rules = self.rules

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "title": title,
            }
        )
        if schema is not UNSET:
            field_dict["schema"] = schema
        if rules is not UNSET:
            field_dict["rules"] = rules

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_title(data: object) -> float | str:
            return cast(float | str, data)

        title = _parse_title(d.pop("title"))

        schema = d.pop("schema", UNSET)

        rules = d.pop("rules", UNSET)

        create_ephemeral_app_request = cls(
            title=title,
            schema=schema,
            rules=rules,
        )

        create_ephemeral_app_request.additional_properties = d
        return create_ephemeral_app_request

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
