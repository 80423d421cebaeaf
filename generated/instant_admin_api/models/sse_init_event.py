from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="SseInitEvent")


@_attrs_define
class SseInitEvent:
    """A stream is open. The first event as a rule."""

    op: Literal["sse-init"]
    machine_id: str
    """ A UUID, hyphenated, in lower case. """
    session_id: str
    """ A UUID, hyphenated, in lower case. """
    sse_token: str
    """ A UUID, hyphenated, in lower case. """
    trace_id: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        op = self.op

        machine_id = self.machine_id

        session_id = self.session_id

        sse_token = self.sse_token

        trace_id: None | str | Unset
        if isinstance(self.trace_id, Unset):
            trace_id = UNSET
        else:
            trace_id = self.trace_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "op": op,
                "machine-id": machine_id,
                "session-id": session_id,
                "sse-token": sse_token,
            }
        )
        if trace_id is not UNSET:
            field_dict["trace-id"] = trace_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        op = cast(Literal["sse-init"], d.pop("op"))
        if op != "sse-init":
            raise ValueError(f"op must match const 'sse-init', got '{op}'")

        machine_id = d.pop("machine-id")

        session_id = d.pop("session-id")

        sse_token = d.pop("sse-token")

        def _parse_trace_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        trace_id = _parse_trace_id(d.pop("trace-id", UNSET))

        sse_init_event = cls(
            op=op,
            machine_id=machine_id,
            session_id=session_id,
            sse_token=sse_token,
            trace_id=trace_id,
        )

        return sse_init_event
