from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="CreateAppRequest")


@_attrs_define
class CreateAppRequest:
    title: float | str
    """ Trimmed, not blank. """
    org_id: str | Unset = UNSET
    """ UUID of the organisation that gets the app; the caller must be an admin of it. """
    schema: Any | Unset = UNSET
    """ Object with `entities` and `links`, or null. """
    perms: Any | Unset = UNSET
    """ Rules, or null. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        title: float | str
        title = self.title

        org_id = self.org_id

        schema = self.schema

        perms = self.perms

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "title": title,
            }
        )
        if org_id is not UNSET:
            field_dict["org_id"] = org_id
        if schema is not UNSET:
            field_dict["schema"] = schema
        if perms is not UNSET:
            field_dict["perms"] = perms

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_title(data: object) -> float | str:
            return cast(float | str, data)

        title = _parse_title(d.pop("title"))

        org_id = d.pop("org_id", UNSET)

        schema = d.pop("schema", UNSET)

        perms = d.pop("perms", UNSET)

        create_app_request = cls(
            title=title,
            org_id=org_id,
            schema=schema,
            perms=perms,
        )

        create_app_request.additional_properties = d
        return create_app_request

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
