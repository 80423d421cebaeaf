from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.user import User


T = TypeVar("T", bound="DeleteUserReply")


@_attrs_define
class DeleteUserReply:
    deleted: None | User

    def to_dict(self) -> dict[str, Any]:
        from ..models.user import User  # noqa: PLC0415

        deleted: dict[str, Any] | None
        if isinstance(self.deleted, User):
            deleted = self.deleted.to_dict()
        else:
            deleted = self.deleted

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "deleted": deleted,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.user import User  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_deleted(data: object) -> None | User:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                deleted_type_0 = User.from_dict(data)

                return deleted_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | User, data)

        deleted = _parse_deleted(d.pop("deleted"))

        delete_user_reply = cls(
            deleted=deleted,
        )

        return delete_user_reply
