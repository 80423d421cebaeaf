"""What the server tells about a live query (server contract, realtime 2.1)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import msgspec

from instant_admin._core.sse_message import SSEMessage
from instant_admin.errors import APIError, UnexpectedReplyError
from instant_admin.types import PageInfo, QueryRows, QueryUpdate

DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Result:
    """The query's result, whole; it may be the one that is known already."""

    update: QueryUpdate


@dataclass(frozen=True, slots=True)
class Refused:
    """The query failed, at the start or later. The server has dropped it, and nothing more will come."""

    error: APIError


@dataclass(frozen=True, slots=True)
class StatusChanged:
    """The app is "active", "read-only" or "disabled" from now on."""

    status: object


Message: TypeAlias = Result | Refused | StatusChanged


class _Computation(msgspec.Struct, rename={"result": "instaql-result", "meta": "result-meta"}):
    result: Any = None
    meta: Any = None


class _Event(SSEMessage, rename={"meta": "result-meta", "tx_id": "processed-tx-id"}):
    """The keys of all messages that are read; those of others, the app's attributes above all, are skipped over."""

    result: Any = None
    meta: Any = None
    computations: Any = None
    tx_id: Any = None


# A list too: the server has a path that batches (server contract, realtime 1).
_events = msgspec.json.Decoder(_Event | list[_Event])


@dataclass(frozen=True, slots=True)
class MessageReader:
    """Reads what comes in answer to one call."""

    secrets: tuple[str, ...] = ()
    """Tokens of the call, to be masked in errors."""
    impersonated: bool = False
    """Whether the call was made as a user."""
    read_dates: Callable[[QueryRows], None] | None = None
    """Makes datetimes of the dates in the rows, in place."""

    def read(self, data: bytes) -> list[Message]:
        """The messages of one event; those that say nothing about the query's result are left out.

        Raises:
            UnexpectedReplyError: It is no message of the server's.
        """
        try:
            decoded = _events.decode(data)
            events = decoded if isinstance(decoded, list) else [decoded]
            found = [self._read(event) for event in events]
        except (ValueError, TypeError, RecursionError) as cause:
            raise UnexpectedReplyError("The stream of a live query holds what is no message.", status=200) from cause
        return [message for message in found if message is not None]

    def _read(self, event: _Event) -> Message | None:
        match event.op:
            case "add-query-ok":
                return self._result(event.result, event.meta, event.tx_id)
            case "refresh-ok":
                # One query, one computation; none where only the server's own bookkeeping changed.
                found = msgspec.convert(event.computations or [], list[_Computation])
                return self._result(found[0].result, found[0].meta, event.tx_id) if found else None
            case "error":
                return Refused(event.to_error(secrets=self.secrets, impersonated=self.impersonated))
            case "app-status-changed":
                return StatusChanged(event.status)
            case _:
                return None

    def _result(self, result: Any, meta: Any, tx_id: Any) -> Result:
        about = msgspec.convert(meta or {}, dict[str, Any])
        pages = msgspec.convert(about.get("page-info") or {}, dict[str, dict[str, Any]])
        rows = _rows(result)
        if self.read_dates is not None:
            self.read_dates(rows)
        return Result(
            QueryUpdate(
                data=rows,
                page_info={namespace: PageInfo(page) for namespace, page in pages.items()},
                aggregate=msgspec.convert(about.get("aggregate") or {}, dict[str, Any]),
                tx_id=tx_id if isinstance(tx_id, int) else None,
            )
        )


def _rows(result: Any) -> QueryRows:
    """The result as it is, once its shape is seen. Converting would copy it, which takes as long as reading it."""
    if not isinstance(result, dict):
        raise TypeError(f"a result is an object, not {type(result).__name__}")
    for rows in result.values():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise TypeError("a result has lists of objects")
    return result
