from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.webhook_key import WebhookKey


T = TypeVar("T", bound="WebhookKeysReply")


@_attrs_define
class WebhookKeysReply:
    keys: list[WebhookKey]

    def to_dict(self) -> dict[str, Any]:
        keys = []
        for keys_item_data in self.keys:
            keys_item = keys_item_data.to_dict()
            keys.append(keys_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "keys": keys,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.webhook_key import WebhookKey  # noqa: PLC0415

        d = dict(src_dict)
        keys = []
        _keys = d.pop("keys")
        for keys_item_data in _keys:
            keys_item = WebhookKey.from_dict(keys_item_data)

            keys.append(keys_item)

        webhook_keys_reply = cls(
            keys=keys,
        )

        return webhook_keys_reply
