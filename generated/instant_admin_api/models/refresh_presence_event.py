from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.presence_sessions import PresenceSessions


T = TypeVar("T", bound="RefreshPresenceEvent")


@_attrs_define
class RefreshPresenceEvent:
    """Everyone in the room, the receiver included."""

    op: Literal["refresh-presence"]
    room_id: str
    data: PresenceSessions
    """ By session id, a UUID. """
    trace_id: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        op = self.op

        room_id = self.room_id

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
                "data": data,
            }
        )
        if trace_id is not UNSET:
            field_dict["trace-id"] = trace_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.presence_sessions import PresenceSessions  # noqa: PLC0415

        d = dict(src_dict)
        op = cast(Literal["refresh-presence"], d.pop("op"))
        if op != "refresh-presence":
            raise ValueError(f"op must match const 'refresh-presence', got '{op}'")

        room_id = d.pop("room-id")

        data = PresenceSessions.from_dict(d.pop("data"))

        def _parse_trace_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        trace_id = _parse_trace_id(d.pop("trace-id", UNSET))

        refresh_presence_event = cls(
            op=op,
            room_id=room_id,
            data=data,
            trace_id=trace_id,
        )

        return refresh_presence_event
