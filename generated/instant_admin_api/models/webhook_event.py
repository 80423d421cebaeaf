from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.webhook_attempt import WebhookAttempt


T = TypeVar("T", bound="WebhookEvent")


@_attrs_define
class WebhookEvent:
    isn: str
    """ Three upper-case hexadecimal parts joined by slashes. """
    status: str
    """ `pending`, `processing`, `success`, `error` (will be tried again) or `failed` (final). """
    attempts: list[WebhookAttempt] | None
    """ Oldest first. """
    next_attempt_after: None | str
    created_at: str
    """ UTC, with a precision of a second. """
    updated_at: str
    """ UTC, with a precision of a second. """

    def to_dict(self) -> dict[str, Any]:
        isn = self.isn

        status = self.status

        attempts: list[dict[str, Any]] | None
        if isinstance(self.attempts, list):
            attempts = []
            for attempts_type_0_item_data in self.attempts:
                attempts_type_0_item = attempts_type_0_item_data.to_dict()
                attempts.append(attempts_type_0_item)

        else:
            attempts = self.attempts

        next_attempt_after: None | str
        next_attempt_after = self.next_attempt_after

        created_at = self.created_at

        updated_at = self.updated_at

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "isn": isn,
                "status": status,
                "attempts": attempts,
                "next_attempt_after": next_attempt_after,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.webhook_attempt import WebhookAttempt  # noqa: PLC0415

        d = dict(src_dict)
        isn = d.pop("isn")

        status = d.pop("status")

        def _parse_attempts(data: object) -> list[WebhookAttempt] | None:
            if data is None:
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                attempts_type_0 = []
                _attempts_type_0 = data
                for attempts_type_0_item_data in _attempts_type_0:
                    attempts_type_0_item = WebhookAttempt.from_dict(attempts_type_0_item_data)

                    attempts_type_0.append(attempts_type_0_item)

                return attempts_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[WebhookAttempt] | None, data)

        attempts = _parse_attempts(d.pop("attempts"))

        def _parse_next_attempt_after(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        next_attempt_after = _parse_next_attempt_after(d.pop("next_attempt_after"))

        created_at = d.pop("created_at")

        updated_at = d.pop("updated_at")

        webhook_event = cls(
            isn=isn,
            status=status,
            attempts=attempts,
            next_attempt_after=next_attempt_after,
            created_at=created_at,
            updated_at=updated_at,
        )

        return webhook_event
