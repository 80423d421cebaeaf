# Derived from instant_admin/_async/storage.py by scripts/generate_sync.py (make sync). Do not edit.
"""Files, blocking."""

from __future__ import annotations

import builtins
import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from instant_admin._core.context import Context
from instant_admin._core.decode import finish
from instant_admin._core.storage import file_calls as calls
from instant_admin._core.storage.content import Content, settle_size
from instant_admin._core.storage.limits import transfer_limits
from instant_admin._core.wire import WireReply
from instant_admin._engines.base import ReplyStream
from instant_admin._sync.file_reader import FileReader
from instant_admin._sync.gateway import Gateway
from instant_admin._sync.runtime import in_thread
from instant_admin._sync.upload_body import OnProgress, UploadBody
from instant_admin._sync.upload_sources import open_source
from instant_admin.errors import InvalidArgumentError, NoReplyError
from instant_admin.types import StoredFile, Timeout, UploadedFile

if TYPE_CHECKING:
    from pathlib import Path

_WRITE_BYTES = 1024 * 1024


class Storage:
    """`db.storage`: the app's files. All but `get_download_url` act as the user of `as_user`, under its rules.

    Files are entities of the namespace `$files` too: `db.query` lists them by any condition, `db.transact` renames and
    links them.
    """

    def __init__(self, gateway: Gateway, context: Context) -> None:
        self._gateway = gateway
        self._context = context

    def upload_file(
        self,
        path: str,
        file: Content,
        *,
        content_type: str | None = None,
        content_disposition: str | None = None,
        file_size: int | None = None,
        on_progress: OnProgress | None = None,
        timeout: float | Timeout | None = None,
    ) -> UploadedFile:
        """Store a file. One of the same path is replaced; it keeps its id, links and further attributes.

        However large it is, little of it is in memory at a time. A failed upload is repeated only where the server
        cannot have stored anything and the file can be read again.

        Args:
            path: Where to store it: Latin-1 text of at most 1012 bytes in UTF-8. Blanks at its ends do not count.
            file: Bytes; the path of a file here; a binary file object, read from where it stands and left open; or
                an iterable of bytes. One that must be awaited is for programs that await.
            content_type: Else what the end of `path` suggests.
            content_disposition: Else "inline".
            file_size: Number of bytes, for an iterable and for a file object that cannot seek.
            on_progress: Called with the bytes sent so far and their total. What it raises ends the upload.
            timeout: Longest silence in seconds, or a Timeout. The client's own `total` counts as such a silence too.

        Raises:
            InvalidArgumentError: The path cannot be stored, the file cannot be read, or has another size than given;
                nothing is stored.
            PermissionDeniedError: The rule for creating `$files` forbids it to the user, overwriting included.
            NoReplyError: The fate is unknown, unless `request_sent` is False.

        Source: PUT /admin/storage/upload, `uploadFile` in openapi/admin.yaml.
        """
        calls.check_upload(self._context, path, content_type, content_disposition)
        limits = transfer_limits(timeout, self._gateway.timeout)
        source = open_source(file)
        try:
            size = settle_size(source.size, file_size)
            call = calls.upload(self._context, path, content_type, content_disposition, size)
            body = UploadBody(source, size, on_progress)
            try:
                reply = self._gateway.read_stream(calls.streamed(call, body, body.can_repeat), _read_all, limits)
            except NoReplyError:
                if body.error is not None:
                    raise body.error from None
                raise
            return finish(call, reply)
        finally:
            source.close()

    def list(self, *, timeout: float | Timeout | None = None) -> list[StoredFile]:
        """All files that the caller may see, by a call of the server's that takes no conditions; see `db.query`.

        Needs the admin token, on `as_user(...)` too.

        Args:
            timeout: For this call, in seconds.

        Source: GET /admin/storage/files, `listFiles` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.list_files(self._context), timeout)

    def delete(self, path: str, *, timeout: float | Timeout | None = None) -> str | None:
        """Delete a file.

        Args:
            path: Its path; blanks at the ends do not count.
            timeout: For this call, in seconds.

        Returns:
            The id it had; None if there was none.

        Raises:
            PermissionDeniedError: The rule for deleting `$files` forbids it to the user, or may, if there is no file.

        Source: DELETE /admin/storage/files, `deleteFile` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.delete(self._context, path), timeout)

    def delete_many(self, paths: Iterable[str], *, timeout: float | Timeout | None = None) -> builtins.list[str]:
        """Delete files: all of them, or where a rule forbids one none.

        Args:
            paths: Their paths, to the letter.
            timeout: For this call, in seconds.

        Returns:
            The ids of those that existed, in no order.

        Raises:
            PermissionDeniedError: The rule for deleting `$files` forbids one of them to the user.

        Source: POST /admin/storage/files/delete, `deleteFiles` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.delete_many(self._context, paths), timeout)

    def get_download_url(self, path: str, *, timeout: float | Timeout | None = None) -> str | None:
        """The address where anybody can read a file, for at most seven days; None if there is no such file.

        The server asks no rule here: `as_user` does not change it. Where rules must decide, query `$files` for `url`.
        The address of a file in an in-process local Instant means something to clients in that process only.

        Args:
            path: Of the file.
            timeout: For this call, in seconds.

        Source: GET /admin/storage/signed-download-url, `getDownloadUrl` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.get_download_url(self._context, path), timeout)

    def open(self, path: str, *, timeout: float | Timeout | None = None) -> FileReader:
        """A stored file for reading, piece by piece. Nothing is sent before the first read.

        A connection that breaks is made again, and reading goes on behind what has arrived, where the file's host
        supports that. No credentials go to that host.

        Args:
            path: Of the file.
            timeout: As for `upload_file`.
        """
        return FileReader(self._gateway, self._context, path, transfer_limits(timeout, self._gateway.timeout))

    def download(
        self,
        path: str,
        to: str | os.PathLike[str],
        *,
        on_progress: OnProgress | None = None,
        timeout: float | Timeout | None = None,
    ) -> Path:
        """Write a stored file to a file here, which appears when it is complete and replaces one of that name.

        A connection that breaks is made again, and the download goes on behind what has arrived, or where the file's
        host does not support that, from the beginning. No credentials go to that host.

        Args:
            path: Of the file.
            to: Where to write it; its folder must exist.
            on_progress: Called with the bytes written so far and their total.
            timeout: As for `upload_file`.

        Returns:
            Where it is.

        Raises:
            RecordNotFoundError: There is no such file, or the caller may not see it.
            InvalidArgumentError: `to` cannot be written.
            UnexpectedReplyError: What the file's host sends is not the file.
            NoReplyError: The connection was lost for good; nothing is left here.
        """
        target, part = _target(to)
        with self.open(path, timeout=timeout) as reader:
            first = reader.take()  # before anything is made here
            try:
                file = in_thread(part.open, "xb", buffering=0)
            except (OSError, ValueError) as cause:  # ValueError: no file can have such a name
                raise InvalidArgumentError(f"download: cannot write to {str(target)!r:.200}: {cause}") from cause
            try:
                _copy(reader, first, file, on_progress)
                in_thread(file.close)
                in_thread(os.replace, part, target)
            except BaseException as error:
                file.close()
                part.unlink(missing_ok=True)
                if isinstance(error, OSError):
                    raise InvalidArgumentError(f"download: cannot write to {str(target)!r:.200}: {error}") from error
                raise
        return target


