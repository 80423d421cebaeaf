from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.error_hint import ErrorHint
    from ..models.original_event import OriginalEvent


T = TypeVar("T", bound="ErrorEvent")


@_attrs_define
class ErrorEvent:
    """What an error reply says, in a stream. Rate limits are 400 here, timeouts 500."""

    op: Literal["error"]
    status: int
    """ 400 or 500. """
    type_: None | str
    """ As in an error reply; null when unexpected. """
    message: str
    hint: ErrorHint | None
    client_event_id: None | str
    original_event: OriginalEvent
    trace_id: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.error_hint import ErrorHint  # noqa: PLC0415

        op = self.op

        status = self.status

        type_: None | str
        type_ = self.type_

        message = self.message

        hint: dict[str, Any] | None
        if isinstance(self.hint, ErrorHint):
            hint = self.hint.to_dict()
        else:
            hint = self.hint

        client_event_id: None | str
        client_event_id = self.client_event_id

        original_event = self.original_event.to_dict()

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
                "type": type_,
                "message": message,
                "hint": hint,
                "client-event-id": client_event_id,
                "original-event": original_event,
            }
        )
        if trace_id is not UNSET:
            field_dict["trace-id"] = trace_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.error_hint import ErrorHint  # noqa: PLC0415
        from ..models.original_event import OriginalEvent  # noqa: PLC0415

        d = dict(src_dict)
        op = cast(Literal["error"], d.pop("op"))
        if op != "error":
            raise ValueError(f"op must match const 'error', got '{op}'")

        status = d.pop("status")

        def _parse_type_(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        type_ = _parse_type_(d.pop("type"))

        message = d.pop("message")

        def _parse_hint(data: object) -> ErrorHint | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                hint_type_0 = ErrorHint.from_dict(data)

                return hint_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ErrorHint | None, data)

        hint = _parse_hint(d.pop("hint"))

        def _parse_client_event_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        client_event_id = _parse_client_event_id(d.pop("client-event-id"))

        original_event = OriginalEvent.from_dict(d.pop("original-event"))

        def _parse_trace_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        trace_id = _parse_trace_id(d.pop("trace-id", UNSET))

        error_event = cls(
            op=op,
            status=status,
            type_=type_,
            message=message,
            hint=hint,
            client_event_id=client_event_id,
            original_event=original_event,
            trace_id=trace_id,
        )

        return error_event
