from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.webhook_record import WebhookRecord


T = TypeVar("T", bound="WebhookPayloadReply")


@_attrs_define
class WebhookPayloadReply:
    data: list[WebhookRecord] | None
    """ In no order. Null when the event or its history is unknown. """
    idempotency_key: str
    """ A UUID, hyphenated, in lower case. """

    def to_dict(self) -> dict[str, Any]:
        data: list[dict[str, Any]] | None
        if isinstance(self.data, list):
            data = []
            for data_type_0_item_data in self.data:
                data_type_0_item = data_type_0_item_data.to_dict()
                data.append(data_type_0_item)

        else:
            data = self.data

        idempotency_key = self.idempotency_key

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "data": data,
                "idempotencyKey": idempotency_key,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.webhook_record import WebhookRecord  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_data(data: object) -> list[WebhookRecord] | None:
            if data is None:
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                data_type_0 = []
                _data_type_0 = data
                for data_type_0_item_data in _data_type_0:
                    data_type_0_item = WebhookRecord.from_dict(data_type_0_item_data)

                    data_type_0.append(data_type_0_item)

                return data_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[WebhookRecord] | None, data)

        data = _parse_data(d.pop("data"))

        idempotency_key = d.pop("idempotencyKey")

        webhook_payload_reply = cls(
            data=data,
            idempotency_key=idempotency_key,
        )

        return webhook_payload_reply
