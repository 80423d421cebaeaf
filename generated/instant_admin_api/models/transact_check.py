from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.rule_program import RuleProgram
    from ..models.transact_check_bindings import TransactCheckBindings


T = TypeVar("T", bound="TransactCheck")


@_attrs_define
class TransactCheck:
    """One evaluation of a rule."""

    scope: str
    """ `object` or `attr`. """
    action: str
    """ `create`, `update`, `delete`, `view`, `link`, `unlink`, or `restore` for attributes. """
    etype: str
    """ The namespace, or `attrs`. """
    program: RuleProgram
    """ The rule that was asked; empty when none applied. """
    check_result: Any
    """ The rule's value, of any type. """
    check_pass: bool
    """ Its truthiness. """
    eid: Any | Unset = UNSET
    """ The entity. Absent for attributes. """
    bindings: TransactCheckBindings | Unset = UNSET
    """ What the rule could see; which keys are there depends on scope and action. """

    def to_dict(self) -> dict[str, Any]:
        scope = self.scope

        action = self.action

        etype = self.etype

        program = self.program.to_dict()

        check_result = self.check_result

        check_pass = self.check_pass

        eid = self.eid

        bindings: dict[str, Any] | Unset = UNSET
        if not isinstance(self.bindings, Unset):
            bindings = self.bindings.to_dict()

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "scope": scope,
                "action": action,
                "etype": etype,
                "program": program,
                "check-result": check_result,
                "check-pass?": check_pass,
            }
        )
        if eid is not UNSET:
            field_dict["eid"] = eid
        if bindings is not UNSET:
            field_dict["bindings"] = bindings

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.rule_program import RuleProgram  # noqa: PLC0415
        from ..models.transact_check_bindings import TransactCheckBindings  # noqa: PLC0415

        d = dict(src_dict)
        scope = d.pop("scope")

        action = d.pop("action")

        etype = d.pop("etype")

        program = RuleProgram.from_dict(d.pop("program"))

        check_result = d.pop("check-result")

        check_pass = d.pop("check-pass?")

        eid = d.pop("eid", UNSET)

        _bindings = d.pop("bindings", UNSET)
        bindings: TransactCheckBindings | Unset
        if isinstance(_bindings, Unset):
            bindings = UNSET
        else:
            bindings = TransactCheckBindings.from_dict(_bindings)

        transact_check = cls(
            scope=scope,
            action=action,
            etype=etype,
            program=program,
            check_result=check_result,
            check_pass=check_pass,
            eid=eid,
            bindings=bindings,
        )

        return transact_check
