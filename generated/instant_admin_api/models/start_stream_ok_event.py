from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="StartStreamOkEvent")


@_attrs_define
class StartStreamOkEvent:
    op: Literal["start-stream-ok"]
    client_id: str
    stream_id: str
    """ A UUID, hyphenated, in lower case. """
    offset: int
    """ Bytes of UTF-8 that are in files; what came after them must be sent again. """
    client_event_id: None | str
    trace_id: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        op = self.op

        client_id = self.client_id

        stream_id = self.stream_id

        offset = self.offset

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
                "client-id": client_id,
                "stream-id": stream_id,
                "offset": offset,
                "client-event-id": client_event_id,
            }
        )
        if trace_id is not UNSET:
            field_dict["trace-id"] = trace_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        op = cast(Literal["start-stream-ok"], d.pop("op"))
        if op != "start-stream-ok":
            raise ValueError(f"op must match const 'start-stream-ok', got '{op}'")

        client_id = d.pop("client-id")

        stream_id = d.pop("stream-id")

        offset = d.pop("offset")

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

        start_stream_ok_event = cls(
            op=op,
            client_id=client_id,
            stream_id=stream_id,
            offset=offset,
            client_event_id=client_event_id,
            trace_id=trace_id,
        )

        return start_stream_ok_event
