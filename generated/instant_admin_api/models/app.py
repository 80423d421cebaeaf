from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="App")


@_attrs_define
class App:
    """Open-ended. Only creation shows the admin token."""

    id: str
    """ A UUID, hyphenated, in lower case. """
    title: str
    created_at: str
    """ UTC, with a precision of a second. """
    status: None | str | Unset = UNSET
    """ `active`, `read-only` or `disabled`. """
    creator_id: None | str | Unset = UNSET
    org_id: None | str | Unset = UNSET
    subscription_id: None | str | Unset = UNSET
    magic_code_expiry_minutes: int | None | Unset = UNSET
    deletion_marked_at: None | str | Unset = UNSET
    connection_string: None | str | Unset = UNSET
    admin_token: str | Unset = UNSET
    """ A UUID, hyphenated, in lower case. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        title = self.title

        created_at = self.created_at

        status: None | str | Unset
        if isinstance(self.status, Unset):
            status = UNSET
        else:
            status = self.status

        creator_id: None | str | Unset
        if isinstance(self.creator_id, Unset):
            creator_id = UNSET
        else:
            creator_id = self.creator_id

        org_id: None | str | Unset
        if isinstance(self.org_id, Unset):
            org_id = UNSET
        else:
            org_id = self.org_id

        subscription_id: None | str | Unset
        if isinstance(self.subscription_id, Unset):
            subscription_id = UNSET
        else:
            subscription_id = self.subscription_id

        magic_code_expiry_minutes: int | None | Unset
        if isinstance(self.magic_code_expiry_minutes, Unset):
            magic_code_expiry_minutes = UNSET
        else:
            magic_code_expiry_minutes = self.magic_code_expiry_minutes

        deletion_marked_at: None | str | Unset
        if isinstance(self.deletion_marked_at, Unset):
            deletion_marked_at = UNSET
        else:
            deletion_marked_at = self.deletion_marked_at

        connection_string: None | str | Unset
        if isinstance(self.connection_string, Unset):
            connection_string = UNSET
        else:
            connection_string = self.connection_string

        admin_token = self.admin_token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "title": title,
                "created_at": created_at,
            }
        )
        if status is not UNSET:
            field_dict["status"] = status
        if creator_id is not UNSET:
            field_dict["creator_id"] = creator_id
        if org_id is not UNSET:
            field_dict["org_id"] = org_id
        if subscription_id is not UNSET:
            field_dict["subscription_id"] = subscription_id
        if magic_code_expiry_minutes is not UNSET:
            field_dict["magic_code_expiry_minutes"] = magic_code_expiry_minutes
        if deletion_marked_at is not UNSET:
            field_dict["deletion_marked_at"] = deletion_marked_at
        if connection_string is not UNSET:
            field_dict["connection_string"] = connection_string
        if admin_token is not UNSET:
            field_dict["admin-token"] = admin_token

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        title = d.pop("title")

        created_at = d.pop("created_at")

        def _parse_status(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        status = _parse_status(d.pop("status", UNSET))

        def _parse_creator_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        creator_id = _parse_creator_id(d.pop("creator_id", UNSET))

        def _parse_org_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        org_id = _parse_org_id(d.pop("org_id", UNSET))

        def _parse_subscription_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        subscription_id = _parse_subscription_id(d.pop("subscription_id", UNSET))

        def _parse_magic_code_expiry_minutes(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        magic_code_expiry_minutes = _parse_magic_code_expiry_minutes(d.pop("magic_code_expiry_minutes", UNSET))

        def _parse_deletion_marked_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        deletion_marked_at = _parse_deletion_marked_at(d.pop("deletion_marked_at", UNSET))

        def _parse_connection_string(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        connection_string = _parse_connection_string(d.pop("connection_string", UNSET))

        admin_token = d.pop("admin-token", UNSET)

        app = cls(
            id=id,
            title=title,
            created_at=created_at,
            status=status,
            creator_id=creator_id,
            org_id=org_id,
            subscription_id=subscription_id,
            magic_code_expiry_minutes=magic_code_expiry_minutes,
            deletion_marked_at=deletion_marked_at,
            connection_string=connection_string,
            admin_token=admin_token,
        )

        app.additional_properties = d
        return app

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
