"""Rows as the caller's own types: dataclasses, TypedDicts, attrs classes, msgspec structs and pydantic models."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

import msgspec
from msgspec import inspect

from instant_admin._core.nearest import did_you_mean
from instant_admin._core.validation.queries import RULE_PARAMS
from instant_admin.errors import InvalidArgumentError, RowTypeError
from instant_admin.types import QueryRows

TypedRows: TypeAlias = dict[str, list[Any]]

_reply = msgspec.json.Decoder(dict[str, msgspec.Raw])
_plain_reply = msgspec.json.Decoder(QueryRows)
_KINDS = (inspect.StructType, inspect.TypedDictType, inspect.DataclassType)  # the last one for attrs too
_INNER_TYPES = ("item_type", "key_type", "value_type", "type")
_PLACE = re.compile(r"(?P<text>.*) - at `\$(?P<path>.*)`", re.DOTALL)


class RowReader:
    """Reads the rows of a namespace.

    Args:
        row_type: What a row is read into.

    Raises:
        TypeError: It is nothing that rows can be read into.
    """

    __slots__ = ("_convert", "_decode", "_name")

    def __init__(self, row_type: Any) -> None:
        self._name = getattr(row_type, "__name__", None) or repr(row_type)
        wanted = list[row_type]
        self._decode: Callable[[msgspec.Raw], list[Any]]
        self._convert: Callable[[list[Any]], list[Any]]
        if _is_pydantic(row_type):
            adapter = _adapter(wanted)
            self._decode = lambda raw: adapter.validate_json(bytes(raw))
            self._convert = adapter.validate_python
        else:
            info = inspect.type_info(row_type)
            if not isinstance(info, _KINDS):
                raise TypeError(f"{self._name} declares no fields")
            _make_names_known(info)
            self._decode = msgspec.json.Decoder(wanted, dec_hook=_read_model).decode
            self._convert = lambda rows: msgspec.convert(rows, wanted, dec_hook=_read_model)

    def decode(self, raw: msgspec.Raw, namespace: str) -> list[Any]:
        """Rows of JSON.

        Raises:
            RowTypeError: One does not fit.
        """
        try:
            return self._decode(raw)
        except ValueError as cause:
            raise self._explained(cause, namespace) from cause

    def convert(self, rows: list[dict[str, Any]], namespace: str) -> list[Any]:
        """Rows whose JSON is decoded already.

        Raises:
            RowTypeError: One does not fit.
        """
        try:
            return self._convert(rows)
        except ValueError as cause:
            raise self._explained(cause, namespace) from cause

    def _explained(self, cause: ValueError, namespace: str) -> RowTypeError:
        text, path = _place(cause)
        path = namespace + path
        return RowTypeError(f"A row does not fit {self._name}: {path}: {text}.", path=path)


def typed_rows_reader(
    row_type: Any, query: Mapping[str, Any], read_dates: Callable[[QueryRows], None] | None
) -> Callable[[bytes], TypedRows]:
    """A reader of a query's rows into the caller's types.

    Args:
        row_type: The type of all rows, or a mapping of the query's namespaces to types.
        query: The query as it is sent.
        read_dates: Makes datetimes of the dates in plain rows, in place; None leaves them as they are.

    Raises:
        InvalidArgumentError: Something is no type that rows can be read into, or a namespace has none.
    """
    readers = _readers(row_type, [name for name in query if name != RULE_PARAMS])

    def read(body: bytes) -> TypedRows:
        if read_dates is None:
            return {name: readers[name].decode(raw, name) for name, raw in _reply.decode(body).items()}
        rows = _plain_reply.decode(body)
        read_dates(rows)
        return {name: readers[name].convert(found, name) for name, found in rows.items()}

    return read


def _readers(row_type: Any, namespaces: Iterable[str]) -> dict[str, RowReader]:
    if not isinstance(row_type, Mapping):
        return dict.fromkeys(namespaces, _checked_reader(row_type, "row_type"))
    wanted = set(namespaces)
    for name in row_type:
        if name not in wanted:
            raise InvalidArgumentError(
                f"row_type: the query has no {name!r}. {did_you_mean(str(name), sorted(wanted))}"
            )
    missing = sorted(wanted.difference(row_type))
    if missing:
        raise InvalidArgumentError(
            f"row_type says nothing of {', '.join(map(repr, missing))}, which the query asks for."
        )
    return {name: _checked_reader(one, f"row_type[{name!r}]") for name, one in row_type.items()}


def _checked_reader(row_type: Any, what: str) -> RowReader:
    try:
        return _reader(row_type)
    # Beside TypeError: an annotation in quotes that is misspelt, or of a type that is not there.
    except (TypeError, NameError, AttributeError, SyntaxError) as cause:
        raise InvalidArgumentError(
            f"{what} must be a dataclass, a TypedDict, an attrs class, a msgspec Struct or a pydantic model: {cause}."
        ) from cause


_reader = lru_cache(maxsize=256)(RowReader)


def _is_pydantic(kind: Any) -> bool:
    """Whether it is a model or a dataclass of pydantic's, whose own validation msgspec would pass over."""
    return hasattr(kind, "__pydantic_validator__")


@lru_cache(maxsize=256)
def _adapter(kind: Any) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _make_names_known(info: inspect.Type) -> None:
    """Make msgspec find fields whose names are not ASCII, at any depth.

    It compares names by their UTF-8 form, which it takes for empty unless the interpreter has made it (msgspec 0.22).
    Encoding a name makes it.
    """
    pending: list[Any] = [info]
    seen: set[int] = set()
    while pending:
        one = pending.pop()
        if id(one) in seen:  # types may contain themselves
            continue
        seen.add(id(one))
        for field in getattr(one, "fields", ()):
            msgspec.json.encode(field.encode_name)
            pending.append(field.type)
        pending += getattr(one, "types", ())
        pending += getattr(one, "item_types", ())
        pending += [getattr(one, name) for name in _INNER_TYPES if hasattr(one, name)]


def _read_model(kind: Any, value: Any) -> Any:
    """A value of a class that msgspec does not know, somewhere inside a row."""
    if _is_pydantic(kind):
        return _adapter(kind).validate_python(value)
    raise TypeError(f"{kind.__name__} declares no fields")


def _place(error: BaseException | None) -> tuple[str, str]:
    """What is wrong and where, such as ("expected ...", "[3].title")."""
    list_errors: Any = getattr(error, "errors", None)
    if list_errors is not None:  # pydantic's; without the value, which may be long
        first = list_errors(include_url=False, include_input=False, include_context=False)[0]
        return first["msg"], "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in first["loc"])
    found = _PLACE.fullmatch(str(error))
    if error is None or found is None:
        return str(error), ""
    text, inner_path = _place(error.__cause__) if hasattr(error.__cause__, "errors") else (found["text"], "")
    return text, found["path"] + inner_path
