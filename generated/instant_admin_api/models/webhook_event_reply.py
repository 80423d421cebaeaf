from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.webhook_event import WebhookEvent


T = TypeVar("T", bound="WebhookEventReply")


@_attrs_define
class WebhookEventReply:
    event: WebhookEvent

    def to_dict(self) -> dict[str, Any]:
        event = self.event.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "event": event,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.webhook_event import WebhookEvent  # noqa: PLC0415

        d = dict(src_dict)
        event = WebhookEvent.from_dict(d.pop("event"))

        webhook_event_reply = cls(
            event=event,
        )

        return webhook_event_reply
