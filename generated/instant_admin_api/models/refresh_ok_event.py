from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.computation import Computation


T = TypeVar("T", bound="RefreshOkEvent")


@_attrs_define
class RefreshOkEvent:
    """Results that may have changed, each in full. May be empty, and may repeat what is known."""

    op: Literal["refresh-ok"]
    computations: list[Computation]
    attrs: list[Any]
    """ All attributes, as in pullSchema. """
    processed_tx_id: int
    processed_isn: Any | Unset = UNSET
    """ The server's own. """
    trace_id: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        op = self.op

        computations = []
        for computations_item_data in self.computations:
            computations_item = computations_item_data.to_dict()
            computations.append(computations_item)

        attrs = self.attrs

        processed_tx_id = self.processed_tx_id

        processed_isn = self.processed_isn

        trace_id: None | str | Unset
        if isinstance(self.trace_id, Unset):
            trace_id = UNSET
        else:
            trace_id = self.trace_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "op": op,
                "computations": computations,
                "attrs": attrs,
                "processed-tx-id": processed_tx_id,
            }
        )
        if processed_isn is not UNSET:
            field_dict["processed-isn"] = processed_isn
        if trace_id is not UNSET:
            field_dict["trace-id"] = trace_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.computation import Computation  # noqa: PLC0415

        d = dict(src_dict)
        op = cast(Literal["refresh-ok"], d.pop("op"))
        if op != "refresh-ok":
            raise ValueError(f"op must match const 'refresh-ok', got '{op}'")

        computations = []
        _computations = d.pop("computations")
        for computations_item_data in _computations:
            computations_item = Computation.from_dict(computations_item_data)

            computations.append(computations_item)

        attrs = cast(list[Any], d.pop("attrs"))

        processed_tx_id = d.pop("processed-tx-id")

        processed_isn = d.pop("processed-isn", UNSET)

        def _parse_trace_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        trace_id = _parse_trace_id(d.pop("trace-id", UNSET))

        refresh_ok_event = cls(
            op=op,
            computations=computations,
            attrs=attrs,
            processed_tx_id=processed_tx_id,
            processed_isn=processed_isn,
            trace_id=trace_id,
        )

        return refresh_ok_event
