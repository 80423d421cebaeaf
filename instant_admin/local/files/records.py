"""Storing, replacing and deleting files: the body first, then the `$files` entity that names it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from instant_admin.local.catalog import FILES, FILES_LOCATION
from instant_admin.local.status import check_writable
from instant_admin.local.store import App, ReadUnit
from instant_admin.local.users.records import delete_entities, ids_with, put, read_entity

if TYPE_CHECKING:
    from instant_admin.local.instance import LocalInstant

DEFAULT_TYPE = "application/octet-stream"
DEFAULT_DISPOSITION = "inline"
_KEY_VERSION = 1


class Described(NamedTuple):
    """What an upload says of a file."""

    path: str
    content_type: str = DEFAULT_TYPE
    content_disposition: str = DEFAULT_DISPOSITION


class File(NamedTuple):
    """A file that is stored."""

    id: str
    values: Mapping[str, Any]
    """Of its entity, by label."""

    @property
    def location_id(self) -> str:
        """Names the body; another one after each upload."""
        return str(self.values["location-id"])

    @property
    def size(self) -> int:
        """In bytes."""
        return int(self.values["size"])


def store_file(instance: LocalInstant, app: App, described: Described, pieces: Iterable[bytes]) -> File:
    """Store a file. One of the same path is replaced, and keeps its id, creation time, links and further attributes.

    Args:
        instance: Where.
        app: Whose.
        described: Path, type and disposition.
        pieces: The body.

    Raises:
        Refusal: The app takes no writes, or the path cannot be stored.
        ConnectionLost: The body does not come to its end.
    """
    check_writable(app)
    location_id, size = instance.blobs.put(app.key, pieces)
    try:
        with instance.store.write(app) as unit:
            check_writable(unit.app)
            old = find_file(unit, path=described.path)
            id = old.id if old else str(uuid4())
            values = file_values(described, location_id, size)
            put(unit, FILES, id, values)
    except BaseException:
        instance.blobs.delete(app.key, location_id)
        raise
    if old is not None:
        instance.blobs.delete(app.key, old.location_id)
    if instance.blobs.is_sweep_due(app.key):
        sweep_bodies(instance, app)
    return File(id, values)


def file_values(described: Described, location_id: str, size: int) -> dict[str, Any]:
    """The values of the entity of a file.

    Args:
        described: Path, type and disposition.
        location_id: Of its body.
        size: Of its body, in bytes.
    """
    return {
        "path": described.path,
        "size": size,
        "content-type": described.content_type,
        "content-disposition": described.content_disposition,
        "location-id": location_id,
        "key-version": _KEY_VERSION,
    }


def delete_files(instance: LocalInstant, app: App, paths: Sequence[object]) -> list[str]:
    """Delete files, and return the ids of those that existed. Whatever is no text is no path.

    Raises:
        Refusal: The app takes no writes.
    """
    with instance.store.write(app) as unit:
        check_writable(unit.app)
        named = dict.fromkeys(path for path in paths if isinstance(path, str))
        found = [file for path in named if (file := find_file(unit, path=path)) is not None]
        delete_entities(unit, FILES, [file.id for file in found])
    for file in found:
        instance.blobs.delete(app.key, file.location_id)
    return [file.id for file in found]


def find_file(unit: ReadUnit, *, path: str | None = None, location_id: str | None = None) -> File | None:
    """The file with a path, or with a body."""
    label, value = ("path", path) if path is not None else (FILES_LOCATION[1], location_id)
    for id in ids_with(unit, FILES, label, value or ""):
        record = read_entity(unit, FILES, id)
        if record is not None and FILES_LOCATION[1] in record.values:
            return File(id, record.values)
    return None


def sweep_bodies(instance: LocalInstant, app: App) -> None:
    """Delete the bodies whose records are gone, by transactions for instance."""
    with instance.store.read(app) as unit:
        kept = _location_ids(unit)
    instance.blobs.sweep(app.key, kept)


def read_bodies(instance: LocalInstant, unit: ReadUnit) -> dict[str, bytes]:
    """The bodies of all files of an app, by location id."""
    key = unit.app.key
    kept = (location_id for location_id in _location_ids(unit) if instance.blobs.has(key, location_id))
    return {location_id: b"".join(instance.blobs.open(key, location_id)) for location_id in kept}


def _location_ids(unit: ReadUnit) -> set[str]:
    location = unit.attributes.forward(*FILES_LOCATION)
    assert location is not None, "every app has files"
    rows = unit.db.execute(
        "SELECT json_extract(doc, ?) FROM entity WHERE app = ? AND etype = ?",
        (f'$."{location.slot}"', unit.app.key, FILES),
    )
    return {location_id for (location_id,) in rows if isinstance(location_id, str)}