def _target(to: str | os.PathLike[str]) -> tuple[Path, Path]:
    """The file to write, and the one beside it that takes its name when it is complete.

    Raises:
        InvalidArgumentError: It cannot be a file's path.
    """
    from pathlib import Path  # for most programs the only use

    try:
        target = Path(to)
        # A file's name has 255 bytes at most, and a character up to four of them.
        return target, target.with_name(f".{target.name[:50]}.{uuid4()}.part")
    except (TypeError, ValueError) as cause:
        raise InvalidArgumentError(f"download: cannot write to {to!r:.200}: {cause}") from cause


def _read_all(reply: ReplyStream) -> WireReply:
    body = b""
    for chunk in reply.chunks():
        body += chunk
    return WireReply(reply.status, reply.headers, body)


def _copy(reader: FileReader, first: tuple[int, bytes] | None, file: Any, on_progress: OnProgress | None) -> None:
    """Write a file, in large pieces: each costs a change of threads."""
    taken, end = first, 0
    pieces: list[bytes] = []
    start = 0
    while taken is not None:
        at, piece = taken
        if at != end:
            start, pieces = at, []
        pieces.append(piece)
        end = at + len(piece)
        if end - start >= _WRITE_BYTES:
            in_thread(_write, file, start, b"".join(pieces))
            start, pieces = end, []
            if on_progress is not None:
                on_progress(end, reader.size or end)
        taken = reader.take()
    in_thread(_write, file, start, b"".join(pieces))
    in_thread(file.truncate, end)
    if on_progress is not None:
        on_progress(end, reader.size or end)


def _write(file: Any, start: int, data: bytes) -> None:
    file.seek(start)
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]
