from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="RuntimeSignInGuestRequest")


@_attrs_define
class RuntimeSignInGuestRequest:
    app_id: str
    """ UUID of the app. """
    extra_fields: Any | Unset = UNSET
    """ Object of custom `$users` attributes; needs a `create` rule on `$users`. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        app_id = self.app_id

        extra_fields = self.extra_fields

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "app-id": app_id,
            }
        )
        if extra_fields is not UNSET:
            field_dict["extra-fields"] = extra_fields

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        app_id = d.pop("app-id")

        extra_fields = d.pop("extra-fields", UNSET)

        runtime_sign_in_guest_request = cls(
            app_id=app_id,
            extra_fields=extra_fields,
        )

        runtime_sign_in_guest_request.additional_properties = d
        return runtime_sign_in_guest_request

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
