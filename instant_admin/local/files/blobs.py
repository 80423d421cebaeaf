"""The bodies of files: one file on disk each, written and read piece by piece.

Beside a database `dev.sqlite` they lie in `dev.sqlite.files`, by app and location id; a database in memory has a
temporary folder, gone with the instance. A body is complete or not there at all.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
import weakref
from collections.abc import Callable, Collection, Generator, Iterable
from pathlib import Path
from threading import Lock
from uuid import uuid4

CHUNK_BYTES = 256 * 1024
_PART = ".part"
_NAME = re.compile(r"[0-9a-f-]{36}")
_ABANDONED_SECONDS = 24 * 3600.0
_SWEEP_SECONDS = 600.0
_SETTLING_SECONDS = 60.0
"""A body is there before the record that names it."""


class Blobs:
    """The bodies that the apps of one database hold. Threads may share it."""

    def __init__(self, database: str | Path | None) -> None:
        """Open the folder that belongs to a database; it is made when the first body is stored.

        Args:
            database: Its file; None for one in memory.
        """
        self._database = database
        self._is_held = False
        self._swept: dict[int, float] = {}
        self._lock = Lock()
        self._temporary: Path | None = None
        self._remove_temporary: Callable[[], object] | None = None

    def put(self, app_key: int, chunks: Iterable[bytes]) -> tuple[str, int]:
        """Store a body, and return its new location id and its size in bytes. After an exception nothing is stored."""
        location_id, size = str(uuid4()), 0
        folder = self._folder / str(app_key)
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f"{location_id}{_PART}"
        try:
            with part.open("wb") as file:
                for chunk in chunks:
                    file.write(chunk)
                    size += len(chunk)
            part.rename(folder / location_id)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return location_id, size

    def restore(self, app_key: int, location_id: str, body: bytes) -> None:
        """Store a body under a location id that it had before."""
        folder = self._folder / str(app_key)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / location_id).write_bytes(body)

    def has(self, app_key: int, location_id: str) -> bool:
        """Whether a body is there."""
        return self._path(app_key, location_id).is_file()

    def open(self, app_key: int, location_id: str, start: int = 0, end: int | None = None) -> Generator[bytes]:
        """Read a body piece by piece.

        Args:
            app_key: Of the app.
            location_id: Of the body.
            start: The first byte.
            end: The byte behind the last; None for all.

        Raises:
            FileNotFoundError: There is no such body, when the first piece is asked for.
        """
        with self._path(app_key, location_id).open("rb") as file:
            file.seek(start)
            left = None if end is None else end - start
            while left is None or left > 0:
                chunk = file.read(CHUNK_BYTES if left is None else min(CHUNK_BYTES, left))
                if not chunk:
                    return
                left = None if left is None else left - len(chunk)
                yield chunk

    def delete(self, app_key: int, location_id: str) -> None:
        """Delete a body, unless a snapshot may need it; one that is not there is fine. Who reads it reads on."""
        if not self._is_held:
            self._path(app_key, location_id).unlink(missing_ok=True)

    def sweep(self, app_key: int, kept: Collection[str]) -> None:
        """Delete the bodies of an app that no record names any more, and what is left of uploads that broke off.

        Args:
            app_key: Of the app.
            kept: The location ids that its records name.
        """
        folder = self._folder / str(app_key)
        if self._is_held or not folder.is_dir():
            return
        now = time.time()
        for entry in os.scandir(folder):
            limit = _ABANDONED_SECONDS if entry.name.endswith(_PART) else _SETTLING_SECONDS
            if entry.name not in kept and now - entry.stat().st_mtime > limit:
                Path(entry).unlink(missing_ok=True)

    def is_sweep_due(self, app_key: int) -> bool:
        """Whether it is time for another `sweep`; says so once each time."""
        now = time.monotonic()
        is_due = now - self._swept.setdefault(app_key, now) > _SWEEP_SECONDS
        if is_due:
            self._swept[app_key] = now
        return is_due

    def delete_app(self, app_key: int) -> None:
        """Delete all bodies of an app, unless a snapshot may need them."""
        if not self._is_held:
            shutil.rmtree(self._folder / str(app_key), ignore_errors=True)

    def hold(self) -> None:
        """Delete nothing from now on: a snapshot names bodies whose records may go and come back."""
        self._is_held = True

    def close(self) -> None:
        """Delete what would not outlive the instance: the folder of a database in memory."""
        if self._remove_temporary is not None:
            self._remove_temporary()

    @property
    def _folder(self) -> Path:
        if self._database is not None:
            return Path(f"{self._database}.files")
        with self._lock:
            if self._temporary is None:
                self._temporary = Path(tempfile.mkdtemp(prefix="instant-admin-"))
                self._remove_temporary = weakref.finalize(self, _remove, self._temporary, os.getpid())
            return self._temporary

    def _path(self, app_key: int, location_id: str) -> Path:
        # A dump from elsewhere may hold anything for an id, the way to another folder too.
        name = location_id if _NAME.fullmatch(location_id) else "none"
        return self._folder / str(app_key) / name


def _remove(folder: Path, process: int) -> None:
    if os.getpid() == process:  # a child of a fork has the parent's folder
        shutil.rmtree(folder, ignore_errors=True)
