"""Which paths a file can be uploaded to. The path travels in a header, and the server keeps what it reads there."""

from __future__ import annotations

import re

from instant_admin._core.settings import is_header_text
from instant_admin.errors import InvalidArgumentError

_LONGEST_BYTES = 1012
"""In UTF-8, as it is indexed (recording sto_upload_path_long)."""
_RUN_OF_BLANKS = re.compile(r"[ \t]{2,}|\t")


def check_upload_path(path: object, method: str) -> str:
    """The path that an upload to `path` gets: without blanks at its ends.

    Raises:
        InvalidArgumentError: The server cannot store it, or would store it as another one.
    """
    text = check_path(path, method).strip(" \t")
    if _RUN_OF_BLANKS.search(text):
        # The server makes one blank of them, and might replace another file.
        raise InvalidArgumentError(f"{method}: path must not hold tabs or blanks in a row, got {text!r:.120}.")
    if not is_header_text(text):
        raise InvalidArgumentError(
            f"{method}: path must be Latin-1 text without control characters, got {text!r:.120}. Upload to another "
            "path and rename the file: a transaction can give it any path."
        )
    if len(text.encode()) > _LONGEST_BYTES:
        raise InvalidArgumentError(f"{method}: path must take at most {_LONGEST_BYTES} bytes, got {len(text)} letters.")
    return text


def check_path(path: object, method: str) -> str:
    """The path of a file that exists: any text that is not blank.

    Raises:
        InvalidArgumentError: It is something else.
    """
    if not isinstance(path, str) or not path.strip():
        raise InvalidArgumentError(f"{method}: path must be text that is not blank, got {path!r:.120}.")
    return path
