from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.entity import Entity


T = TypeVar("T", bound="WebhookRecord")


@_attrs_define
class WebhookRecord:
    namespace: str
    action: str
    """ `create`, `update` or `delete`. """
    id: str
    """ A UUID, hyphenated, in lower case. """
    before: Entity | None
    """ The attributes before, without links; null for a creation. """
    after: Entity | None
    """ The attributes after, without links; null for a deletion. """
    idempotency_key: str
    """ A UUID, hyphenated, in lower case. """

    def to_dict(self) -> dict[str, Any]:
        from ..models.entity import Entity  # noqa: PLC0415

        namespace = self.namespace

        action = self.action

        id = self.id

        before: dict[str, Any] | None
        if isinstance(self.before, Entity):
            before = self.before.to_dict()
        else:
            before = self.before

        after: dict[str, Any] | None
        if isinstance(self.after, Entity):
            after = self.after.to_dict()
        else:
            after = self.after

        idempotency_key = self.idempotency_key

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "namespace": namespace,
                "action": action,
                "id": id,
                "before": before,
                "after": after,
                "idempotencyKey": idempotency_key,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.entity import Entity  # noqa: PLC0415

        d = dict(src_dict)
        namespace = d.pop("namespace")

        action = d.pop("action")

        id = d.pop("id")

        def _parse_before(data: object) -> Entity | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                before_type_0 = Entity.from_dict(data)

                return before_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Entity | None, data)

        before = _parse_before(d.pop("before"))

        def _parse_after(data: object) -> Entity | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                after_type_0 = Entity.from_dict(data)

                return after_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Entity | None, data)

        after = _parse_after(d.pop("after"))

        idempotency_key = d.pop("idempotencyKey")

        webhook_record = cls(
            namespace=namespace,
            action=action,
            id=id,
            before=before,
            after=after,
            idempotency_key=idempotency_key,
        )

        return webhook_record
