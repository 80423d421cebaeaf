from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.webhook_sink import WebhookSink


T = TypeVar("T", bound="Webhook")


@_attrs_define
class Webhook:
    id: str
    """ A UUID, hyphenated, in lower case. """
    sink: WebhookSink
    namespaces: list[str] | None
    """ In no order; null when none of them exists any more. """
    actions: list[str]
    """ `create`, `update`, `delete`, as sent. """
    status: str
    """ `active` or `disabled`. """
    disabled_reason: None | str
    created_at: str
    """ UTC, with a precision of a second. """
    updated_at: str
    """ UTC, with a precision of a second. """

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        sink = self.sink.to_dict()

        namespaces: list[str] | None
        if isinstance(self.namespaces, list):
            namespaces = self.namespaces

        else:
            namespaces = self.namespaces

        actions = self.actions

        status = self.status

        disabled_reason: None | str
        disabled_reason = self.disabled_reason

        created_at = self.created_at

        updated_at = self.updated_at

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "sink": sink,
                "namespaces": namespaces,
                "actions": actions,
                "status": status,
                "disabled_reason": disabled_reason,
                "created_at": created_at,
                "updated_at": updated_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.webhook_sink import WebhookSink  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        sink = WebhookSink.from_dict(d.pop("sink"))

        def _parse_namespaces(data: object) -> list[str] | None:
            if data is None:
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                namespaces_type_0 = cast(list[str], data)

                return namespaces_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None, data)

        namespaces = _parse_namespaces(d.pop("namespaces"))

        actions = cast(list[str], d.pop("actions"))

        status = d.pop("status")

        def _parse_disabled_reason(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        disabled_reason = _parse_disabled_reason(d.pop("disabled_reason"))

        created_at = d.pop("created_at")

        updated_at = d.pop("updated_at")

        webhook = cls(
            id=id,
            sink=sink,
            namespaces=namespaces,
            actions=actions,
            status=status,
            disabled_reason=disabled_reason,
            created_at=created_at,
            updated_at=updated_at,
        )

        return webhook
