# Derived from instant_admin/_async/upload_body.py by scripts/generate_sync.py (make sync). Do not edit.
"""The body of an upload on its way, blocking: exactly as many bytes as were announced, or an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from instant_admin._core.storage.content import PIECE_BYTES, cut
from instant_admin._sync.upload_sources import Source
from instant_admin.errors import InvalidArgumentError

OnProgress = Callable[[int, int], object]
"""Told how many bytes of how many have been handed to the connection."""


class UploadBody:
    """What an engine iterates; once more where the first attempt failed and the source can be rewound."""

    def __init__(self, source: Source, size: int, on_progress: OnProgress | None) -> None:
        self._source = source
        self._size = size
        self._on_progress = on_progress
        self._is_begun = False
        self.error: Exception | None = None
        """What went wrong at the source, or in `on_progress`."""

    def can_repeat(self) -> bool:
        """Whether the body can be sent from its beginning, now."""
        return self.error is None and (not self._is_begun or self._source.can_rewind)

    def __iter__(self) -> Iterator[bytes]:
        try:
            if self._is_begun:
                self._source.rewind()
            self._is_begun = True
            sent = 0
            if self._size == 0:
                self._report(0)
            for piece in self._pieces():
                yield piece
                sent += len(piece)
                self._report(sent)
        except Exception as error:
            self.error = error
            raise

    def _pieces(self) -> Iterator[bytes]:
        """The pieces of the source. The last one is held back until its end is certain, so that nothing that is longer
        than announced arrives whole."""
        left, held = self._size, b""
        while left or not self._source.gives_as_asked:
            read = self._source.read(min(left, PIECE_BYTES))
            if read is None:
                break
            for piece in cut(read):
                left -= len(piece)
                if left < 0:
                    raise InvalidArgumentError(
                        f"upload_file: the file is longer than the {self._size} bytes announced."
                    )
                if held:
                    yield held
                held = piece
        if left:
            raise InvalidArgumentError(f"upload_file: the file ends {left} bytes before the {self._size} announced.")
        if held:
            yield held

    def _report(self, sent: int) -> None:
        if self._on_progress is not None:
            self._on_progress(sent, self._size)
