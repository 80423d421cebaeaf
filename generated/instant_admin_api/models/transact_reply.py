from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="TransactReply")


@_attrs_define
class TransactReply:
    tx_id: int
    """ Grows per database, is not dense. """

    def to_dict(self) -> dict[str, Any]:
        tx_id = self.tx_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "tx-id": tx_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        tx_id = d.pop("tx-id")

        transact_reply = cls(
            tx_id=tx_id,
        )

        return transact_reply
