from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.error_hint import ErrorHint


T = TypeVar("T", bound="ErrorReply")


@_attrs_define
class ErrorReply:
    """What every refused call answers."""

    type_: str
    """ What went wrong, an open enumeration: `param-missing`, `param-malformed`, `validation-failed`,
    `record-not-found`, `record-expired`, `record-not-unique`, `record-foreign-key-invalid`,
    `record-check-violation`, `sql-raise`, `permission-denied`, `permission-evaluation-failed`,
    `parameter-limit-exceeded`, `app-read-only`, `app-disabled`, `app-creation-disabled`, `signups-closed`,
    `billing-closed`, `session-missing`, `member-missing`, `connection-closed`, `rate-limited`, `timeout`.
     """
    message: str
    """ For people. Not stable. """
    hint: ErrorHint | None
    """ Details, by type; open-ended. May repeat the caller's token. """
    trace_id: None | str | Unset = UNSET
    """ Finds the call in the server's logs. """

    def to_dict(self) -> dict[str, Any]:
        from ..models.error_hint import ErrorHint  # noqa: PLC0415

        type_ = self.type_

        message = self.message

        hint: dict[str, Any] | None
        if isinstance(self.hint, ErrorHint):
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
                "type": type_,
                "message": message,
                "hint": hint,
            }
        )
        if trace_id is not UNSET:
            field_dict["trace-id"] = trace_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.error_hint import ErrorHint  # noqa: PLC0415

        d = dict(src_dict)
        type_ = d.pop("type")

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

        def _parse_trace_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        trace_id = _parse_trace_id(d.pop("trace-id", UNSET))

        error_reply = cls(
            type_=type_,
            message=message,
            hint=hint,
            trace_id=trace_id,
        )

        return error_reply
