from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="RuleVersion")


@_attrs_define
class RuleVersion:
    version: int
    edits: list[Any]
    """ Back to the version before, each `[path, "r" | "+" | "-", value?]`. """
    created_at: str
    """ UTC, with a precision of a second. """

    def to_dict(self) -> dict[str, Any]:
        version = self.version

        edits = self.edits

        created_at = self.created_at

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "version": version,
                "edits": edits,
                "created_at": created_at,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        version = d.pop("version")

        edits = cast(list[Any], d.pop("edits"))

        created_at = d.pop("created_at")

        rule_version = cls(
            version=version,
            edits=edits,
            created_at=created_at,
        )

        return rule_version
