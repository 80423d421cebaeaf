from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from attrs import define as _attrs_define

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..models.stream_file import StreamFile


T = TypeVar("T", bound="StreamAppendEvent")


@_attrs_define
class StreamAppendEvent:
    """Content for a reader, its end, or its failure."""

    op: Literal["stream-append"]
    stream_id: str
    client_event_id: None | str
    client_id: None | str | Unset = UNSET
    offset: int | Unset = UNSET
    """ Byte position of the first byte, files first, then content. """
    files: list[StreamFile] | Unset = UNSET
    content: str | Unset = UNSET
    done: bool | Unset = UNSET
    abort_reason: None | str | Unset = UNSET
    error: bool | Unset = UNSET
    error_type: str | Unset = UNSET
    """ `rate-limit`, `unknown`, `writer-disconnected`, `stream-missing-on-instance` or `instance-missing`. """
    retry: bool | Unset = UNSET
    """ Subscribe again. """
    trace_id: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        op = self.op

        stream_id = self.stream_id

        client_event_id: None | str
        client_event_id = self.client_event_id

        client_id: None | str | Unset
        if isinstance(self.client_id, Unset):
            client_id = UNSET
        else:
            client_id = self.client_id

        offset = self.offset

        files: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.files, Unset):
            files = []
            for files_item_data in self.files:
                files_item = files_item_data.to_dict()
                files.append(files_item)

        content = self.content

        done = self.done

        abort_reason: None | str | Unset
        if isinstance(self.abort_reason, Unset):
            abort_reason = UNSET
        else:
            abort_reason = self.abort_reason

        error = self.error

        error_type = self.error_type

        retry = self.retry

        trace_id: None | str | Unset
        if isinstance(self.trace_id, Unset):
            trace_id = UNSET
        else:
            trace_id = self.trace_id

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "op": op,
                "stream-id": stream_id,
                "client-event-id": client_event_id,
            }
        )
        if client_id is not UNSET:
            field_dict["client-id"] = client_id
        if offset is not UNSET:
            field_dict["offset"] = offset
        if files is not UNSET:
            field_dict["files"] = files
        if content is not UNSET:
            field_dict["content"] = content
        if done is not UNSET:
            field_dict["done"] = done
        if abort_reason is not UNSET:
            field_dict["abort-reason"] = abort_reason
        if error is not UNSET:
            field_dict["error"] = error
        if error_type is not UNSET:
            field_dict["error-type"] = error_type
        if retry is not UNSET:
            field_dict["retry"] = retry
        if trace_id is not UNSET:
            field_dict["trace-id"] = trace_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.stream_file import StreamFile  # noqa: PLC0415

        d = dict(src_dict)
        op = cast(Literal["stream-append"], d.pop("op"))
        if op != "stream-append":
            raise ValueError(f"op must match const 'stream-append', got '{op}'")

        stream_id = d.pop("stream-id")

        def _parse_client_event_id(data: object) -> None | str:
            if data is None:
                return data
            return cast(None | str, data)

        client_event_id = _parse_client_event_id(d.pop("client-event-id"))

        def _parse_client_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        client_id = _parse_client_id(d.pop("client-id", UNSET))

        offset = d.pop("offset", UNSET)

        _files = d.pop("files", UNSET)
        files: list[StreamFile] | Unset = UNSET
        if _files is not UNSET:
            files = []
            for files_item_data in _files:
                files_item = StreamFile.from_dict(files_item_data)

                files.append(files_item)

        content = d.pop("content", UNSET)

        done = d.pop("done", UNSET)

        def _parse_abort_reason(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        abort_reason = _parse_abort_reason(d.pop("abort-reason", UNSET))

        error = d.pop("error", UNSET)

        error_type = d.pop("error-type", UNSET)

        retry = d.pop("retry", UNSET)

        def _parse_trace_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        trace_id = _parse_trace_id(d.pop("trace-id", UNSET))

        stream_append_event = cls(
            op=op,
            stream_id=stream_id,
            client_event_id=client_event_id,
            client_id=client_id,
            offset=offset,
            files=files,
            content=content,
            done=done,
            abort_reason=abort_reason,
            error=error,
            error_type=error_type,
            retry=retry,
            trace_id=trace_id,
        )

        return stream_append_event
