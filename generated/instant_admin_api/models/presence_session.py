from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.user import User


T = TypeVar("T", bound="PresenceSession")


@_attrs_define
class PresenceSession:
    peer_id: str
    """ A UUID, hyphenated, in lower case. """
    data: Any
    """ What the client published, of any type. """
    user: None | Unset | User = UNSET
    """ The user; null or absent for visitors without one and for deleted users. """
    instance_id: Any | Unset = UNSET
    """ An internal name. """

    def to_dict(self) -> dict[str, Any]:
        from ..models.user import User  # noqa: PLC0415

        peer_id = self.peer_id

        data = self.data

        user: dict[str, Any] | None | Unset
        if isinstance(self.user, Unset):
            user = UNSET
        elif isinstance(self.user, User):
            user = self.user.to_dict()
        else:
            user = self.user

        instance_id = self.instance_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "peer-id": peer_id,
                "data": data,
            }
        )
        if user is not UNSET:
            field_dict["user"] = user
        if instance_id is not UNSET:
            field_dict["instance-id"] = instance_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.user import User  # noqa: PLC0415

        d = dict(src_dict)
        peer_id = d.pop("peer-id")

        data = d.pop("data")

        def _parse_user(data: object) -> None | Unset | User:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                user_type_0 = User.from_dict(data)

                return user_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | User, data)

        user = _parse_user(d.pop("user", UNSET))

        instance_id = d.pop("instance-id", UNSET)

        presence_session = cls(
            peer_id=peer_id,
            data=data,
            user=user,
            instance_id=instance_id,
        )

        return presence_session
