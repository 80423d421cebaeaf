from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.query_reply import QueryReply
    from ..models.result_meta import ResultMeta


T = TypeVar("T", bound="AddQueryOkEvent")


@_attrs_define
class AddQueryOkEvent:
    """The first result of a query, as a tree; a session must ask for `return-type` `tree`."""

    op: Literal["add-query-ok"]
    q: Any
    """ The query. """
    result: QueryReply
    """ A list of entities for each namespace that was asked for. """
    result_meta: ResultMeta
    processed_tx_id: int
    client_event_id: None | str
    processed_isn: Any | Unset = UNSET
    """ The server's own. """
    trace_id: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        op = self.op

        q = self.q

        result = self.result.to_dict()

        result_meta = self.result_meta.to_dict()

        processed_tx_id = self.processed_tx_id

        client_event_id: None | str
        client_event_id = self.client_event_id

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
                "q": q,
                "result": result,
                "result-meta": result_meta,
                "processed-tx-id": processed_tx_id,
                "client-event-id": client_event_id,
            }
        )
        if processed_isn is not UNSET:
            field_dict["processed-isn"] = processed_isn
        if trace_id is not UNSET:
            field_dict["trace-id"] = trace_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.query_reply import QueryReply  # noqa: PLC0415
        from ..models.result_meta import ResultMeta  # noqa: PLC0415

        d = dict(src_dict)
        op = cast(Literal["add-query-ok"], d.pop("op"))
        if op != "add-query-ok":
            raise ValueError(f"op must match const 'add-query-ok', got '{op}'")

        q = d.pop("q")

        result = QueryReply.from_dict(d.pop("result"))

        result_meta = ResultMeta.from_dict(d.pop("result-meta"))

        processed_tx_id = d.pop("processed-tx-id")

        def _parse_client_event_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        client_event_id = _parse_client_event_id(d.pop("client-event-id"))

        processed_isn = d.pop("processed-isn", UNSET)

        def _parse_trace_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        trace_id = _parse_trace_id(d.pop("trace-id", UNSET))

        add_query_ok_event = cls(
            op=op,
            q=q,
            result=result,
            result_meta=result_meta,
            processed_tx_id=processed_tx_id,
            client_event_id=client_event_id,
            processed_isn=processed_isn,
            trace_id=trace_id,
        )

        return add_query_ok_event
