"""A header of a request, whatever kind of request it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeAlias

from instant_admin.errors import InvalidArgumentError


class HasHeaders(Protocol):
    """A request of Starlette, FastAPI, Django, Flask, and others."""

    @property
    def headers(self) -> Any:
        """Headers as a mapping, or something like it."""
        ...


IncomingRequest: TypeAlias = Mapping[str, Any] | HasHeaders
"""A WSGI environ, an ASGI scope, a framework's request, or a mapping of headers."""


def read_header(request: object, name: str) -> str | None:
    """The value of a header, or None where it is missing. Several count as one, joined as HTTP joins them.

    Args:
        request: A WSGI environ, an ASGI scope, an object with `headers`, or the headers.
        name: In lower case.

    Raises:
        InvalidArgumentError: It is nothing of these.
    """
    found = [_text(value) for key, value in _pairs(request) if _text(key).lower() == name]
    return ("; " if name == "cookie" else ", ").join(found) if found else None


def _pairs(request: object) -> Iterable[tuple[object, object]]:
    source = getattr(request, "headers", request)  # before `Mapping`: a Starlette request is both
    if isinstance(source, Mapping):
        if "wsgi.version" in source or "REQUEST_METHOD" in source:
            return _environ_pairs(source)
        if isinstance(source.get("type"), str) and not isinstance(source.get("headers", ""), str):
            return source["headers"]  # type: ignore[no-any-return]  # pairs of bytes, by the ASGI specification
    items = getattr(source, "items", None)
    if not callable(items):
        raise InvalidArgumentError(
            "request must be a framework's request, a WSGI environ, an ASGI scope, or headers; got "
            f"{type(request).__name__}."
        )
    return items()  # type: ignore[no-any-return]  # headers of many libraries


def _environ_pairs(environ: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    for key, value in environ.items():
        if key.startswith("HTTP_"):
            yield key.removeprefix("HTTP_").replace("_", "-"), value


def _text(value: object) -> str:
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
    return text.strip(" \t")
