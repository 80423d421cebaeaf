from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.rule_program import RuleProgram


T = TypeVar("T", bound="QueryCheck")


@_attrs_define
class QueryCheck:
    """One evaluation of a `view` or `fields` rule."""

    id: str
    """ A UUID, hyphenated, in lower case. """
    entity: str
    """ The namespace. """
    label: None | str
    """ Null for the entity's rule, the attribute for a field's. """
    record: Any
    """ The full record, whatever `fields` says. """
    program: RuleProgram
    """ The rule that was asked; empty when none applied. """
    check: Any
    """ The rule's value, of any type; its truthiness decides. """

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        entity = self.entity

        label: None | str
        label = self.label

        record = self.record

        program = self.program.to_dict()

        check = self.check

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "id": id,
                "entity": entity,
                "label": label,
                "record": record,
                "program": program,
                "check": check,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.rule_program import RuleProgram  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id")

        entity = d.pop("entity")

        def _parse_label(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        label = _parse_label(d.pop("label"))

        record = d.pop("record")

        program = RuleProgram.from_dict(d.pop("program"))

        check = d.pop("check")

        query_check = cls(
            id=id,
            entity=entity,
            label=label,
            record=record,
            program=program,
            check=check,
        )

        return query_check
