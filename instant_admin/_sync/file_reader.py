# Derived from instant_admin/_async/file_reader.py by scripts/generate_sync.py (make sync). Do not edit.
"""Reading a stored file, blocking: piece by piece from its host, going on where a connection broke."""

from __future__ import annotations

from collections.abc import Iterator
from types import TracebackType
from typing import Self

from instant_admin._core.context import Context
from instant_admin._core.storage import file_calls as calls
from instant_admin._core.storage.transfer import REDIRECTS, Transfer
from instant_admin._engines.base import ReplyStream
from instant_admin._sync.gateway import Gateway
from instant_admin.errors import InstantError, InvalidArgumentError, NoReplyError
from instant_admin.types import Timeout


class FileReader:
    """The content of a stored file, from its beginning to its end, once. Made by `storage.open`.

    Nothing is sent before the first read. Use it as a context manager, or call `close`.
    """

    def __init__(self, gateway: Gateway, context: Context, path: str, limits: Timeout) -> None:
        self._gateway = gateway
        self._limits = limits
        self._path = path
        self._find = calls.find(context, path, "open")
        self._transfer: Transfer | None = None
        self._content_type: str | None = None
        self._reply: ReplyStream | None = None
        self._pieces: Iterator[bytes] | None = None
        self._kept = b""
        self._failures = 0
        self._is_over = False

    @property
    def size(self) -> int | None:
        """Bytes of the whole file; None before the first read, and where a rule hides it."""
        return self._transfer.size if self._transfer is not None else None

    @property
    def content_type(self) -> str | None:
        """As it was uploaded; None before the first read, and where a rule hides it."""
        return self._content_type

    def read(self, count: int = -1) -> bytes:
        """The next bytes of the file; b"" at its end.

        Args:
            count: How many at most: less come only at the end. Negative for all that are left.

        Raises:
            RecordNotFoundError: There is no such file, or the caller may not see it.
            NoReplyError: The connection was lost for good, and with it the rest of the file.
        """
        parts, have = [self._kept], len(self._kept)
        while count < 0 or have < count:
            piece = self._next()
            if piece is None:
                break
            parts.append(piece)
            have += len(piece)
        data = b"".join(parts)
        taken = data if count < 0 else data[:count]
        self._kept = data[len(taken) :]
        return taken

    def __iter__(self) -> Iterator[bytes]:
        """The pieces of the file as they arrive."""
        if self._kept:
            kept, self._kept = self._kept, b""
            yield kept
        while (piece := self._next()) is not None:
            yield piece

    def close(self) -> None:
        """Drop the rest of the file; reading on is refused."""
        self._is_over = True
        self._kept = b""
        self._transfer = None
        self._drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def take(self) -> tuple[int, bytes] | None:
        """The next piece and where it belongs in the file, for who can write it there; None at the end.

        After a loss it may begin again from 0, where the host offers nothing better.
        """
        piece = self._next(may_restart=True)
        transfer = self._found()
        return None if piece is None else (transfer.offset - len(piece), piece)

    def _next(self, *, may_restart: bool = False) -> bytes | None:
        transfer = self._found()
        while not self._is_over:
            try:
                piece = self._receive(transfer, may_restart=may_restart)
            except NoReplyError as error:
                self._drop()
                self._failures += 1
                if transfer.offset and transfer.etag is None:
                    if not may_restart:
                        raise
                    transfer.offset = 0
                self._gateway.wait_to_go_on(error, self._failures)
                continue
            except InstantError:
                self.close()
                raise
            if piece is None:
                self._is_over = True
                self._drop()
            return piece
        return None

    def _receive(self, transfer: Transfer, *, may_restart: bool) -> bytes | None:
        if self._pieces is None:
            self._connect(transfer, may_restart=may_restart)
            assert self._pieces is not None
        while (piece := next(self._pieces, None)) == b"":
            pass
        if piece is None:
            if not transfer.is_complete:
                raise NoReplyError(f"The file ended after {transfer.offset} of {transfer.size} bytes.")
            return None
        if transfer.advance(len(piece)):
            self._failures = 0
        return piece

    def _connect(self, transfer: Transfer, *, may_restart: bool) -> None:
        while True:
            reply = self._gateway.open_stream(calls.fetch(transfer), self._limits)
            self._reply = reply
            if reply.status not in REDIRECTS:
                break
            self._drop()
            transfer.redirect(reply.status, reply.headers)
        transfer.begin(reply.status, reply.headers, may_restart=may_restart)
        self._pieces = reply.chunks()

    def _found(self) -> Transfer:
        if self._transfer is None:
            if self._is_over:
                raise InvalidArgumentError("This file is closed.")
            rows = self._gateway.run(self._find)
            self._transfer, self._content_type = calls.read_found(rows, self._path)
        return self._transfer

    def _drop(self) -> None:
        reply, self._reply, self._pieces = self._reply, None, None
        if reply is not None:
            reply.close()
