"""Which Python values travel, as what, and how the others are refused."""

from __future__ import annotations

import collections
import enum
import json
import math
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import attrs
import msgspec
import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import InvalidArgumentError, User, lookup
from instant_admin._core.values import copy_json, encode_json, to_json_object, to_json_value

ID = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"


class Color(enum.Enum):
    RED = "red"
    AT = datetime(2026, 1, 2, tzinfo=UTC)


class Level(enum.IntEnum):
    LOW = 1


class Kind(enum.StrEnum):
    NOTE = "note"


class Flag(enum.Flag):
    A = 1
    B = 2


class Text(str):
    def __str__(self) -> str:
        return "wrong"


class Whole(int):
    def __repr__(self) -> str:
        return "wrong"


class Broken(float):
    pass


class ListOf(list[Any]):
    pass


class Point(NamedTuple):
    x: int
    y: datetime


@dataclass
class Inner:
    at: datetime
    tags: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outer:
    inner: Inner
    by_name: dict[str, Inner]


@attrs.define
class Car:
    wheels: int
    id: UUID


class Struct(msgspec.Struct, rename="camel"):
    first_name: str
    born_on: date


class Model(pydantic.BaseModel):
    name: str
    at: datetime
    price: Decimal | None = None


class Dumps:
    def model_dump(self) -> dict[str, Any]:
        return {"a": [Color.RED]}


class NoMapping:
    def model_dump(self) -> list[int]:
        return [1]


class Nowhere(tzinfo):
    def utcoffset(self, _: datetime | None) -> timedelta | None:
        return None


AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
TRAVELS: dict[str, tuple[Any, Any]] = {
    "None": (None, None),
    "True": (True, True),
    "an int": (7, 7),
    "an int beyond 64 bits": (10**30, 10**30),
    "a float": (1.5, 1.5),
    "text": ("żółw 🐢 \u2028 \0", "żółw 🐢 \u2028 \0"),
    "a dict": ({"a": {"b": 1}}, {"a": {"b": 1}}),
    "a list": ([1, [2, []]], [1, [2, []]]),
    "a tuple": ((1, (2,)), [1, [2]]),
    "a named tuple": (Point(1, AT), [1, "2026-01-02T03:04:05.000Z"]),
    "an empty dict": ({}, {}),
    "a read-only mapping": (types.MappingProxyType({"a": (1,)}), {"a": [1]}),
    "an ordered dict": (collections.OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
    "a default dict": (collections.defaultdict(list, a=[1]), {"a": [1]}),
    "a chain of maps": (collections.ChainMap({"a": 1}, {"a": 2, "b": 3}), {"a": 1, "b": 3}),
    "a user": (User({"id": ID}), {"id": ID}),
    "an aware datetime": (AT, "2026-01-02T03:04:05.000Z"),
    "a datetime with milliseconds": (AT.replace(microsecond=678000), "2026-01-02T03:04:05.678Z"),
    "a datetime with microseconds": (AT.replace(microsecond=678901), "2026-01-02T03:04:05.678901Z"),
    "a datetime with an offset": (
        datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=5, minutes=30))),
        "2026-01-01T21:34:05.000Z",
    ),
    "a datetime with an offset of seconds": (
        datetime(1890, 1, 1, tzinfo=timezone(timedelta(seconds=1))),
        "1889-12-31T23:59:59.000Z",
    ),
    "the second pass of a clock turned back": (
        datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Warsaw"), fold=1),
        "2026-10-25T01:30:00.000Z",
    ),
    "a datetime of the year 5": (datetime(5, 1, 1, tzinfo=UTC), "0005-01-01T00:00:00.000Z"),
    "a date": (date(2026, 1, 2), "2026-01-02"),
    "a UUID": (UUID(ID), ID),
    "an enum": (Color.RED, "red"),
    "an enum of a datetime": (Color.AT, "2026-01-02T00:00:00.000Z"),
    "an int enum": (Level.LOW, 1),
    "a text enum": (Kind.NOTE, "note"),
    "a flag": (Flag.A | Flag.B, 3),
    "a dataclass": (Inner(AT, ["x"]), {"at": "2026-01-02T03:04:05.000Z", "tags": ["x"]}),
    "dataclasses within one": (
        Outer(Inner(AT), {"k": Inner(AT)}),
        {
            "inner": {"at": "2026-01-02T03:04:05.000Z", "tags": []},
            "by_name": {"k": {"at": "2026-01-02T03:04:05.000Z", "tags": []}},
        },
    ),
    "an attrs class": (Car(4, UUID(ID)), {"wheels": 4, "id": ID}),
    "a msgspec struct, by its wire names": (
        Struct("Ann", date(1815, 12, 10)),
        {"firstName": "Ann", "bornOn": "1815-12-10"},
    ),
    "a pydantic model": (
        Model(name="x", at=AT),
        {"name": "x", "at": "2026-01-02T03:04:05.000Z", "price": None},
    ),
    "anything with model_dump": (Dumps(), {"a": ["red"]}),
    "a subclass of str": (Text("right"), "right"),
    "a subclass of int": (Whole(3), 3),
    "a subclass of float": (Broken(0.5), 0.5),
    "a subclass of list": (ListOf([1, Text("a")]), [1, "a"]),
    "keys of a subclass of str": ({Text("k"): 1}, {"k": 1}),
    "keys of an enum": ({Kind.NOTE: 1, Color.RED: 2}, {"note": 1, "red": 2}),
    "keys of UUIDs": ({UUID(ID): 1}, {ID: 1}),
}


