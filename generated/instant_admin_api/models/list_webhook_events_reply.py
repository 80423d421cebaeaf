from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.webhook_event import WebhookEvent
    from ..models.webhook_page_info import WebhookPageInfo


T = TypeVar("T", bound="ListWebhookEventsReply")


@_attrs_define
class ListWebhookEventsReply:
    events: list[WebhookEvent]
    page_info: WebhookPageInfo

    def to_dict(self) -> dict[str, Any]:
        events = []
        for events_item_data in self.events:
            events_item = events_item_data.to_dict()
            events.append(events_item)

        page_info = self.page_info.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "events": events,
                "pageInfo": page_info,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.webhook_event import WebhookEvent  # noqa: PLC0415
        from ..models.webhook_page_info import WebhookPageInfo  # noqa: PLC0415

        d = dict(src_dict)
        events = []
        _events = d.pop("events")
        for events_item_data in _events:
            events_item = WebhookEvent.from_dict(events_item_data)

            events.append(events_item)

        page_info = WebhookPageInfo.from_dict(d.pop("pageInfo"))

        list_webhook_events_reply = cls(
            events=events,
            page_info=page_info,
        )

        return list_webhook_events_reply
