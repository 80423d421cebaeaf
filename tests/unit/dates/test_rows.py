"""Dates in rows become datetimes wherever the schema says that they are dates, and nothing else changes."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instant_admin import InvalidArgumentError, i, parse_date
from instant_admin._core.dates.rows import plan_dates, read_dates
from instant_admin._core.validation.tables import compile_schema

SCHEMA = i.schema(
    entities={
        "goals": i.entity({"title": i.string(), "due": i.date(), "made": i.date(), "meta": i.json()}),
        "todos": i.entity({"title": i.string(), "at": i.date()}),
        "tags": i.entity({"name": i.string()}),
        "$users": i.entity({"born": i.date().optional()}),
    },
    links={
        "goalsTodos": {
            "forward": {"on": "todos", "label": "goal", "has": "one"},
            "reverse": {"on": "goals", "label": "todos", "has": "many"},
        },
        "goalsTags": {
            "forward": {"on": "goals", "label": "tags", "has": "many"},
            "reverse": {"on": "tags", "label": "goals", "has": "many"},
        },
        "tagsOwner": {
            "forward": {"on": "tags", "label": "owner", "has": "one"},
            "reverse": {"on": "$users", "label": "tags", "has": "many"},
        },
    },
)
TABLES = compile_schema(SCHEMA, with_system=True)
TEXT, MOMENT = "2026-01-02T03:04:05.678Z", datetime(2026, 1, 2, 3, 4, 5, 678000, tzinfo=UTC)


def _read(query: dict[str, Any], rows: dict[str, Any]) -> dict[str, Any]:
    copied = copy.deepcopy(rows)
    read_dates(plan_dates(query, TABLES), copied)
    return copied


# Query, rows, rows with datetimes.
READ: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, Any]]] = {
    "a date": ({"goals": {}}, {"goals": [{"due": TEXT}]}, {"goals": [{"due": MOMENT}]}),
    "several dates": (
        {"goals": {}},
        {"goals": [{"due": TEXT, "made": TEXT}, {"made": TEXT}]},
        {"goals": [{"due": MOMENT, "made": MOMENT}, {"made": MOMENT}]},
    ),
    "null and nothing": ({"goals": {}}, {"goals": [{"due": None}, {}]}, {"goals": [{"due": None}, {}]}),
    "no rows": ({"goals": {}}, {"goals": []}, {"goals": []}),
    "a namespace that is missing in the reply": ({"goals": {}, "todos": {}}, {"todos": []}, {"todos": []}),
    "a number": ({"goals": {}}, {"goals": [{"due": 1767323045678}]}, {"goals": [{"due": MOMENT}]}),
    "another form": (
        {"goals": {}},
        {"goals": [{"due": "1/2/2026"}]},
        {"goals": [{"due": datetime(2026, 1, 2, tzinfo=UTC)}]},
    ),
    "another offset": (
        {"goals": {}},
        {"goals": [{"due": "2026-01-02T05:04:05.678+02:00"}]},
        {"goals": [{"due": MOMENT}]},
    ),
    "a link to many": (
        {"goals": {"todos": {}}},
        {"goals": [{"todos": [{"at": TEXT}, {"at": TEXT}]}, {"todos": []}, {}]},
        {"goals": [{"todos": [{"at": MOMENT}, {"at": MOMENT}]}, {"todos": []}, {}]},
    ),
    "a link to one": (
        {"todos": {"goal": {}}},
        {"todos": [{"at": TEXT, "goal": {"due": TEXT}}, {"goal": None}]},
        {"todos": [{"at": MOMENT, "goal": {"due": MOMENT}}, {"goal": None}]},
    ),
    "a link that was not asked for": (
        {"todos": {}},
        {"todos": [{"goal": "some id"}]},
        {"todos": [{"goal": "some id"}]},
    ),
    "a date behind levels without dates": (
        {"goals": {"tags": {"owner": {}}}},
        {"goals": [{"tags": [{"name": TEXT, "owner": {"born": TEXT}}]}]},
        {"goals": [{"tags": [{"name": TEXT, "owner": {"born": MOMENT}}]}]},
    ),
    "what only looks like a date": (
        {"goals": {}},
        {"goals": [{"title": TEXT, "meta": {"due": TEXT}}]},
        {"goals": [{"title": TEXT, "meta": {"due": TEXT}}]},
    ),
    "what no datetime can be": (
        {"goals": {}},
        {"goals": [{"due": "infinity", "made": "10000-01-01"}, {"due": TEXT}]},
        {"goals": [{"due": "infinity", "made": "10000-01-01"}, {"due": MOMENT}]},
    ),
    "a namespace that the schema does not know": ({"x": {"y": {}}}, {"x": [{"due": TEXT}]}, {"x": [{"due": TEXT}]}),
    "a link that the schema does not know": (
        {"goals": {"x": {}}},
        {"goals": [{"x": [{"due": TEXT}]}]},
        {"goals": [{"x": [{"due": TEXT}]}]},
    ),
    "rule parameters": (
        {"$$ruleParams": {"due": TEXT}, "goals": {}},
        {"goals": [{"due": TEXT}]},
        {"goals": [{"due": MOMENT}]},
    ),
}


@pytest.mark.parametrize(("query", "rows", "expected"), READ.values(), ids=READ)
def test_dates_become_datetimes(query: dict[str, Any], rows: dict[str, Any], expected: dict[str, Any]) -> None:
    assert _read(query, rows) == expected


def test_an_odd_value_changes_nothing_for_the_others() -> None:
    rows = [{"due": TEXT} for _ in range(2000)]
    rows[700]["due"] = "Jan 2, 2026"
    rows[1500]["due"] = "infinity"
    read = _read({"goals": {}}, {"goals": rows})["goals"]
    assert read[700]["due"] == datetime(2026, 1, 2, tzinfo=UTC)
    assert read[1500]["due"] == "infinity"
    assert [row["due"] for number, row in enumerate(read) if number not in (700, 1500)] == [MOMENT] * 1998


_dates = st.one_of(
    st.datetimes(timezones=st.timezones(), min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)).map(
        lambda moment: moment.isoformat()
    ),
    st.datetimes().map(lambda moment: moment.isoformat(" ")),
    st.dates().map(lambda day: day.isoformat()),
    st.integers(-62_135_596_800_000, 253_402_300_799_999),
    st.from_regex(
        r"20[0-9]{2}-0[1-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-5][0-9]:[0-6][0-9](\.[0-9]{1,9})?[Zz]", fullmatch=True
    ),
)


@given(st.lists(_dates))
def test_rows_are_read_as_parse_date_reads(values: list[Any]) -> None:
    expected = []
    for value in values:
        try:
            expected.append(parse_date(value))
        except InvalidArgumentError:
            expected.append(value)
    read = _read({"goals": {}}, {"goals": [{"due": value} for value in values]})["goals"]
    assert [row["due"] for row in read] == expected
