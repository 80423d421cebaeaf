# Derived from instant_admin/_async/upload_sources.py by scripts/generate_sync.py (make sync). Do not edit.
"""Where the bytes of an upload come from, blocking. Disks are read in threads, never more than a piece at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, Protocol

from instant_admin._core.storage.content import Kind, recognize
from instant_admin._sync.runtime import in_thread
from instant_admin.errors import InvalidArgumentError


class Source(Protocol):
    """The bytes of one upload."""

    size: int | None
    """How many there are, where the source tells."""
    gives_as_asked: bool
    """Whether a read has at most as many bytes as asked for, so that the rest can be left where it is."""

    @property
    def can_rewind(self) -> bool:
        """Whether it can be read again from where the upload began."""
        ...

    def rewind(self) -> None:
        """Go back to where the upload began."""
        ...

    def read(self, count: int, /) -> Any:
        """Some bytes; None at the end."""
        ...

    def close(self) -> None:
        """Close what the upload itself opened."""
        ...


def open_source(given: Any) -> Source:
    """The source that something makes.

    Raises:
        InvalidArgumentError: It cannot be uploaded, or the file cannot be read.
    """
    kind, found = recognize(given)
    if kind is Kind.BUFFER:
        return _Buffer(found)
    if kind is Kind.PATH:
        return _open_path(found)
    if kind is Kind.FILE:
        return _File.begin(found, is_owned=False)
    if kind is Kind.ITERABLE:
        return _Iterable(found)
    raise InvalidArgumentError("upload_file: a blocking client cannot read a file that must be awaited.")


class _Buffer:
    def __init__(self, data: bytes | bytearray | memoryview) -> None:
        self._data = data
        self._is_read = False
        with memoryview(data) as view:
            self.size: int | None = view.nbytes
        self.gives_as_asked = False
        self.can_rewind = True

    def rewind(self) -> None:
        self._is_read = False

    def read(self, _: int) -> Any:
        if self._is_read:
            return None
        self._is_read = True
        return self._data

    def close(self) -> None:
        pass


class _File:
    """A binary file object, from where it stands."""

    def __init__(self, file: Any, start: int | None, size: int | None, *, is_owned: bool) -> None:
        self._file = file
        self._start = start
        self._is_owned = is_owned
        self.size = size
        self.gives_as_asked = True
        self.can_rewind = start is not None

    @classmethod
    def begin(cls, file: Any, *, is_owned: bool) -> _File:
        start, size = in_thread(_measure, file)
        return cls(file, start, size, is_owned=is_owned)

    def rewind(self) -> None:
        in_thread(self._file.seek, self._start)

    def read(self, count: int) -> Any:
        return in_thread(self._file.read, count) or None

    def close(self) -> None:
        if self._is_owned:
            in_thread(self._file.close)


def _measure(file: Any) -> tuple[int | None, int | None]:
    """Where a file stands, and how many bytes follow; None where it does not tell."""
    try:
        start = file.tell()
        size = file.seek(0, os.SEEK_END)
        # Some file-like objects do not return the new position.
        end = file.tell() if size is None else size
        file.seek(start)
    except (AttributeError, OSError, TypeError, ValueError):
        return None, None
    return start, max(end - start, 0)


def _open_path(path: Any) -> Source:
    try:
        file = in_thread(_open_regular, path)
    except (OSError, ValueError) as cause:
        raise InvalidArgumentError(f"upload_file: cannot read {os.fspath(path)!r:.200}: {cause}") from cause
    return _File.begin(file, is_owned=True)


def _open_regular(path: Any) -> Any:
    from pathlib import Path  # for most programs the only use

    if not Path(path).is_file():  # opening a pipe would wait for whoever writes to it
        raise FileNotFoundError("it is no file")
    return Path(path).open("rb")


class _Iterable:
    """Pieces, made in a thread: a generator may read a disk."""

    def __init__(self, pieces: Any) -> None:
        self._pieces = pieces
        self._iterator: Iterator[Any] = iter(pieces)
        self.size: int | None = None
        self.gives_as_asked = False
        self.can_rewind = self._iterator is not pieces

    def rewind(self) -> None:
        self._iterator = iter(self._pieces)

    def read(self, _: int) -> Any:
        return in_thread(next, self._iterator, None)

    def close(self) -> None:
        pass
