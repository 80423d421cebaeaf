"""What is stored of a stream: its `$streams` entity, and its parts, the files `$stream/<id>/<n>`.

Evidence: recordings stream_start_new, stream_done, stream_done_empty, stream_abort.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID, uuid4

from instant_admin.local.catalog import FILES, STREAMS
from instant_admin.local.errors import Refusal, validation_failed
from instant_admin.local.files.records import Described, file_values
from instant_admin.local.store import App, ReadUnit, WriteUnit
from instant_admin.local.store.entities import targets_of
from instant_admin.local.users.records import ids_with, put, read_entity

if TYPE_CHECKING:
    from instant_admin.local.instance import LocalInstant


class StreamGone(Exception):
    """Somebody has deleted a stream that is being written."""


class Part(NamedTuple):
    """A stored part of a stream."""

    id: str
    """Of the file."""
    size: int
    url: str

    def shown(self) -> dict[str, Any]:
        """The part as readers are told of it."""
        return {"id": self.id, "size": self.size, "url": self.url}


class StoredStream(NamedTuple):
    """A stream as it is stored."""

    id: str
    values: Mapping[str, Any]
    """Of its entity, by label."""
    parts: list[Part]
    """In order."""

    @property
    def client_id(self) -> str | None:
        """The name that the writer gave it."""
        return self.values.get("clientId")

    @property
    def is_done(self) -> bool:
        """Whether nothing more will be written."""
        return self.values.get("done") is True

    @property
    def size(self) -> int:
        """How many bytes are stored."""
        return sum(part.size for part in self.parts)

    def parts_from(self, offset: int) -> tuple[int, list[dict[str, Any]]]:
        """The parts from an offset on, whole ones, and where the first of them begins."""
        begin, parts = 0, list(self.parts)
        while parts and offset > 0 and begin + parts[0].size <= offset:
            begin += parts.pop(0).size
        return begin, [part.shown() for part in parts]


def find_stream(unit: ReadUnit, *, id: str | None = None, client_id: str | None = None) -> StoredStream | None:
    """The stream with an id, or with a client id.

    Raises:
        Refusal: One of its parts is missing.
    """
    if id is None:
        id = next(iter(ids_with(unit, STREAMS, "clientId", client_id or "")), None)
    record = None if id is None else read_entity(unit, STREAMS, id)
    return None if id is None or record is None else StoredStream(id, record.values, _parts(unit, id))


def start_stream(unit: WriteUnit, client_id: str, token: str, machine_id: str) -> StoredStream:
    """Make a stream, or let the holder of its token go on with it.

    Args:
        unit: The transaction.
        client_id: Its name.
        token: Chosen by the writer.
        machine_id: Of this server.

    Raises:
        Refusal: There is one of this name and another token, or it is done.
    """
    known = find_stream(unit, client_id=client_id)
    hashed = hashlib.sha256(UUID(token).bytes).hexdigest()
    if known is None:
        values = {"clientId": client_id, "machineId": machine_id, "hashedReconnectToken": hashed}
        known = StoredStream(str(uuid4()), values, [])
    elif known.values.get("hashedReconnectToken") != hashed:
        raise _refused(client_id, "A stream with that clientId already exists. Reconnect token is invalid.")
    elif known.is_done:
        raise _refused(client_id, "Stream is closed.")
    else:
        values = {"machineId": machine_id}
    put(unit, STREAMS, known.id, values)
    unit.next_transaction_id()
    return known


def store_part(
    instance: LocalInstant, app: App, stream_id: str, number: int, body: bytes, end: Mapping[str, Any] | None = None
) -> None:
    """Store the next part of a stream.

    Args:
        instance: Where.
        app: Whose.
        stream_id: Of which stream.
        number: Of the part; they count from 0.
        body: Its bytes.
        end: What is to be said of the stream where it is done with this part: `done`, `size`, `abortReason`.

    Raises:
        StreamGone: Nobody has it any more.
    """
    location_id, size = instance.blobs.put(app.key, [body])
    try:
        with instance.store.write(app) as unit:
            if read_entity(unit, STREAMS, stream_id) is None:
                raise StreamGone
            file_id = str(uuid4())
            put(unit, FILES, file_id, file_values(Described(_path(stream_id, number)), location_id, size))
            put(unit, STREAMS, stream_id, {"$files": file_id, **(end or {})})
            unit.next_transaction_id()
    except BaseException:
        instance.blobs.delete(app.key, location_id)
        raise


def _parts(unit: ReadUnit, stream_id: str) -> list[Part]:
    """The parts of a stream, in order.

    Raises:
        Refusal: One is missing.
    """
    link = unit.attributes.forward(STREAMS, "$files")
    assert link is not None, "every app has streams"
    found: dict[str, Part] = {}
    for _, file_id in targets_of(unit.db, link, [stream_id]):
        record = read_entity(unit, FILES, file_id)
        if record is not None:
            values = record.values
            found[values["path"]] = Part(file_id, values["size"], unit.file_url(values["location-id"]))
    paths = [_path(stream_id, number) for number in range(len(found))]
    if any(path not in found for path in paths):
        message = "Stream is corrupted. A stored part is missing."
        raise validation_failed("stream", {"stream-id": stream_id}, [{"message": message}])
    return [found[path] for path in paths]


def _path(stream_id: str, number: int) -> str:
    return f"$stream/{stream_id}/{number}"


def _refused(client_id: str, message: str) -> Refusal:
    return validation_failed("start-stream", {"client-id": client_id}, [{"message": message}])
