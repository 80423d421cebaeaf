from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound="TransactCheckBindings")


@_attrs_define
class TransactCheckBindings:
    """What the rule could see; which keys are there depends on scope and action."""

    data: Any | Unset = UNSET
    """ The entity as it is, or the definition of an attribute; null for a missing entity. """
    new_data: Any | Unset = UNSET
    """ The entity as it would be. """
    rule_params: Any | Unset = UNSET
    """ Object, or null when none were given. """
    modified_fields: Any | Unset = UNSET
    """ Labels that a create or an update writes. """
    linked_data: Any | Unset = UNSET
    """ The entity at the other end of a link. """
    linked_etype: Any | Unset = UNSET
    """ Its namespace. """
    actions: Any | Unset = UNSET
    """ What else happens to both ends of a link. """

    def to_dict(self) -> dict[str, Any]:
        data = self.data

        new_data = self.new_data

        rule_params = self.rule_params

        modified_fields = self.modified_fields

        linked_data = self.linked_data

        linked_etype = self.linked_etype

        actions = self.actions

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if data is not UNSET:
            field_dict["data"] = data
        if new_data is not UNSET:
            field_dict["new-data"] = new_data
        if rule_params is not UNSET:
            field_dict["rule-params"] = rule_params
        if modified_fields is not UNSET:
            field_dict["modified-fields"] = modified_fields
        if linked_data is not UNSET:
            field_dict["linked-data"] = linked_data
        if linked_etype is not UNSET:
            field_dict["linked-etype"] = linked_etype
        if actions is not UNSET:
            field_dict["actions"] = actions

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        data = d.pop("data", UNSET)

        new_data = d.pop("new-data", UNSET)

        rule_params = d.pop("rule-params", UNSET)

        modified_fields = d.pop("modified-fields", UNSET)

        linked_data = d.pop("linked-data", UNSET)

        linked_etype = d.pop("linked-etype", UNSET)

        actions = d.pop("actions", UNSET)

        transact_check_bindings = cls(
            data=data,
            new_data=new_data,
            rule_params=rule_params,
            modified_fields=modified_fields,
            linked_data=linked_data,
            linked_etype=linked_etype,
            actions=actions,
        )

        return transact_check_bindings
