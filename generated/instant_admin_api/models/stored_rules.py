from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="StoredRules")


@_attrs_define
class StoredRules:
    app_id: str
    """ A UUID, hyphenated, in lower case. """
    code: Any
    """ The rules. """
    version: int
    """ Counts from 0. """

    def to_dict(self) -> dict[str, Any]:
        app_id = self.app_id

        code = self.code

        version = self.version

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "app_id": app_id,
                "code": code,
                "version": version,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        app_id = d.pop("app_id")

        code = d.pop("code")

        version = d.pop("version")

        stored_rules = cls(
            app_id=app_id,
            code=code,
            version=version,
        )

        return stored_rules
