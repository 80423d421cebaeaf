"""What may be stored on a date attribute, and which instant it is, are as on a real server."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin._dates.postgres import postgres_date_ms
from instant_admin.local.values import is_storable_date, sort_value, stored_date_ms
from tests.support.vectors import load

VECTORS: list[dict[str, Any]] = load("server_dates")["vectors"]
RECORDINGS = Path(__file__).parents[2] / "recordings" / "transact"
DAY_MS = 86_400_000


@pytest.mark.parametrize("vector", VECTORS, ids=[json.dumps(vector["input"]) for vector in VECTORS])
def test_a_date_is_stored_as_on_a_real_server(vector: dict[str, Any]) -> None:
    value = vector["input"]
    match vector["server"]:
        case "error" | None:
            assert value is None or not is_storable_date(value)
        case "relative":
            assert abs(stored_date_ms(value) - datetime.now(UTC).timestamp() * 1000) <= 2 * DAY_MS
        case "infinity":
            assert stored_date_ms(value) > stored_date_ms("294276-12-31")
        case instant:
            assert stored_date_ms(value) == instant


@pytest.mark.parametrize(("name", "storable"), [("tx_date_accepted", True), ("tx_date_refused", False)])
def test_recorded_dates_are_stored_or_refused(name: str, storable: bool) -> None:
    steps = json.loads((RECORDINGS / f"{name}.json").read_text())["steps"]
    dates = [step[3]["d"] for recorded in steps for step in recorded["call"].get("json", {}).get("steps", [])]
    assert dates
    assert [date for date in dates if is_storable_date(date) is not storable] == []


# Seen on PostgreSQL, with the time zone UTC.
READINGS = {
    # Parts in another order, and numbers that mean what is still open.
    "10:00 20250102": "2025-01-02T10:00",
    "990102 101112": "1999-01-02T10:11:12",
    "1999-jan08": "1999-01-08",
    "2025-01-02 t 1000": "2025-01-02T10:00",
    "20250102T030405.5": "2025-01-02T03:04:05.5",
    "02-Jan-26": "2026-01-02",
    "26-Jan-2026": "2026-01-26",
    "2025-01-02 at 3:4 am": "2025-01-02T03:04",
    "2025-01-02 10:5.5": "2025-01-02T00:10:05.5",
    "2025-01-02-": "2025-01-02",
    "J2451187.25": "1999-01-08T06:00",
    "J2451187-05": "1999-01-08T05:00",
    "2024.366": "2024-12-31",
    "2025-01-02 12:30 AM": "2025-01-02T00:30",
    "2025-01-02 allballs": "2025-01-02",
    # Zones by name, abbreviation and offset.
    "2024-03-31 01:30 Europe/London": "2024-03-31T01:30",
    "2024-10-27 01:30 Europe/London": "2024-10-27T01:30",
    "2024-07-01 12:00 america/new_york": "2024-07-01T16:00",
    "2025-01-02 10:00 MET DST": "2025-01-02T08:00",
    "2005-07-01 12:00 MSK": "2005-07-01T09:00",
    "2013-07-01 12:00 MSK": "2013-07-01T08:00",
    "2025-01-02 03:04:05 FOO+5:30": "2025-01-02T08:34:05",
    "Thu Jan 02 2025 03:04:05 GMT+0100": "2025-01-06T07:04:05",
    "2025-01-02T030405-08": "2025-01-02T11:04:05",
    "2025-01-02 10:00 +15:59:59": "2025-01-01T18:00:01",
}


@pytest.mark.parametrize(("text", "instant"), READINGS.items())
def test_fields_of_a_text_mean_what_those_before_leave_open(text: str, instant: str) -> None:
    assert stored_date_ms(text) == datetime.fromisoformat(instant).replace(tzinfo=UTC).timestamp() * 1000


@pytest.mark.parametrize(
    "text",
    [
        "04:05:06 1999-01-08",
        "2025-01-02--",
        "Jan 2.5 2026",
        "2025-01-02 2025-01-02",
        "2025-01-02 Thu Fri",
        "2025-01-02 10:00 10:00",
        "2025-01-02 10:00 +16",
        "2025-01-02 10:00 DST",
        "2025-01-02 10:00 EDT DST",
        "2025-01-02 10:00 Europe/London DST",
        "2025-01-02 10:00 Nowhere/City",
        "2025-01-02 10:00 FOO+200",
        "msk 2025-01-02",
        "2025-01-02 J",
        "y2025m01d02",
        "epoch 2025",
        "2024.367x",
        "at on",
        "2025-01-02 13:00 AM",
        "0000-01-01 BC",
        "4714-11-23 BC",
        "294276-12-31 23:59:59.9999999",
        "99999999999-01-01",
        "2025-01-02 " + "x" * 200,
        "1 " * 26,
        "2025-01-02\x00",
        "２０２５-01-02",
    ],
)
def test_texts_that_postgresql_does_not_read_are_refused(text: str) -> None:
    assert not is_storable_date(text)


def test_years_before_christ_are_read() -> None:
    assert stored_date_ms("0001-12-31 BC") == stored_date_ms("0001-01-01") - DAY_MS
    assert stored_date_ms("4714-11-24 BC") == -210_866_803_200_000


@pytest.mark.parametrize(
    ("number", "storable"),
    [
        (-210_866_803_200_000, True),
        (-210_866_803_200_001, False),
        (9_224_318_015_999_000, True),
        (9_224_318_016_000_000, False),
        (10**400, False),
        (True, False),
    ],
)
def test_numbers_are_stored_within_the_range_of_the_database(number: int, storable: bool) -> None:
    assert is_storable_date(number) is storable


def test_words_are_days_of_now() -> None:
    midnight = stored_date_ms("today")
    assert stored_date_ms("tomorrow") - stored_date_ms("yesterday") == 2 * DAY_MS
    assert midnight % DAY_MS == 0
    assert midnight <= stored_date_ms("now")
    assert stored_date_ms("today 12:30") == midnight + 12.5 * 3_600_000


def test_infinities_are_beyond_all_dates_and_survive_json() -> None:
    keys = [sort_value("date", value) for value in ("-infinity", "4714-11-24 BC", 0, "294276-12-31", "infinity")]
    assert json.loads(json.dumps(keys)) == sorted(keys, key=lambda key: float(key or 0))


def test_what_is_no_date_has_no_instant() -> None:
    with pytest.raises(ValueError, match="not a date"):
        stored_date_ms("soon")


@given(
    st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)),
    st.none() | st.integers(-15 * 60, 15 * 60),
    st.sampled_from(["T", " "]),
    st.sampled_from(["auto", "minutes", "seconds", "milliseconds", "microseconds"]),
)
def test_the_usual_forms_are_read_as_all_others(
    moment: datetime, offset: int | None, blank: str, precision: str
) -> None:
    if offset is not None:
        moment = moment.replace(tzinfo=timezone(timedelta(minutes=offset)))
    text = moment.isoformat(blank, precision)
    assert stored_date_ms(text) == postgres_date_ms(text)


@given(st.text(st.sampled_from("0123456789-:. /TZ+abJ"), max_size=24) | st.text(max_size=12))
def test_any_text_is_a_date_or_not(text: str) -> None:
    if is_storable_date(text):
        assert isinstance(stored_date_ms(text), float)
