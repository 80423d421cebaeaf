from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="Broadcast")


@_attrs_define
class Broadcast:
    peer_id: str
    """ A UUID, hyphenated, in lower case. """
    user: Any
    """ Who sent it, `{"id"}`, or null. """
    data: Any
    """ What was sent, of any type. """

    def to_dict(self) -> dict[str, Any]:
        peer_id = self.peer_id

        user = self.user

        data = self.data

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "peer-id": peer_id,
                "user": user,
                "data": data,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        peer_id = d.pop("peer-id")

        user = d.pop("user")

        data = d.pop("data")

        broadcast = cls(
            peer_id=peer_id,
            user=user,
            data=data,
        )

        return broadcast
