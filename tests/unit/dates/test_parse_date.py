"""`parse_date` reads what the server stores as a date, and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import InvalidArgumentError, parse_date
from tests.support.vectors import load

VECTORS: dict[str, dict[str, Any]] = {json.dumps(v["input"]): v for v in load("server_dates")["vectors"]}
BY_JAVASCRIPT: dict[str, dict[str, Any]] = {json.dumps(v["input"]): v for v in load("dates")["vectors"]}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_MS = (datetime(1, 1, 1, tzinfo=UTC) - EPOCH) / timedelta(milliseconds=1)
END_MS = (datetime(9999, 12, 31, tzinfo=UTC) - EPOCH) / timedelta(milliseconds=1) + 86_400_000


def _is_instant(vector: dict[str, Any]) -> bool:
    return isinstance(vector["server"], float)


def _fits_datetime(vector: dict[str, Any]) -> bool:
    return bool(FIRST_MS <= vector["server"] < END_MS)


READ = {name: v for name, v in VECTORS.items() if _is_instant(v) and _fits_datetime(v)}
BEYOND = {name: v for name, v in VECTORS.items() if _is_instant(v) and not _fits_datetime(v)}
REFUSED = {name: v for name, v in VECTORS.items() if not _is_instant(v) and v["input"] is not None}


@pytest.mark.parametrize("vector", READ.values(), ids=READ)
def test_date_is_the_instant_that_the_server_stores(vector: dict[str, Any]) -> None:
    moment = parse_date(vector["input"])
    assert (moment - EPOCH) / timedelta(milliseconds=1) == vector["server"]
    assert moment.tzinfo is UTC


@pytest.mark.parametrize("vector", REFUSED.values(), ids=REFUSED)
def test_what_is_no_date_to_the_server_is_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgumentError, match="parse_date"):
        parse_date(vector["input"])


@pytest.mark.parametrize("vector", BEYOND.values(), ids=BEYOND)
def test_date_that_no_datetime_can_be_is_refused_with_the_reason(vector: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgumentError, match="years 1 to 9999"):
        parse_date(vector["input"])


def test_nothing_is_no_date() -> None:
    assert parse_date(None) is None


@pytest.mark.parametrize("word", ["now", "today", "tomorrow", "yesterday", "today 12:30", "NOW", " tomorrow "])
def test_word_that_depends_on_the_clock_is_refused_with_the_reason(word: str) -> None:
    with pytest.raises(InvalidArgumentError, match="depends on the clock; for the present use datetime"):
        parse_date(word)


def _differs(vector: dict[str, Any]) -> bool:
    try:
        moment = parse_date(vector["input"])
    except InvalidArgumentError:
        return bool(vector["ok"] and vector["epoch_ms"] is not None)
    return moment is not None and (moment - EPOCH) / timedelta(milliseconds=1) != vector["epoch_ms"]


def test_javascript_reads_some_dates_otherwise_than_the_server() -> None:
    known = BY_JAVASCRIPT.keys() & (READ.keys() | REFUSED.keys())
    differing = {name for name in known if _differs(BY_JAVASCRIPT[name])}
    assert {'"2026-02-30T00:00:00Z"', '"2026-13-01"'} <= differing
    for name in differing:
        assert VECTORS[name]["server"] != BY_JAVASCRIPT[name]["epoch_ms"], name


OTHER_TYPES: dict[str, tuple[Any, datetime]] = {
    "a datetime in another zone": (
        datetime(2026, 1, 2, 3, tzinfo=timezone(timedelta(hours=2))),
        datetime(2026, 1, 2, 1, tzinfo=UTC),
    ),
    "a date": (date(2026, 1, 2), datetime(2026, 1, 2, tzinfo=UTC)),
    "microseconds": ("2026-01-02T03:04:05.123456Z", datetime(2026, 1, 2, 3, 4, 5, 123456, tzinfo=UTC)),
    "milliseconds with a fraction": (1.5, datetime(1970, 1, 1, 0, 0, 0, 1500, tzinfo=UTC)),
}


@pytest.mark.parametrize(("value", "moment"), OTHER_TYPES.values(), ids=OTHER_TYPES)
def test_values_of_python_are_dates_too(value: Any, moment: datetime) -> None:
    assert parse_date(value) == moment
    assert parse_date(value).tzinfo is UTC


@pytest.mark.parametrize("value", [datetime(2026, 1, 2), datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1)))])
def test_datetime_that_is_no_instant_is_refused(value: datetime) -> None:
    with pytest.raises(InvalidArgumentError, match=r"is naive, so it could be any|outside the years 1 to 9999"):
        parse_date(value)


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)))
def test_iso_text_comes_back_exactly(moment: datetime) -> None:
    assert parse_date(moment.isoformat()) == moment
    assert parse_date(moment.isoformat().replace("+00:00", "Z")) == moment
    in_milliseconds = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    assert parse_date(in_milliseconds.isoformat(timespec="milliseconds").replace("+00:00", "Z")) == in_milliseconds
