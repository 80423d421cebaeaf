"""Where the bytes of an upload come from, awaitable. Disks are read in threads, never more than a piece at a time."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from typing import Any, Protocol

from instant_admin._async.runtime import in_thread
from instant_admin._core.storage.content import Kind, recognize
from instant_admin.errors import InvalidArgumentError


class AsyncSource(Protocol):
    """The bytes of one upload."""

    size: int | None
    """How many there are, where the source tells."""
    gives_as_asked: bool
    """Whether a read has at most as many bytes as asked for, so that the rest can be left where it is."""

    @property
    def can_rewind(self) -> bool:
        """Whether it can be read again from where the upload began."""
        ...

    async def rewind(self) -> None:
        """Go back to where the upload began."""
        ...

    async def read(self, count: int, /) -> Any:
        """Some bytes; None at the end."""
        ...

    async def aclose(self) -> None:
        """Close what the upload itself opened."""
        ...


async def open_source(given: Any) -> AsyncSource:
    """The source that something makes.

    Raises:
        InvalidArgumentError: It cannot be uploaded, or the file cannot be read.
    """
    kind, found = recognize(given)
    if kind is Kind.BUFFER:
        return _Buffer(found)
    if kind is Kind.PATH:
        return await _open_path(found)
    if kind is Kind.FILE:
        return await _File.begin(found, is_owned=False)
    if kind is Kind.ITERABLE:
        return _Iterable(found)
    # async only: a blocking program cannot await them
    if kind is Kind.ASYNC_FILE:
        return await _AwaitedFile.begin(found)
    if kind is Kind.ASYNC_ITERABLE:
        return _AwaitedIterable(found)
    # end of async only
    raise InvalidArgumentError("upload_file: a blocking client cannot read a file that must be awaited.")


class _Buffer:
    def __init__(self, data: bytes | bytearray | memoryview) -> None:
        self._data = data
        self._is_read = False
        with memoryview(data) as view:
            self.size: int | None = view.nbytes
        self.gives_as_asked = False
        self.can_rewind = True

    async def rewind(self) -> None:
        self._is_read = False

    async def read(self, _: int) -> Any:
        if self._is_read:
            return None
        self._is_read = True
        return self._data

    async def aclose(self) -> None:
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
    async def begin(cls, file: Any, *, is_owned: bool) -> _File:
        start, size = await in_thread(_measure, file)
        return cls(file, start, size, is_owned=is_owned)

    async def rewind(self) -> None:
        await in_thread(self._file.seek, self._start)

    async def read(self, count: int) -> Any:
        return await in_thread(self._file.read, count) or None

    async def aclose(self) -> None:
        if self._is_owned:
            await in_thread(self._file.close)


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


async def _open_path(path: Any) -> AsyncSource:
    try:
        file = await in_thread(_open_regular, path)
    except (OSError, ValueError) as cause:
        raise InvalidArgumentError(f"upload_file: cannot read {os.fspath(path)!r:.200}: {cause}") from cause
    return await _File.begin(file, is_owned=True)


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

    async def rewind(self) -> None:
        self._iterator = iter(self._pieces)

    async def read(self, _: int) -> Any:
        return await in_thread(next, self._iterator, None)

    async def aclose(self) -> None:
        pass


# async only: a blocking program cannot await them
class _AwaitedFile:
    """A file object whose methods are awaited, from where it stands."""

    def __init__(self, file: Any, start: int | None, size: int | None) -> None:
        self._file = file
        self._start = start
        self.size = size
        self.gives_as_asked = True
        self.can_rewind = start is not None

    @classmethod
    async def begin(cls, file: Any) -> _AwaitedFile:
        try:
            start = await file.tell()
            await file.seek(0, os.SEEK_END)
            end = await file.tell()
            await file.seek(start)
        except (AttributeError, OSError, TypeError, ValueError):
            return cls(file, None, None)
        return cls(file, start, max(end - start, 0))

    async def rewind(self) -> None:
        await self._file.seek(self._start)

    async def read(self, count: int) -> Any:
        return await self._file.read(count) or None

    async def aclose(self) -> None:
        pass


class _AwaitedIterable:
    def __init__(self, pieces: Any) -> None:
        self._pieces = pieces
        self._iterator: AsyncIterator[Any] = aiter(pieces)
        self.size: int | None = None
        self.gives_as_asked = False
        self.can_rewind = self._iterator is not pieces

    async def rewind(self) -> None:
        self._iterator = aiter(self._pieces)

    async def read(self, _: int) -> Any:
        return await anext(self._iterator, None)

    async def aclose(self) -> None:
        pass


# end of async only
