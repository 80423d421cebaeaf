from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="WebhookAttempt")


@_attrs_define
class WebhookAttempt:
    attempt_at: str
    """ UTC, with a fraction of a second. """
    duration_ms: int
    """ Milliseconds; a delivery is given up after 20 s. """
    success: bool
    """ Whether the answer was 2xx. """
    status_code: int | None
    response_text: None | str
    """ The first 256 bytes of the answer. """
    error_type: None | str
    """ `timeout`, `dns`, `connect`, `tls`, `protocol`, `network`, `unknown`, `disabled`; null for an answer. """
    error_message: None | str

    def to_dict(self) -> dict[str, Any]:
        attempt_at = self.attempt_at

        duration_ms = self.duration_ms

        success = self.success

        status_code: int | None
        status_code = self.status_code

        response_text: None | str
        response_text = self.response_text

        error_type: None | str
        error_type = self.error_type

        error_message: None | str
        error_message = self.error_message

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "attempt-at": attempt_at,
                "duration-ms": duration_ms,
                "success?": success,
                "status-code": status_code,
                "response-text": response_text,
                "error-type": error_type,
                "error-message": error_message,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        attempt_at = d.pop("attempt-at")

        duration_ms = d.pop("duration-ms")

        success = d.pop("success?")

        def _parse_status_code(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        status_code = _parse_status_code(d.pop("status-code"))

        def _parse_response_text(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        response_text = _parse_response_text(d.pop("response-text"))

        def _parse_error_type(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        error_type = _parse_error_type(d.pop("error-type"))

        def _parse_error_message(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        error_message = _parse_error_message(d.pop("error-message"))

        webhook_attempt = cls(
            attempt_at=attempt_at,
            duration_ms=duration_ms,
            success=success,
            status_code=status_code,
            response_text=response_text,
            error_type=error_type,
            error_message=error_message,
        )

        return webhook_attempt
