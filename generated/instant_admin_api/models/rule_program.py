from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="RuleProgram")


@_attrs_define
class RuleProgram:
    """The rule that was asked; empty when none applied."""

    etype: str | Unset = UNSET
    """ The namespace, or `attrs`. """
    action: str | Unset = UNSET
    """ What was to be done, `view` for fields too. """
    code: str | Unset = UNSET
    """ The expression with its binds nested around it. """
    display_code: Any | Unset = UNSET
    """ The rule as written, text or boolean. """

    def to_dict(self) -> dict[str, Any]:
        etype = self.etype

        action = self.action

        code = self.code

        display_code = self.display_code

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if etype is not UNSET:
            field_dict["etype"] = etype
        if action is not UNSET:
            field_dict["action"] = action
        if code is not UNSET:
            field_dict["code"] = code
        if display_code is not UNSET:
            field_dict["display-code"] = display_code

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        etype = d.pop("etype", UNSET)

        action = d.pop("action", UNSET)

        code = d.pop("code", UNSET)

        display_code = d.pop("display-code", UNSET)

        rule_program = cls(
            etype=etype,
            action=action,
            code=code,
            display_code=display_code,
        )

        return rule_program
