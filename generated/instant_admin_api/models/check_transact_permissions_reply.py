from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.transact_check import TransactCheck


T = TypeVar("T", bound="CheckTransactPermissionsReply")


@_attrs_define
class CheckTransactPermissionsReply:
    tx_id: int
    """ Without meaning unless committed. """
    all_checks_ok: bool
    committed: bool
    check_results: list[TransactCheck]
    """ The checks before the write in the order of steps, then those after it. Equal checks once. """

    def to_dict(self) -> dict[str, Any]:
        tx_id = self.tx_id

        all_checks_ok = self.all_checks_ok

        committed = self.committed

        check_results = []
        for check_results_item_data in self.check_results:
            check_results_item = check_results_item_data.to_dict()
            check_results.append(check_results_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "tx-id": tx_id,
                "all-checks-ok?": all_checks_ok,
                "committed?": committed,
                "check-results": check_results,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.transact_check import TransactCheck  # noqa: PLC0415

        d = dict(src_dict)
        tx_id = d.pop("tx-id")

        all_checks_ok = d.pop("all-checks-ok?")

        committed = d.pop("committed?")

        check_results = []
        _check_results = d.pop("check-results")
        for check_results_item_data in _check_results:
            check_results_item = TransactCheck.from_dict(check_results_item_data)

            check_results.append(check_results_item)

        check_transact_permissions_reply = cls(
            tx_id=tx_id,
            all_checks_ok=all_checks_ok,
            committed=committed,
            check_results=check_results,
        )

        return check_transact_permissions_reply
