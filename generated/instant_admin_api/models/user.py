from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="User")


@_attrs_define
class User:
    """A user as the auth endpoints show it, which is not quite its `$users` row. Custom attributes are further keys;
    a few labels that collide with the server's own columns are renamed (`clientId` is `client_id`).

    """

    id: str
    """ A UUID, hyphenated, in lower case. """
    app_id: Any | Unset = UNSET
    """ UUID of the app, unless a custom attribute of that name replaces it. Absent where an operator enabled a
    cached lookup. """
    created_at: Any | Unset = UNSET
    """ When the user was made, a timestamp. Absent under a cached lookup. """
    email: None | str | Unset = UNSET
    """ Null for users made by id; absent for guests, and for users transacted without one. """
    type_: None | str | Unset = UNSET
    """ `user` or `guest`, or what an admin wrote. Absent for users made by a transaction or a refresh token. """
    is_guest: bool | Unset = UNSET
    """ Whether `type` is `guest`. Absent under a cached lookup. """
    image_url: None | str | Unset = UNSET
    linked_primary_user: Any | Unset = UNSET
    """ UUID of the account that a guest was linked to. """
    refresh_token: str | Unset = UNSET
    """ A UUID, hyphenated, in lower case. """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        app_id = self.app_id

        created_at = self.created_at

        email: None | str | Unset
        if isinstance(self.email, Unset):
            email = UNSET
        else:
            email = self.email

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        else:
            type_ = self.type_

        is_guest = self.is_guest

        image_url: None | str | Unset
        if isinstance(self.image_url, Unset):
            image_url = UNSET
        else:
            image_url = self.image_url

        linked_primary_user = self.linked_primary_user

        refresh_token = self.refresh_token

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
            }
        )
        if app_id is not UNSET:
            field_dict["app_id"] = app_id
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if email is not UNSET:
            field_dict["email"] = email
        if type_ is not UNSET:
            field_dict["type"] = type_
        if is_guest is not UNSET:
            field_dict["isGuest"] = is_guest
        if image_url is not UNSET:
            field_dict["imageURL"] = image_url
        if linked_primary_user is not UNSET:
            field_dict["linkedPrimaryUser"] = linked_primary_user
        if refresh_token is not UNSET:
            field_dict["refresh_token"] = refresh_token

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        app_id = d.pop("app_id", UNSET)

        created_at = d.pop("created_at", UNSET)

        def _parse_email(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        email = _parse_email(d.pop("email", UNSET))

        def _parse_type_(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        type_ = _parse_type_(d.pop("type", UNSET))

        is_guest = d.pop("isGuest", UNSET)

        def _parse_image_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        image_url = _parse_image_url(d.pop("imageURL", UNSET))

        linked_primary_user = d.pop("linkedPrimaryUser", UNSET)

        refresh_token = d.pop("refresh_token", UNSET)

        user = cls(
            id=id,
            app_id=app_id,
            created_at=created_at,
            email=email,
            type_=type_,
            is_guest=is_guest,
            image_url=image_url,
            linked_primary_user=linked_primary_user,
            refresh_token=refresh_token,
        )

        user.additional_properties = d
        return user

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
