"""Request bodies as the server reads them: JSON leniently, forms for the few routes that take them.

Evidence: recordings tx_json_raw, tx_json_strings, auth_json_read_leniently, auth_content_types, http_bodies.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn, cast
from urllib.parse import parse_qsl

import msgspec

from instant_admin.local.wire import Request

_JSON_TYPE = re.compile(r"application/(.+\+)?json")
_FORM_TYPE = "application/x-www-form-urlencoded"
_BLANKS = " \t\r\n"
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


class MalformedJson(Exception):
    """The body is declared as JSON and is none."""


@dataclass(frozen=True, slots=True)
class Body:
    """A request body, read."""

    value: Any = None
    """The JSON value; None for a null, an empty and an undeclared body."""
    is_json: bool = False
    """Whether it was declared as JSON."""

    def get(self, key: str) -> Any:
        """The value of a key; a body that is no object counts as an empty one."""
        value: object = self.value
        return cast("dict[str, Any]", value).get(key) if isinstance(value, dict) else None


def read_body(request: Request) -> Body:
    """The JSON body of a request. One of another content type counts as absent.

    Raises:
        MalformedJson: It is declared as JSON and is none.
    """
    if not _JSON_TYPE.match(request.headers.get("content-type", "")):
        return Body()
    return Body(_read_json(b"".join(request.pieces())), is_json=True)


def read_parameters(request: Request) -> dict[str, str | list[str]]:
    """Query parameters and those of a form body; one that is given twice is a list."""
    parameters = list(request.query)
    if request.headers.get("content-type", "").startswith(_FORM_TYPE):
        sent = parse_qsl(request.body.decode("utf-8", "replace"), keep_blank_values=True)
        names = {name for name, _ in sent}
        parameters = [(name, value) for name, value in parameters if name not in names] + sent
    return _grouped(parameters)


def _grouped(parameters: Iterable[tuple[str, str]]) -> dict[str, str | list[str]]:
    values: dict[str, list[str]] = {}
    for name, value in parameters:
        values.setdefault(name, []).append(value)
    return {name: given if len(given) > 1 else given[0] for name, given in values.items()}


def _read_json(data: bytes) -> Any:
    try:
        return _FAST.decode(data)
    except (ValueError, RecursionError):  # what it refuses may be read all the same
        return _read_leniently(data)


def _read_leniently(data: bytes) -> Any:
    text = data.decode("utf-8", "replace").lstrip(_BLANKS)
    if not text:
        return None
    try:
        return read_json(text)
    except (ValueError, RecursionError) as cause:
        if text.startswith("["):  # a list is read lazily, so the fault in it is never met
            return []
        raise MalformedJson from cause


def read_json(text: str) -> Any:
    """The JSON value that a text begins with: only the first is read, and raw control characters may stand in texts.

    Raises:
        ValueError: It begins with none.
        RecursionError: It is nested too deeply.
    """
    begun = text.lstrip(_BLANKS)
    value, end = _DECODER.raw_decode(begun)
    _check_end(value, begun[end : end + 1])
    return _without_surrogates(value) if _SURROGATE_ESCAPE.search(begun) else value


def _check_end(value: object, following: str) -> None:
    """Refuse what goes on behind a number or a word: `01` is no 0, and `nullable` no null."""
    if value is None or isinstance(value, bool):
        goes_on = following == "$" or f"a{following}".isidentifier()
    else:
        goes_on = isinstance(value, int | float) and following not in _BLANKS
    if following and goes_on:
        raise ValueError(f"{following} is not expected here")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_FAST = msgspec.json.Decoder()
_DECODER = json.JSONDecoder(strict=False, parse_constant=_refuse_constant)


def _without_surrogates(value: Any) -> Any:
    """The value with each half of a pair that stands alone replaced by a question mark."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, Mapping):
        items = cast("Mapping[str, Any]", value).items()
        return {_without_surrogates(key): _without_surrogates(item) for key, item in items}
    return value
