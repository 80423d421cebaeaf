from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="JoinRoomOkEvent")


@_attrs_define
class JoinRoomOkEvent:
    op: Literal["join-room-ok"]
    room_id: str
    client_event_id: None | str
    trace_id: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        op = self.op

        room_id = self.room_id

        client_event_id: None | str
        client_event_id = self.client_event_id

        trace_id: None | str | Unset
        if isinstance(self.trace_id, Unset):
            trace_id = UNSET
        else:
            trace_id = self.trace_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "op": op,
                "room-id": room_id,
                "client-event-id": client_event_id,
            }
        )
        if trace_id is not UNSET:
            field_dict["trace-id"] = trace_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        op = cast(Literal["join-room-ok"], d.pop("op"))
        if op != "join-room-ok":
            raise ValueError(f"op must match const 'join-room-ok', got '{op}'")

        room_id = d.pop("room-id")

        def _parse_client_event_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        client_event_id = _parse_client_event_id(d.pop("client-event-id"))

        def _parse_trace_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        trace_id = _parse_trace_id(d.pop("trace-id", UNSET))

        join_room_ok_event = cls(
            op=op,
            room_id=room_id,
            client_event_id=client_event_id,
            trace_id=trace_id,
        )

        return join_room_ok_event
