"""Which handler answers which request, and what a handler is given.

A part of the server brings its routes with a function `register(router)`:

    def register(router: Router) -> None:
        router.add("GET", "/admin/schema", show_schema)

A handler takes a `Call` and returns a JSON value (answered with status 200) or a whole `Reply`; it refuses by raising
`Refusal`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

from instant_admin.local import coerce
from instant_admin.local.body import Body, read_body, read_parameters
from instant_admin.local.errors import param_malformed, param_missing
from instant_admin.local.wire import Request

if TYPE_CHECKING:
    from instant_admin.local.instance import LocalInstant

T = TypeVar("T")
Reader = Callable[[object], T | None]
"""One of the readers in `coerce`."""
Handler = Callable[["Call"], object]


@dataclass(frozen=True)
class Call:
    """One request on its way through a handler."""

    instance: LocalInstant
    request: Request
    path_parameters: Mapping[str, str] = field(default_factory=dict[str, str])

    @cached_property
    def body(self) -> Body:
        """The JSON body, read."""
        return read_body(self.request)

    @cached_property
    def parameters(self) -> dict[str, str | list[str]]:
        """Parameters of the query string and of a form body."""
        return read_parameters(self.request)

    def read(self) -> None:
        """Read the JSON body now.

        Raises:
            MalformedJson: It is declared as JSON and is none.
        """
        _ = self.body

    def required(self, key: str, read: Reader[T]) -> T:
        """A key of the body that must be there.

        Raises:
            Refusal: It is absent, or `read` cannot read it.
        """
        if not coerce.is_given(self.body.get(key)):
            raise param_missing(("body", key))
        return self._read(("body", key), self.body.get(key), read)

    def optional(self, key: str, read: Reader[T]) -> T | None:
        """A key of the body that may be absent.

        Raises:
            Refusal: It is there, and `read` cannot read it.
        """
        given = self.body.get(key)
        return self._read(("body", key), given, read) if coerce.is_given(given) else None

    def flag(self, key: str) -> bool:
        """A key of the body as a flag."""
        return coerce.as_flag(self.body.get(key))

    def required_parameter(self, name: str, read: Reader[T]) -> T:
        """A parameter of the query string that must be there.

        Raises:
            Refusal: It is absent, given twice, or `read` cannot read it.
        """
        if name not in self.parameters:
            raise param_missing(("params", name))
        return self._read(("params", name), self.parameters[name], read)

    def optional_parameter(self, name: str, read: Reader[T]) -> T | None:
        """A parameter of the query string that may be absent.

        Raises:
            Refusal: It is given twice, or `read` cannot read it.
        """
        return self.required_parameter(name, read) if name in self.parameters else None

    def path_uuid(self, name: str) -> str:
        """A UUID in the path.

        Raises:
            Refusal: It is none.
        """
        return self._read(("params", name), self.path_parameters[name], coerce.as_uuid)

    @staticmethod
    def _read(path: tuple[str, str], given: Any, read: Reader[T]) -> T:
        value = read(given)
        if value is None:
            raise param_malformed(path, given)
        return value


@dataclass(frozen=True, slots=True)
class Route:
    """A handler, and how its requests are read."""

    handler: Handler
    takes_json: bool
    """Whether a malformed JSON body is refused before the handler is asked."""


class Router:
    """Routes by method and path. A path is literal text and `{names}`, segment by segment; literal ones go first.

    The last segment may be `{name*}`: all the rest of the path, slashes and all.
    """

    def __init__(self) -> None:
        self._literal: dict[tuple[str, str], Route] = {}
        self._open_ended: dict[str, list[tuple[tuple[str, ...], Route]]] = {}
        self._patterns: dict[tuple[str, int], list[tuple[tuple[str, ...], Route]]] = {}

    def add(self, method: str, path: str, handler: Handler, *, takes_json: bool = True) -> None:
        """Answer requests for `path` with `handler`.

        Args:
            method: GET (HEAD too), POST, PUT or DELETE.
            path: Such as `/dash/apps/{app_id}/rules`.
            handler: See the module.
            takes_json: False for uploads, whose bodies are bytes whatever their content type.
        """
        route = Route(handler, takes_json)
        if "{" not in path:
            self._literal[method, path] = route
            return
        segments = tuple(path.split("/"))
        if path.endswith("*}"):
            self._open_ended.setdefault(method, []).append((segments, route))
            return
        self._patterns.setdefault((method, len(segments)), []).append((segments, route))

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """The route of a request and the parameters in its path, or None."""
        route = self._literal.get((method, path))
        if route is not None:
            return route, {}
        segments = path.split("/")
        best: tuple[Route, dict[str, str]] | None = None
        for pattern, candidate in self._patterns.get((method, len(segments)), ()):
            values = _match(pattern, segments)
            if values is not None and (best is None or len(values) < len(best[1])):
                best = candidate, values
        return best or self._find_open_ended(method, segments)

    def _find_open_ended(self, method: str, segments: list[str]) -> tuple[Route, dict[str, str]] | None:
        for pattern, route in self._open_ended.get(method, ()):
            size = len(pattern) - 1
            values = _match(pattern[:size], segments[:size]) if len(segments) > size else None
            if values is not None:
                return route, {**values, pattern[size][1:-2]: unquote("/".join(segments[size:]))}
        return None


def _match(pattern: tuple[str, ...], segments: list[str]) -> dict[str, str] | None:
    """The parameters of a path that fits a pattern; None for one that does not."""
    values: dict[str, str] = {}
    for expected, segment in zip(pattern, segments, strict=True):
        if expected.startswith("{"):
            values[expected[1:-1]] = unquote(segment)
        elif expected != segment:
            return None
    return values
