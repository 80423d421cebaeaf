from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.user import User


T = TypeVar("T", bound="SignInReply")


@_attrs_define
class SignInReply:
    user: User
    """ A user as the auth endpoints show it, which is not quite its `$users` row. Custom attributes are further
    keys;
    a few labels that collide with the server's own columns are renamed (`clientId` is `client_id`).
     """
    created: bool
    """ Whether this call made the account, or turned a guest into it. """

    def to_dict(self) -> dict[str, Any]:
        user = self.user.to_dict()

        created = self.created

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "user": user,
                "created": created,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.user import User  # noqa: PLC0415

        d = dict(src_dict)
        user = User.from_dict(d.pop("user"))

        created = d.pop("created")

        sign_in_reply = cls(
            user=user,
            created=created,
        )

        return sign_in_reply
