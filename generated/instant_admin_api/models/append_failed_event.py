from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="AppendFailedEvent")


@_attrs_define
class AppendFailedEvent:
    """A part could not be written; reconnect."""

    op: Literal["append-failed"]
    stream_id: str
    """ A UUID, hyphenated, in lower case. """
    trace_id: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        op = self.op

        stream_id = self.stream_id

        trace_id: None | str | Unset
        if isinstance(self.trace_id, Unset):
            trace_id = UNSET
        else:
            trace_id = self.trace_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "op": op,
                "stream-id": stream_id,
            }
        )
        if trace_id is not UNSET:
            field_dict["trace-id"] = trace_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        op = cast(Literal["append-failed"], d.pop("op"))
        if op != "append-failed":
            raise ValueError(f"op must match const 'append-failed', got '{op}'")

        stream_id = d.pop("stream-id")

        def _parse_trace_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        trace_id = _parse_trace_id(d.pop("trace-id", UNSET))

        append_failed_event = cls(
            op=op,
            stream_id=stream_id,
            trace_id=trace_id,
        )

        return append_failed_event
