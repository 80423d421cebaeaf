from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.error_hint import ErrorHint


T = TypeVar("T", bound="FaultReply")


@_attrs_define
class FaultReply:
    """What a failed call answers, if anything."""

    message: str
    """ For people. Not stable. """
    type_: str | Unset = UNSET
    """ `sql-exception`, `email-send-failed`, `operation-timed-out`, `socket-missing`, `socket-error` or
    `unknown`, an open enumeration. Absent when a proxy answers.
     """
    hint: ErrorHint | None | Unset = UNSET
    """ Details, by type; often `debug-uri`, which may be null. """
    trace_id: None | str | Unset = UNSET
    """ Finds the call in the server's logs. Absent on `unknown`. """

    def to_dict(self) -> dict[str, Any]:
        from ..models.error_hint import ErrorHint  # noqa: PLC0415

        message = self.message

        type_ = self.type_

        hint: dict[str, Any] | None | Unset
        if isinstance(self.hint, Unset):
            hint = UNSET
        elif isinstance(self.hint, ErrorHint):
            hint = self.hint.to_dict()
        else:
            hint = self.hint

        trace_id: None | str | Unset
        if isinstance(self.trace_id, Unset):
            trace_id = UNSET
        else:
            trace_id = self.trace_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "message": message,
            }
        )
        if type_ is not UNSET:
            field_dict["type"] = type_
        if hint is not UNSET:
            field_dict["hint"] = hint
        if trace_id is not UNSET:
            field_dict["trace-id"] = trace_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.error_hint import ErrorHint  # noqa: PLC0415

        d = dict(src_dict)
        message = d.pop("message")

        type_ = d.pop("type", UNSET)

        def _parse_hint(data: object) -> ErrorHint | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                hint_type_0 = ErrorHint.from_dict(data)

                return hint_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ErrorHint | None | Unset, data)

        hint = _parse_hint(d.pop("hint", UNSET))

        def _parse_trace_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        trace_id = _parse_trace_id(d.pop("trace-id", UNSET))

        fault_reply = cls(
            message=message,
            type_=type_,
            hint=hint,
            trace_id=trace_id,
        )

        return fault_reply
