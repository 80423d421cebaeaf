"""How requests about files are read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast

from instant_admin.local import coerce
from instant_admin.local.errors import bad_request, param_malformed, param_missing
from instant_admin.local.files.records import DEFAULT_DISPOSITION, DEFAULT_TYPE, Described
from instant_admin.local.router import Call

_NO_TYPES = ("", "null", "undefined")
"""Texts of JavaScript that count as no content type (recording sto_upload_default_type)."""
_BLANKS = re.compile(r"[ \t]+")
"""Recording sto_upload_path_spaces."""
_READ_BEFORE = ("application/x-www-form-urlencoded", "multipart/form-data")


def describe_upload(call: Call, *, takes_disposition: bool = True) -> Described:
    """What the headers of an upload say of the file.

    Raises:
        Refusal: The path is missing or blank, or the disposition is blank.
    """
    given = call.request.headers.get("path")
    if given is None:
        raise param_missing(("path",))
    path = as_path(given)
    if path is None:
        raise param_malformed(("path",), given)
    return describe(call, path, takes_disposition=takes_disposition)


def describe(call: Call, path: str, *, takes_disposition: bool = True) -> Described:
    """What the headers of an upload say of the file with a path.

    Raises:
        Refusal: The disposition is blank.
    """
    return Described(path, content_type(call), _disposition(call) if takes_disposition else DEFAULT_DISPOSITION)


def as_path(header: object) -> str | None:
    """A path from a header, trimmed; None for a blank one. It is Latin-1, and nothing in it is decoded."""
    return coerce.as_non_blank(_as_read(header)) if isinstance(header, str) else None


def content_type(call: Call) -> str:
    """The content type of an upload, as sent; nothing is guessed from the path."""
    given = _header(call, "content-type") or ""
    return DEFAULT_TYPE if coerce.trim(given) in _NO_TYPES else given


def refuse_forms(call: Call) -> None:
    """Refuse an upload that is declared as a form: the real server has read its body before it looks for the file.

    Raises:
        Refusal: It is.
    """
    if call.request.headers.get("content-type", "").startswith(_READ_BEFORE):
        raise bad_request("Upload the bytes of the file as they are, not as a form.")


def read_filenames(call: Call) -> list[object]:
    """What the body of a bulk delete names. A text or an object counts as a list of parts that name no file.

    Raises:
        Refusal: There is nothing, or a number or `true` in its place.
    """
    given: Any = call.body.get("filenames")
    if not coerce.is_given(given):
        raise param_missing(("body", "filenames"))
    if not isinstance(given, list | dict | str):
        raise bad_request("`filenames` must be a list of texts.")
    return list(given) if isinstance(given, list) else [[part] for part in cast("Iterable[object]", given)]


def _disposition(call: Call) -> str:
    given = _header(call, "content-disposition")
    if given is None:
        return DEFAULT_DISPOSITION
    if coerce.as_non_blank(given) is None:
        raise param_malformed(("content-disposition",), given)
    return given


def _header(call: Call, name: str) -> str | None:
    given = call.request.headers.get(name)
    return None if given is None else _as_read(given)


def _as_read(header: str) -> str:
    """A header as the server's HTTP library reads it: blanks and tabs between words are one blank."""
    return _BLANKS.sub(" ", header)
