"""What an upload says of a file besides its path."""

from __future__ import annotations

from instant_admin._core.settings import is_header_text
from instant_admin.errors import InvalidArgumentError

_DEFAULT_TYPE = "application/octet-stream"
_COMPRESSED_TYPES = {"gzip": "application/gzip", "bzip2": "application/x-bzip2", "xz": "application/x-xz"}
_FORM_TYPES = ("multipart/form-data", "application/x-www-form-urlencoded")


def choose_content_type(given: object, path: str) -> str:
    """The content type of an upload: as given, else as the end of the path suggests.

    Raises:
        InvalidArgumentError: It is no header text, or the server would read the body as a form.
    """
    if given is None:
        import mimetypes  # reads the system's tables

        guessed, encoding = mimetypes.guess_type(path)
        # A compressed file is served as it is: its type is that of the compression.
        return (guessed if encoding is None else _COMPRESSED_TYPES.get(encoding)) or _DEFAULT_TYPE
    text = _header_text(given, "content_type")
    if text.lower().startswith(_FORM_TYPES):
        raise InvalidArgumentError(
            f"upload_file: content_type {text!r:.80} makes the server read a form, and it stores nothing."
        )
    return text


def check_disposition(given: object) -> str | None:
    """The disposition of an upload; None for the server's default, "inline".

    Raises:
        InvalidArgumentError: It is no header text.
    """
    return None if given is None else _header_text(given, "content_disposition")


def _header_text(given: object, name: str) -> str:
    if not isinstance(given, str) or not given.strip():
        raise InvalidArgumentError(f"upload_file: {name} must be text that is not blank, got {given!r:.80}.")
    if not is_header_text(given.strip()):
        raise InvalidArgumentError(f"upload_file: {name} holds characters that a header cannot carry: {given!r:.80}.")
    return given.strip()
