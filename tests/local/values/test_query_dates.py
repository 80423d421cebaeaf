"""A `where` accepts the dates that a real server accepts, and they are the same instants."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin.local.values import read_date_ns, read_query_date, stored_date_ms

RECORDINGS = Path(__file__).parents[2] / "recordings" / "query"
NAMES = [
    "query_date_forms",
    "query_date_forms_edges",
    "query_date_forms_refused",
    "query_date_forms_zones",
    "query_eq_date_indexed",
    "query_eq_date_malformed",
    "query_eq_date_odd",
]
DAY_MS = 86_400_000


@pytest.mark.parametrize("name", NAMES)
def test_recorded_dates_are_read_and_find_what_they_found(name: str) -> None:
    stored: dict[str, float] = {}
    asked = 0
    for step in json.loads((RECORDINGS / f"{name}.json").read_text())["steps"][1:]:
        sent, reply = step["call"]["json"], step["reply"]
        for _, _, id, values in sent.get("steps", []):
            stored[id] = stored_date_ms(values["both"])
        operand = _operand(sent)
        if operand is None:
            continue
        asked += 1
        instant = read_query_date(operand, words=False)
        assert (instant is None) is (reply["status"] == 400), operand
        if instant is not None:
            found = {id for id, other in stored.items() if other == instant}
            assert found == {entity["id"] for entity in reply["json"]["days"]}, operand
    assert asked


def _operand(sent: dict[str, Any]) -> Any:
    """What the attribute `both` is compared with, where it is a plain comparison."""
    where = sent.get("query", {}).get("days", {}).get("$", {}).get("where", {})
    operand = where.get("both")
    return None if isinstance(operand, dict) else operand


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2025-01-02t03:04:05.678z", "2025-01-02T03:04:05.678"),
        ("2025-01-02 03:04+0530", "2025-01-01T21:34"),
        ("2025-01-02T24:00", "2025-01-03T00:00"),
        ("1/2/2025, 12:00:00 AM", "2025-01-02T00:00"),
        ("Thu, 2 Jan 2025 03:04 GMT", "2025-01-02T03:04"),
        ("thu, 02 JAN 2025 03:04:05 +0100", "2025-01-02T02:04:05"),
        ("2 Jan 2025 03:04:05 GMT", "2025-01-02T03:04:05"),
        ("2025-07-01T12:00:00CEST", "2025-07-01T10:00"),
    ],
)
def test_a_form_that_the_server_knows_is_read(text: str, instant: str) -> None:
    wanted = datetime.fromisoformat(instant).replace(tzinfo=UTC).timestamp() * 1000
    assert read_query_date(text, words=False) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-02T24:00:00.1Z",
        "2025-01-02T03:04:05XYZ",
        "2025-01-02T03:04:05+19:00",
        "2025-01-02T03:04:05 GMT",
        "2025-01-32",
        "1/2/2025, 13:00:00 PM",
        "1/2/2025, 0:00:00 AM",
        "1/2/25",
        "01-02-0000",
        "Fri, 2 Jan 2025 03:04:05 GMT",
        "THU JAN 02 2025",
        '"2025-01-02',
        '{"a": 1}',
        "2025-01-02\n2025-01-02",
    ],
)
def test_other_texts_are_refused_in_a_where(text: str) -> None:
    assert read_query_date(text, words=True) is None


def test_words_are_dates_only_where_they_are_allowed() -> None:
    for word in ("now", "today", "tomorrow", "yesterday"):
        assert read_query_date(word, words=False) is None
        assert read_query_date(word, words=True) is not None
    today = read_query_date("today", words=True)
    assert today is not None
    assert read_query_date(" tomorrow ", words=True) == today + DAY_MS
    assert today == stored_date_ms("today")


@pytest.mark.parametrize(("value", "instant"), [(1.9, 1), (-1.9, -1), (0, 0), (True, None), (1e20, None), (None, None)])
def test_numbers_are_whole_milliseconds(value: object, instant: float | None) -> None:
    assert read_query_date(value, words=False) == instant


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("1582-10-15", "1582-10-15"),
        ("1582-10-14", "1582-10-04"),
        ("1000-05-06", "1000-04-30"),
        ("0001-01-01", "0001-01-03"),
    ],
)
def test_days_before_1582_reach_the_database_as_julian(asked: str, found: str) -> None:
    assert read_query_date(asked, words=False) == stored_date_ms(found)


def test_rules_read_nanoseconds() -> None:
    assert read_date_ns("1970-01-01T00:00:00.123456789Z") == 123_456_789
    assert read_date_ns("0001-01-01") == -62_135_596_800 * 10**9
    assert read_date_ns("infinity") is None
    assert read_date_ns("now") is None


@given(st.datetimes(min_value=datetime(1583, 1, 1)))
def test_an_iso_date_finds_itself_where_it_is_stored(moment: datetime) -> None:
    text = f"{moment.isoformat()}Z"
    assert read_query_date(text, words=False) == stored_date_ms(text)


@given(st.text(st.sampled_from('0123456789-:. /TZ+,AMPJan"'), max_size=26))
def test_any_text_is_read_or_refused(text: str) -> None:
    instant = read_query_date(text, words=True)
    assert instant is None or isinstance(instant, float)
