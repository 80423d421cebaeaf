from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.query_reply import QueryReply
    from ..models.result_meta import ResultMeta


T = TypeVar("T", bound="Computation")


@_attrs_define
class Computation:
    instaql_query: Any
    """ The query. """
    instaql_result: QueryReply
    """ A list of entities for each namespace that was asked for. """
    result_meta: ResultMeta
    result_changed: bool
    instaql_query_hash: Any | Unset = UNSET
    """ The server's own. """
    duration_ms: float | Unset = UNSET
    """ Milliseconds. """
    instaql_topic: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        instaql_query = self.instaql_query

        instaql_result = self.instaql_result.to_dict()

        result_meta = self.result_meta.to_dict()

        result_changed = self.result_changed

        instaql_query_hash = self.instaql_query_hash

        duration_ms = self.duration_ms

        instaql_topic = self.instaql_topic

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "instaql-query": instaql_query,
                "instaql-result": instaql_result,
                "result-meta": result_meta,
                "result-changed?": result_changed,
            }
        )
        if instaql_query_hash is not UNSET:
            field_dict["instaql-query-hash"] = instaql_query_hash
        if duration_ms is not UNSET:
            field_dict["duration-ms"] = duration_ms
        if instaql_topic is not UNSET:
            field_dict["instaql-topic?"] = instaql_topic

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.query_reply import QueryReply  # noqa: PLC0415
        from ..models.result_meta import ResultMeta  # noqa: PLC0415

        d = dict(src_dict)
        instaql_query = d.pop("instaql-query")

        instaql_result = QueryReply.from_dict(d.pop("instaql-result"))

        result_meta = ResultMeta.from_dict(d.pop("result-meta"))

        result_changed = d.pop("result-changed?")

        instaql_query_hash = d.pop("instaql-query-hash", UNSET)

        duration_ms = d.pop("duration-ms", UNSET)

        instaql_topic = d.pop("instaql-topic?", UNSET)

        computation = cls(
            instaql_query=instaql_query,
            instaql_result=instaql_result,
            result_meta=result_meta,
            result_changed=result_changed,
            instaql_query_hash=instaql_query_hash,
            duration_ms=duration_ms,
            instaql_topic=instaql_topic,
        )

        return computation
