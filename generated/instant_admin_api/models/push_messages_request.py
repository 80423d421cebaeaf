from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="PushMessagesRequest")


@_attrs_define
class PushMessagesRequest:
    machine_id: str
    """ `machine-id` of `sse-init`. """
    session_id: str
    """ `session-id` of `sse-init`. """
    sse_token: str
    """ `sse-token` of `sse-init`. """
    messages: list[Any]
    """ Objects with `op` and `client-event-id`: `add-query`, `remove-query`, `transact`, `join-room`,
    `leave-room`, `set-presence`, `client-broadcast`, `start-stream`, `append-stream`, `subscribe-stream`,
    `unsubscribe-stream`. A wrong one is answered by an `error` event. May be empty.
     """
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        machine_id = self.machine_id

        session_id = self.session_id

        sse_token = self.sse_token

        messages = self.messages

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "machine_id": machine_id,
                "session_id": session_id,
                "sse_token": sse_token,
                "messages": messages,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        machine_id = d.pop("machine_id")

        session_id = d.pop("session_id")

        sse_token = d.pop("sse_token")

        messages = cast(list[Any], d.pop("messages"))

        push_messages_request = cls(
            machine_id=machine_id,
            session_id=session_id,
            sse_token=sse_token,
            messages=messages,
        )

        push_messages_request.additional_properties = d
        return push_messages_request

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
