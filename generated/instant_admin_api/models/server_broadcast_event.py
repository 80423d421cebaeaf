from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.broadcast import Broadcast


T = TypeVar("T", bound="ServerBroadcastEvent")


@_attrs_define
class ServerBroadcastEvent:
    """Another session's broadcast."""

    op: Literal["server-broadcast"]
    room_id: str
    topic: str
    data: Broadcast
    trace_id: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        op = self.op

        room_id = self.room_id

        topic = self.topic

        data = self.data.to_dict()

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
                "topic": topic,
                "data": data,
            }
        )
        if trace_id is not UNSET:
            field_dict["trace-id"] = trace_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.broadcast import Broadcast  # noqa: PLC0415

        d = dict(src_dict)
        op = cast(Literal["server-broadcast"], d.pop("op"))
        if op != "server-broadcast":
            raise ValueError(f"op must match const 'server-broadcast', got '{op}'")

        room_id = d.pop("room-id")

        topic = d.pop("topic")

        data = Broadcast.from_dict(d.pop("data"))

        def _parse_trace_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        trace_id = _parse_trace_id(d.pop("trace-id", UNSET))

        server_broadcast_event = cls(
            op=op,
            room_id=room_id,
            topic=topic,
            data=data,
            trace_id=trace_id,
        )

        return server_broadcast_event
