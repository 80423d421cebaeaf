"""Upload addresses: each stores one file, once, for whoever knows it. Kept in memory, so a restart ends them."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import NamedTuple
from uuid import uuid4

_VALID_MS = 5 * 60 * 1000


class Upload(NamedTuple):
    """What an upload address is for."""

    app_id: str
    path: str
    expires_ms: int


class Uploads:
    """The upload addresses that have not been used. Threads may share it."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._open: dict[str, Upload] = {}
        self._lock = Lock()

    def begin(self, app_id: str, path: str) -> str:
        """Make an address, and return its id; it is good for five minutes."""
        now, id = self._now_ms(), str(uuid4())
        with self._lock:
            for old in [old for old, upload in self._open.items() if upload.expires_ms <= now]:
                del self._open[old]
            self._open[id] = Upload(app_id, path, now + _VALID_MS)
        return id

    def take(self, id: str) -> Upload | None:
        """What an address is for, which is used up then; None for one that is unknown, used or too old."""
        with self._lock:
            upload = self._open.pop(id, None)
        return upload if upload is not None and self._now_ms() < upload.expires_ms else None

    def clear(self, app_id: str) -> None:
        """Forget the addresses of an app."""
        with self._lock:
            self._open = {id: upload for id, upload in self._open.items() if upload.app_id != app_id}