@pytest.mark.parametrize(("value", "sent"), TRAVELS.values(), ids=TRAVELS)
def test_value_travels(value: Any, sent: Any) -> None:
    copied = to_json_value({"a": [value]}, "x")
    assert copied == {"a": [sent]}
    assert json.loads(encode_json(copied)) == {"a": [sent]}


@pytest.mark.parametrize(("value", "sent"), TRAVELS.values(), ids=TRAVELS)
def test_copy_has_only_types_of_json(value: Any, sent: Any) -> None:
    def check(copied: Any) -> None:
        assert type(copied) in (bool, int, float, str, list, dict, type(None))
        for item in copied if type(copied) is list else copied.values() if type(copied) is dict else ():
            check(item)
        assert type(copied) is not dict or all(type(key) is str for key in copied)

    check(to_json_value(value, "x"))


REFUSED: dict[str, tuple[Any, str]] = {
    "NaN": (math.nan, "is nan, which JSON has no form for"),
    "infinity": (math.inf, "is inf"),
    "minus infinity": (-math.inf, "is -inf"),
    "NaN of a subclass of float": (Broken("nan"), "is nan"),
    "a naive datetime": (datetime(2026, 1, 2), "is a naive datetime"),
    "a datetime whose zone gives no offset": (datetime(2026, 1, 2, tzinfo=Nowhere()), "is a naive datetime"),
    "a datetime before the year 1 in UTC": (
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1))),
        "outside the years 1 to 9999",
    ),
    "a datetime after the year 9999 in UTC": (
        datetime(9999, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-1))),
        "outside the years 1 to 9999",
    ),
    "a time": (time(3, 4), "is time, which is no JSON value"),
    "a timedelta": (timedelta(1), "is timedelta"),
    "a Decimal": (Decimal("1.5"), "converter=float or converter=str"),
    "a Fraction": (Fraction(1, 2), "is Fraction"),
    "a complex number": (1j, "is complex"),
    "a set": ({1}, "is set, which has no order; pass a list"),
    "a frozen set": (frozenset([1]), "is frozenset, which has no order"),
    "bytes": (b"x", "is bytes, and JSON has no bytes"),
    "a bytearray": (bytearray(b"x"), "is bytearray, and JSON has no bytes"),
    "a memoryview": (memoryview(b"x"), "is memoryview, and JSON has no bytes"),
    "a lookup": (lookup("a", 1), "is a lookup, which stands for an entity"),
    "a generator": ((x for x in ()), "is generator"),
    "a range": (range(3), "is range"),
    "a path": (Path("x"), "is PosixPath"),
    "a class": (Inner, "is type"),
    "a class with model_dump": (Model, "is ModelMetaclass"),
    "a function": (len, "is builtin_function_or_method"),
    "an object": (object(), "is object, which is no JSON value; pass a converter"),
    "a model_dump that gives no mapping": (NoMapping(), "is NoMapping"),
    "an Ellipsis": (..., "is ellipsis"),
}


