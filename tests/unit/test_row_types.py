"""Rows as the caller's own types, and what is told where a row has drifted from them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any, NotRequired, TypedDict
from uuid import UUID

import attrs
import msgspec
import pydantic
import pytest

from instant_admin import InvalidArgumentError, RowTypeError, UnexpectedReplyError
from instant_admin._core.row_types import typed_rows_reader

ID = "8aa64a5e-8b3a-4d4a-9d26-9d1e8a4c0001"
ROW = {"id": ID, "title": "Get fit", "rank": 6, "todos": [{"title": "Run"}], "owner": None, "more": True}


@dataclass
class DataTodo:
    title: str


@dataclass
class DataGoal:
    id: UUID
    title: str
    rank: float | None = None
    todos: list[DataTodo] = field(default_factory=list)
    owner: DataTodo | None = None


class DictTodo(TypedDict):
    title: str


class DictGoal(TypedDict):
    id: str
    title: str
    rank: NotRequired[float]
    todos: list[DictTodo]


@attrs.frozen
class AttrsTodo:
    title: str


@attrs.frozen
class AttrsGoal:
    title: str
    todos: list[AttrsTodo]
    rank: int = attrs.field(default=0, validator=attrs.validators.gt(0))


class StructTodo(msgspec.Struct):
    title: str


class StructGoal(msgspec.Struct, rename={"name": "title"}):
    name: str
    todos: list[StructTodo]
    rank: Annotated[int, msgspec.Meta(gt=0)] = 1


class ModelTodo(pydantic.BaseModel):
    title: str


class ModelGoal(pydantic.BaseModel):
    name: str = pydantic.Field(alias="title")
    todos: list[ModelTodo]
    rank: int = pydantic.Field(default=1, gt=0)


@pydantic.dataclasses.dataclass
class ModelDataGoal:
    title: str
    rank: int = pydantic.Field(default=1, gt=0)


@dataclass
class MixedGoal:
    title: str
    todos: list[ModelTodo]


RowsReader = Callable[[Any], dict[str, list[Any]]]


def _reader(row_type: Any, *, query: dict[str, Any] | None = None, read_dates: Any = None) -> RowsReader:
    read = typed_rows_reader(row_type, query or {"goals": {}}, read_dates)
    return lambda rows: read(json.dumps(rows).encode())


@pytest.mark.parametrize(
    ("row_type", "expected"),
    [
        (DataGoal, DataGoal(UUID(ID), "Get fit", 6.0, [DataTodo("Run")])),
        (DictGoal, {"id": ID, "title": "Get fit", "rank": 6.0, "todos": [{"title": "Run"}]}),
        (AttrsGoal, AttrsGoal("Get fit", [AttrsTodo("Run")], 6)),
        (StructGoal, StructGoal("Get fit", [StructTodo("Run")], 6)),
        (ModelGoal, ModelGoal(title="Get fit", todos=[ModelTodo(title="Run")], rank=6)),
        (ModelDataGoal, ModelDataGoal("Get fit", 6)),
        (MixedGoal, MixedGoal("Get fit", [ModelTodo(title="Run")])),
    ],
    ids=["dataclass", "TypedDict", "attrs", "msgspec", "pydantic", "pydantic's dataclass", "pydantic inside"],
)
@pytest.mark.parametrize("read_dates", [None, lambda rows: None], ids=["from JSON", "after dates"])
def test_a_row_becomes_what_was_asked_for(row_type: Any, expected: Any, read_dates: Any) -> None:
    assert _reader(row_type, read_dates=read_dates)({"goals": [ROW, ROW]}) == {"goals": [expected, expected]}


def _without(label: str) -> dict[str, Any]:
    return {key: value for key, value in ROW.items() if key != label}


TODO: dict[str, Any] = {"title": 5}


@pytest.mark.parametrize("read_dates", [None, lambda rows: None], ids=["from JSON", "after dates"])
@pytest.mark.parametrize(
    ("row_type", "row", "path"),
    [
        (DataGoal, {**ROW, "title": 5}, "goals[1].title"),
        (DataGoal, _without("title"), "goals[1]"),
        (DataGoal, {**ROW, "id": "no id"}, "goals[1].id"),
        (DataGoal, {**ROW, "todos": [{"title": "a"}, TODO]}, "goals[1].todos[1].title"),
        (DataGoal, {**ROW, "owner": ID}, "goals[1].owner"),
        (DictGoal, {**ROW, "todos": [TODO]}, "goals[1].todos[0].title"),
        (DictGoal, _without("todos"), "goals[1]"),
        (AttrsGoal, {**ROW, "todos": [TODO]}, "goals[1].todos[0].title"),
        (AttrsGoal, {**ROW, "rank": -1}, "goals[1]"),
        (StructGoal, {**ROW, "title": None}, "goals[1].title"),
        (StructGoal, {**ROW, "rank": 0}, "goals[1].rank"),
        (ModelGoal, {**ROW, "todos": [TODO]}, "goals[1].todos[0].title"),
        (ModelGoal, _without("title"), "goals[1].title"),
        (ModelDataGoal, {**ROW, "rank": 0}, "goals[1].rank"),
        (MixedGoal, {**ROW, "todos": [TODO]}, "goals[1].todos[0].title"),
    ],
)
def test_a_row_that_has_drifted_is_named_with_its_path(row_type: Any, row: Any, path: str, read_dates: Any) -> None:
    with pytest.raises(RowTypeError) as caught:
        _reader(row_type, read_dates=read_dates)({"goals": [ROW, row]})
    assert caught.value.path == path
    assert str(caught.value).startswith(f"A row does not fit {row_type.__name__}: {path}: ")
    assert isinstance(caught.value, UnexpectedReplyError)
    assert "\n" not in str(caught.value)


def test_each_namespace_can_have_a_type_of_its_own() -> None:
    query = {"$$ruleParams": {"k": 1}, "goals": {}, "todos": {}}
    read = _reader({"goals": DataGoal, "todos": StructTodo}, query=query)
    rows = read({"goals": [ROW], "todos": [{"title": "Run"}]})
    assert (rows["goals"][0].title, rows["todos"]) == ("Get fit", [StructTodo("Run")])
    with pytest.raises(RowTypeError) as caught:
        read({"goals": [ROW], "todos": [TODO]})
    assert caught.value.path == "todos[0].title"


def test_one_type_counts_for_all_namespaces() -> None:
    read = _reader(StructTodo, query={"goals": {}, "todos": {}})
    assert read({"goals": [ROW], "todos": []}) == {"goals": [StructTodo("Get fit")], "todos": []}


class Plain:
    title: str


class Unresolved(TypedDict):
    title: "Nowhere"  # type: ignore[name-defined]  # noqa: F821, UP037  that is what is tested


@dataclass
class Misspelt:
    title: "tests.Nowhere"  # type: ignore[name-defined]  # noqa: F821, UP037  that is what is tested


@dataclass
class NoType:
    title: "two words"  # type: ignore[valid-type]  # noqa: F722  that is what is tested


class Contradiction(TypedDict):
    title: DataTodo | DictTodo


@pytest.mark.parametrize(
    "row_type",
    [5, "goals", int, list, dict, Plain, Unresolved, Misspelt, NoType, Contradiction, {"goals": Plain}, lambda: None],
)
def test_what_rows_cannot_become_is_refused_before_anything_is_sent(row_type: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^row_type(\['goals'\])? must be a dataclass, a TypedDict, "):
        typed_rows_reader(row_type, {"goals": {}}, None)


@pytest.mark.parametrize(
    ("row_types", "text"),
    [
        ({"goals": DataGoal}, "row_type says nothing of 'todos', which the query asks for."),
        ({}, "row_type says nothing of 'goals', 'todos', which the query asks for."),
        (
            {"goals": DataGoal, "todo": StructTodo},
            "row_type: the query has no 'todo'. Did you mean 'todos'? Known: goals, todos.",
        ),
    ],
)
def test_a_mapping_has_a_type_for_each_namespace_of_the_query(row_types: Any, text: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        typed_rows_reader(row_types, {"goals": {}, "todos": {}}, None)
    assert str(caught.value) == text


@pytest.mark.parametrize(
    "make", [lambda f: TypedDict("Odd", f), lambda f: dataclasses.make_dataclass("Odd", f.items())]
)
def test_names_beyond_ascii_are_found_at_any_depth(make: Callable[[Any], Any]) -> None:
    label = "".join(map(chr, (0x17C, 0xF3, 0x142)))  # made here, so that nothing has encoded it before
    odd = make({label: float})
    outer = msgspec.defstruct("Outer", [("todos", list[odd] | None)])
    rows = _reader(outer)({"goals": [{"todos": [{label: 5}]}]})
    assert msgspec.to_builtins(rows) == {"goals": [{"todos": [{label: 5.0}]}]}


class Inner:
    pass


@dataclass
class WithInner:
    title: Inner


def test_a_class_without_fields_inside_of_a_type_is_told_with_its_path() -> None:
    with pytest.raises(RowTypeError, match=r"goals\[0\]\.title: Inner declares no fields"):
        _reader(WithInner)({"goals": [ROW]})


@dataclass
class Dated:
    due: datetime


def test_texts_with_a_zone_become_datetimes_without_a_schema_too() -> None:
    rows = _reader(Dated)({"goals": [{"due": "2025-03-01T10:00:00Z"}]})
    assert rows == {"goals": [Dated(datetime(2025, 3, 1, 10, tzinfo=UTC))]}


def test_dates_that_were_read_as_the_server_does_stay_datetimes() -> None:
    def read_dates(rows: Any) -> None:
        rows["goals"][0]["due"] = datetime(2025, 3, 1, tzinfo=UTC)

    rows = _reader(Dated, read_dates=read_dates)({"goals": [{"due": "Sat Mar 01 2025"}]})
    assert rows == {"goals": [Dated(datetime(2025, 3, 1, tzinfo=UTC))]}


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"other": []}', b"null"])
def test_no_reply_of_a_query_is_left_to_be_told_as_that(body: bytes) -> None:
    with pytest.raises((ValueError, KeyError)):
        typed_rows_reader(DataGoal, {"goals": {}}, None)(body)
