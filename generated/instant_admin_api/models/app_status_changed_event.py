from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="AppStatusChangedEvent")


@_attrs_define
class AppStatusChangedEvent:
    op: Literal["app-status-changed"]
    status: str
    """ `active`, `read-only` or `disabled`. """
    trace_id: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        op = self.op

        status = self.status

        trace_id: None | str | Unset
        if isinstance(self.trace_id, Unset):
            trace_id = UNSET
        else:
            trace_id = self.trace_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "op": op,
                "status": status,
            }
        )
        if trace_id is not UNSET:
            field_dict["trace-id"] = trace_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        op = cast(Literal["app-status-changed"], d.pop("op"))
        if op != "app-status-changed":
            raise ValueError(f"op must match const 'app-status-changed', got '{op}'")

        status = d.pop("status")

        def _parse_trace_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        trace_id = _parse_trace_id(d.pop("trace-id", UNSET))

        app_status_changed_event = cls(
            op=op,
            status=status,
            trace_id=trace_id,
        )

        return app_status_changed_event
