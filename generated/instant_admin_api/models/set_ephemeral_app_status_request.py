from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..models.app_status import AppStatus, check_app_status

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="SetEphemeralAppStatusRequest")


@_attrs_define
class SetEphemeralAppStatusRequest:
    admin_token: str
    """ The app's admin token (a UUID). """
    status: AppStatus
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        admin_token = self.admin_token

        status: str = self.status

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "admin-token": admin_token,
                "status": status,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        admin_token = d.pop("admin-token")

        status = check_app_status(d.pop("status"))

        set_ephemeral_app_status_request = cls(
            admin_token=admin_token,
            status=status,
        )

        set_ephemeral_app_status_request.additional_properties = d
        return set_ephemeral_app_status_request

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
