from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.query_check import QueryCheck
    from ..models.query_reply import QueryReply


T = TypeVar("T", bound="CheckQueryPermissionsReply")


@_attrs_define
class CheckQueryPermissionsReply:
    result: QueryReply
    """ A list of entities for each namespace that was asked for. """
    check_results: list[QueryCheck]
    """ In no defined order. Covers hidden entities too, and those that only a `where` path touches. """
    rule_wheres: Any
    """ Null, or an object of conditions derived from rules, where the operator switched that on. """

    def to_dict(self) -> dict[str, Any]:
        result = self.result.to_dict()

        check_results = []
        for check_results_item_data in self.check_results:
            check_results_item = check_results_item_data.to_dict()
            check_results.append(check_results_item)

        rule_wheres = self.rule_wheres

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "result": result,
                "check-results": check_results,
                "rule-wheres": rule_wheres,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.query_check import QueryCheck  # noqa: PLC0415
        from ..models.query_reply import QueryReply  # noqa: PLC0415

        d = dict(src_dict)
        result = QueryReply.from_dict(d.pop("result"))

        check_results = []
        _check_results = d.pop("check-results")
        for check_results_item_data in _check_results:
            check_results_item = QueryCheck.from_dict(check_results_item_data)

            check_results.append(check_results_item)

        rule_wheres = d.pop("rule-wheres")

        check_query_permissions_reply = cls(
            result=result,
            check_results=check_results,
            rule_wheres=rule_wheres,
        )

        return check_query_permissions_reply
