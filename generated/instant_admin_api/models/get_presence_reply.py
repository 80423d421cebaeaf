from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.presence_sessions import PresenceSessions


T = TypeVar("T", bound="GetPresenceReply")


@_attrs_define
class GetPresenceReply:
    sessions: None | PresenceSessions

    def to_dict(self) -> dict[str, Any]:
        from ..models.presence_sessions import PresenceSessions  # noqa: PLC0415

        sessions: dict[str, Any] | None
        if isinstance(self.sessions, PresenceSessions):
            sessions = self.sessions.to_dict()
        else:
            sessions = self.sessions

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "sessions": sessions,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.presence_sessions import PresenceSessions  # noqa: PLC0415

        d = dict(src_dict)

        def _parse_sessions(data: object) -> None | PresenceSessions:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                sessions_type_0 = PresenceSessions.from_dict(data)

                return sessions_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | PresenceSessions, data)

        sessions = _parse_sessions(d.pop("sessions"))

        get_presence_reply = cls(
            sessions=sessions,
        )

        return get_presence_reply