@pytest.mark.parametrize(("value", "reason"), REFUSED.values(), ids=REFUSED)
def test_value_is_refused_with_the_way_to_it(value: Any, reason: str) -> None:
    with pytest.raises(InvalidArgumentError) as caught:
        to_json_value({"list": [0, {"deep key": (value,)}]}, "goals.update")
    assert str(caught.value).startswith("goals.update.list[1].deep key[0] ")
    assert reason in str(caught.value)


BAD_KEYS = {"a number": 1, "None": None, "a bool": True, "a tuple": (1,), "a number enum": Level.LOW, "bytes": b"x"}


@pytest.mark.parametrize("key", BAD_KEYS.values(), ids=BAD_KEYS)
def test_keys_are_text(key: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^x\.a\.\S+ is a key of type \w+; keys are text"):
        to_json_value({"a": {key: 1}}, "x")


def test_way_into_models_is_named() -> None:
    with pytest.raises(InvalidArgumentError, match=r"^x\.inner\.at is a naive datetime"):
        to_json_value(Outer(Inner(datetime(2026, 1, 2)), {}), "x")
    with pytest.raises(InvalidArgumentError, match=r"^x\.price is Decimal"):
        to_json_value(Model(name="x", at=AT, price=Decimal(1)), "x")


def test_naive_datetime_is_explained() -> None:
    with pytest.raises(InvalidArgumentError, match=r"tzinfo=timezone\.utc"):
        to_json_value(datetime(2026, 1, 2), "x")


def _cycle_of_list() -> Any:
    value: list[Any] = []
    value.append(value)
    return value


def _cycle_of_dict() -> Any:
    value: dict[str, Any] = {}
    value["self"] = [value]
    return value


def _cycle_of_dataclass() -> Any:
    value = Outer(Inner(AT), {})
    value.by_name["self"] = value  # type: ignore[assignment]  # that is what is tested
    return value


def _deep(levels: int) -> Any:
    value: Any = None
    for _ in range(levels):
        value = {"a": [value]}
    return value


@pytest.mark.parametrize(
    "make", [_cycle_of_list, _cycle_of_dict, _cycle_of_dataclass, lambda: _deep(sys.getrecursionlimit())]
)
def test_endless_value_is_refused(make: Callable[[], Any]) -> None:
    with pytest.raises(InvalidArgumentError, match="nested too deeply, or contains itself"):
        to_json_value(make(), "x")


def test_deep_value_travels() -> None:
    value = _deep(80)
    assert json.loads(encode_json(to_json_value(value, "x"))) == value


def test_encoding_something_too_deep_is_refused() -> None:
    with pytest.raises(InvalidArgumentError, match="nested too deeply"):
        encode_json(_deep(100_000))


SURROGATES: dict[str, tuple[Any, str]] = {
    "as a value": ({"a": [0, "x\ud800"]}, r"request\.a\[1\] holds a lone surrogate"),
    "as a key": ({"a": {"\udfff": 1}}, r"request\.a\.<key> holds a lone surrogate"),
    "alone": ("\ud800", "request holds a lone surrogate"),
}


@pytest.mark.parametrize(("value", "explanation"), SURROGATES.values(), ids=SURROGATES)
def test_lone_surrogate_is_refused(value: Any, explanation: str) -> None:
    with pytest.raises(InvalidArgumentError, match=explanation):
        encode_json(to_json_value(value, "x"))


@pytest.mark.parametrize("value", [10**5000, {"a": [-(10**5000)]}], ids=["alone", "inside"])
def test_number_of_more_digits_than_python_writes_is_refused(value: Any) -> None:
    with pytest.raises(InvalidArgumentError, match="too many digits"):
        encode_json(to_json_value(value, "x"))


# Converters


def _as_text(value: Any) -> Any:
    if isinstance(value, (Decimal, Path)):
        return str(value)
    raise TypeError(value)


CONVERTED: dict[str, tuple[Any, Any, Any]] = {
    "to a float": (Decimal("1.5"), float, 1.5),
    "to text": (Decimal("1.50"), _as_text, "1.50"),
    "of another type": (Path("x"), _as_text, "x"),
    "to a value that is converted in turn": (
        {1},
        lambda value: [Decimal(x) for x in value] if isinstance(value, set) else 1,
        [1],
    ),
    "to an object": (1j, lambda value: {"re": value.real, "im": value.imag}, {"re": 0.0, "im": 1.0}),
    "to None": (object(), lambda _: None, None),
    "not for known types": (UUID(ID), lambda _: 1 / 0, ID),
}


@pytest.mark.parametrize(("value", "converter", "sent"), CONVERTED.values(), ids=CONVERTED)
def test_converter_is_asked_for_unknown_types(value: Any, converter: Any, sent: Any) -> None:
    assert to_json_value({"a": [value]}, "x", converter) == {"a": [sent]}


UNCONVERTED: dict[str, tuple[Any, Any, str]] = {
    "raises TypeError": (1j, _as_text, r"x\.a is complex"),
    "raises ValueError": (1j, lambda _: int("x"), r"x\.a is complex"),
    "gives the value back": (1j, lambda value: value, r"x\.a is complex"),
    "gives NaN": (1j, lambda _: math.nan, r"x\.a is nan"),
    "gives an endless row of values": (
        1j,
        lambda value: Decimal(1) if isinstance(value, complex) else 1j,
        "nested too deeply",
    ),
}


@pytest.mark.parametrize(("value", "converter", "explanation"), UNCONVERTED.values(), ids=UNCONVERTED)
def test_value_is_refused_when_its_converter(value: Any, converter: Any, explanation: str) -> None:
    with pytest.raises(InvalidArgumentError, match=explanation):
        to_json_value({"a": value}, "x", converter)


def test_other_errors_of_a_converter_are_the_callers() -> None:
    with pytest.raises(ZeroDivisionError):
        to_json_value(1j, "x", lambda _: 1 / 0)


# Objects and copies


@pytest.mark.parametrize("value", [None, [], "text", 5, Point(1, AT), Color.RED])
def test_what_must_be_an_object_is_refused_otherwise(value: Any) -> None:
    with pytest.raises(InvalidArgumentError, match=r"^rules must be an object, such as a dict, got \w+"):
        to_json_object(value, "rules")


@pytest.mark.parametrize("value", [{}, Car(4, UUID(ID)), Dumps(), types.MappingProxyType({})])
def test_objects_are_accepted(value: Any) -> None:
    assert isinstance(to_json_object(value, "rules"), dict)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(_json)
def test_json_travels_unchanged_as_a_copy(value: Any) -> None:
    copied = to_json_value(value, "x")
    assert copied == value
    assert json.loads(encode_json(copied)) == json.loads(json.dumps(value))
    assert copy_json(copied) == copied
    if isinstance(value, (dict, list)):
        assert copied is not value
        assert copy_json(copied) is not copied


_anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.binary()
    | st.dates()
    | st.datetimes(timezones=st.none() | st.timezones())
    | st.uuids()
    | st.decimals()
    | st.sampled_from([Color.RED, Level.LOW, object(), lookup("a", 1), Inner(AT), Inner, ...]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner)
        | st.dictionaries(st.text(st.characters()) | st.integers() | st.uuids(), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(_anything)
def test_any_value_travels_or_is_refused_as_ours(value: Any) -> None:
    try:
        body = encode_json(to_json_value(value, "x"))
    except InvalidArgumentError as error:
        assert str(error).startswith(("x", "request"))  # noqa: PT017  either outcome is right
    else:
        json.loads(body)


@given(
    st.datetimes(
        timezones=st.timezones() | st.just(UTC),
        min_value=datetime(2, 1, 1),
        max_value=datetime(9998, 1, 1),
    )
)
def test_datetime_keeps_its_instant(value: datetime) -> None:
    sent = to_json_value(value, "x")
    assert isinstance(sent, str)
    assert datetime.fromisoformat(sent) == value
