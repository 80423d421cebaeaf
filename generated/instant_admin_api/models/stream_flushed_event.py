from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="StreamFlushedEvent")


@_attrs_define
class StreamFlushedEvent:
    """Everything below the offset is in files."""

    op: Literal["stream-flushed"]
    stream_id: str
    """ A UUID, hyphenated, in lower case. """
    offset: int
    """ Bytes of UTF-8. """
    done: bool
    """ Whether the stream is complete. """
    trace_id: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        op = self.op

        stream_id = self.stream_id

        offset = self.offset

        done = self.done

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
                "offset": offset,
                "done": done,
            }
        )
        if trace_id is not UNSET:
            field_dict["trace-id"] = trace_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        op = cast(Literal["stream-flushed"], d.pop("op"))
        if op != "stream-flushed":
            raise ValueError(f"op must match const 'stream-flushed', got '{op}'")

        stream_id = d.pop("stream-id")

        offset = d.pop("offset")

        done = d.pop("done")

        def _parse_trace_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        trace_id = _parse_trace_id(d.pop("trace-id", UNSET))

        stream_flushed_event = cls(
            op=op,
            stream_id=stream_id,
            offset=offset,
            done=done,
            trace_id=trace_id,
        )

        return stream_flushed_event
