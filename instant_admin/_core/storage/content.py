"""What can be uploaded, told apart by what it offers, and cut into pieces."""

from __future__ import annotations

import inspect
import io
import os
from collections.abc import AsyncIterable, Iterable, Iterator
from enum import Enum, auto
from typing import Any, Protocol, TypeAlias

from instant_admin.errors import InvalidArgumentError

Piece: TypeAlias = bytes | bytearray | memoryview


class BinaryFile(Protocol):
    """A file object open in binary mode."""

    def read(self, count: int = ..., /) -> bytes | None: ...


class AwaitedFile(Protocol):
    """The same whose methods are awaited."""

    async def read(self, count: int = ..., /) -> bytes: ...


Content: TypeAlias = Piece | str | os.PathLike[str] | BinaryFile | Iterable[Piece]
"""What a blocking client can upload."""

AsyncContent: TypeAlias = Content | AwaitedFile | AsyncIterable[Piece]
"""What an awaitable client can upload."""

PIECE_BYTES = 256 * 1024
"""How much of a file is in memory and on its way at once."""


class Kind(Enum):
    """How the bytes of something are got."""

    BUFFER = auto()
    PATH = auto()
    FILE = auto()
    """A binary file object."""
    ITERABLE = auto()
    """Of pieces."""
    ASYNC_FILE = auto()
    ASYNC_ITERABLE = auto()


def recognize(given: Any) -> tuple[Kind, Any]:
    """What something is, and the object to get the bytes from.

    Raises:
        InvalidArgumentError: It cannot be uploaded.
    """
    if isinstance(given, bytes | bytearray | memoryview):
        return Kind.BUFFER, given
    if isinstance(given, str | os.PathLike):
        return Kind.PATH, given
    if isinstance(given, io.TextIOBase):
        raise InvalidArgumentError("upload_file: the file is open as text; open it in binary mode.")
    read = getattr(given, "read", None)
    if inspect.iscoroutinefunction(read):
        # Web frameworks wrap a plain file for awaiting. That one tells its length, and is read in a thread as well.
        inner = getattr(given, "file", None)
        is_plain = inner is not None and callable(getattr(inner, "read", None))
        return (Kind.FILE, inner) if is_plain else (Kind.ASYNC_FILE, given)
    if callable(read):
        return Kind.FILE, given
    if hasattr(given, "__aiter__"):
        return Kind.ASYNC_ITERABLE, given
    if hasattr(given, "__iter__"):
        return Kind.ITERABLE, given
    raise InvalidArgumentError(
        f"upload_file: file must be bytes, a path, a binary file object or an iterable of bytes, "
        f"got {type(given).__name__}."
    )


def settle_size(known: int | None, given: object) -> int:
    """The number of bytes to announce.

    Args:
        known: What the source itself says.
        given: `file_size`.

    Raises:
        InvalidArgumentError: Nobody knows it, or they contradict each other.
    """
    if given is not None and (not isinstance(given, int) or isinstance(given, bool) or given < 0):
        raise InvalidArgumentError(f"upload_file: file_size must be a number of bytes, got {given!r:.80}.")
    if known is None and given is None:
        raise InvalidArgumentError(
            "upload_file: pass file_size=..., the number of bytes: the server takes nothing of unknown length, and "
            "this source does not tell."
        )
    if known is not None and given is not None and known != given:
        raise InvalidArgumentError(f"upload_file: file_size is {given}, but the file has {known} bytes.")
    return known if known is not None else given  # type: ignore[return-value]  # an int by the checks above


def cut(piece: Any) -> Iterator[bytes]:
    """A piece of a source in pieces of a size that suits the connection.

    Raises:
        InvalidArgumentError: It is not made of bytes.
    """
    if not isinstance(piece, bytes | bytearray | memoryview):
        raise InvalidArgumentError(f"upload_file: the file must give bytes, got {type(piece).__name__}.")
    with memoryview(piece) as view:
        if view.contiguous and view.nbytes:
            with view.cast("B") as flat:
                for start in range(0, len(flat), PIECE_BYTES):
                    yield bytes(flat[start : start + PIECE_BYTES])
            return
        if view.nbytes:
            yield view.tobytes()
