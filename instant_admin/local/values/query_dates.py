"""Dates that a `where` accepts on a date attribute, and the instants they are to the database.

The server reads them itself, by a list of forms, before it asks the database: other texts are dates here than those
that can be stored (server contract, data 2.1).
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from instant_admin._dates.calendar import (
    FOREVER_MS,
    MONTHS,
    WEEKDAYS,
    day_number,
    days_in_month,
)
from instant_admin._dates.keywords import DAY_WORDS
from instant_admin._dates.zones import STANDARD_OFFSETS, SUMMER_OFFSETS, offset_seconds

_HOUR, _MINUTE, _DAY = 3600, 60, 86400
_SECOND_NS = 1_000_000_000
_LONG = 2**63
_LARGEST_OFFSET = 18 * _HOUR

_INFINITIES = {"infinity": FOREVER_MS, "-infinity": -FOREVER_MS}

_PIECES = {
    "year": r"(?P<year>-?\d{1,9})",
    "yyyy": r"(?P<era_year>\d{4})",
    "month": r"(?P<month>\d\d)",
    "m": r"(?P<month>\d\d?)",
    "name": f"(?P<month_name>{'|'.join(name.title() for name in MONTHS)})",
    "day": r"(?P<day>\d\d)",
    "d": r"(?P<day>\d\d?)",
    "weekday": f"(?P<weekday>{'|'.join(name.title() for name in WEEKDAYS)})",
    "time": r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)",
    "short_time": r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?",
    "exact_time": r"(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.(?P<fraction>\d{0,9}))?)?",
    "loose_time": r"(?P<hour>\d\d?):(?P<minute>\d\d?):(?P<second>\d\d?)(?:\.(?P<fraction>\d{0,9}))?",
    "half_time": r"(?P<half_hour>\d\d?):(?P<minute>\d\d):(?P<second>\d\d) (?P<half>AM|PM)",
    "offset": r"(?P<zone>[+-]\d{4})",
    "zone": r"(?P<zone>[+-]\d\d(?::?\d\d)?|[A-Zz]+)",
}
_FORMS = [
    "{year}-{month}-{day}",
    "{year}-{month}-{day}[Tt ]{exact_time}{zone}?",
    "{year}-{m}-{d}T{loose_time}{zone}",
    "{m}/{d}/{yyyy}",
    "{m}/{d}/{yyyy}, {half_time}",
    "{month}-{day}-{yyyy}",
    "{weekday} {name} {day} {yyyy}",
    "{weekday} {name} {day} {yyyy} {time} GMT{offset}",
    "(?i:(?:{weekday}, )?{d} {name} {yyyy} {short_time} (?:{offset}|GMT))",
]
_PATTERNS = [re.compile(form.format_map(_PIECES), re.ASCII) for form in _FORMS]

_FIRST_GREGORIAN_DAY = day_number(1582, 10, 15)
_JULIAN_ERA = day_number(-4800, 3, 1) - 38
"""The first of March of the year -4800 in the Julian calendar, from where leap years are easy to count."""


def read_query_date(value: object, *, words: bool) -> float | None:
    """The instant that a value of a `where` means to the database, in milliseconds since 1970; None if it is no date.

    Numbers are milliseconds, whose fractions are cut. `words` allows `now`, `today`, `tomorrow` and `yesterday`, as
    ranges do. The infinities are those of `stored_date_ms`.
    """
    if isinstance(value, str):
        text = _unquoted(value)
        if text in _INFINITIES:
            return _INFINITIES[text]
        ns = _word_ns(text) if words else None
        ns = _text_ns(text) if ns is None else ns
        return None if ns is None else _as_sent(ns)
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or abs(value) >= _LONG:
        return None
    return _as_sent(int(value) * 1_000_000)


def read_date_ns(text: str) -> int | None:
    """The instant in a text as the server itself reads it, in nanoseconds since 1970; None if it is no date.

    The infinities are none here, nor are words that depend on the clock.
    """
    return _text_ns(_unquoted(text))


def _unquoted(text: str) -> str:
    text = text.strip()
    if not text.startswith('"'):
        return text
    try:
        inner = json.loads(text)
    except ValueError:
        return text
    return inner.strip() if isinstance(inner, str) else text


def _word_ns(word: str) -> int | None:
    now = datetime.now(UTC)
    if word == "now":
        return int(now.timestamp() * 1_000_000) * 1000
    if word in DAY_WORDS:
        return (day_number(now.year, now.month, now.day) + DAY_WORDS[word]) * _DAY * _SECOND_NS
    return None


def _text_ns(text: str) -> int | None:
    if text == "epoch":
        return 0
    for pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found:
            return _instant_ns(found.groupdict())
    return None


def _instant_ns(said: dict[str, Any]) -> int | None:
    day = _day(said)
    seconds = _seconds_of_day(said)
    zone = said.get("zone") or "Z"
    offset = _zone_seconds(zone)
    if day is None or seconds is None or offset is None:
        return None
    fraction = int((said.get("fraction") or "").ljust(9, "0"))
    return (day * _DAY + seconds - offset) * _SECOND_NS + fraction


def _day(said: dict[str, Any]) -> int | None:
    year = int(said.get("year") or said["era_year"])
    month = MONTHS.index(said["month_name"].lower()) + 1 if said.get("month_name") else int(said["month"])
    day = int(said["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31) or said.get("era_year") == "0000":
        return None
    # A day that the month lacks is its last one.
    number = day_number(year, month, min(day, days_in_month(year, month)))
    weekday = said.get("weekday")
    return number if weekday is None or WEEKDAYS[(number + 3) % 7] == weekday.lower() else None


def _seconds_of_day(said: dict[str, Any]) -> int | None:
    if said.get("half"):
        hour = int(said["half_hour"])
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if said["half"] == "PM" else 0)
    else:
        hour = int(said.get("hour") or 0)
    minute, second = int(said.get("minute") or 0), int(said.get("second") or 0)
    if minute >= _MINUTE or second >= _MINUTE:
        return None
    seconds = hour * _HOUR + minute * _MINUTE + second
    is_next_midnight = seconds == _DAY and not int(said.get("fraction") or 0)
    return seconds if seconds < _DAY or is_next_midnight else None


def _zone_seconds(zone: str) -> int | None:
    if zone in {"Z", "z"}:
        return 0
    if zone[0] in "+-":
        offset = offset_seconds(zone)
        return offset if offset is not None and abs(offset) <= _LARGEST_OFFSET else None
    name = zone.lower()
    return STANDARD_OFFSETS.get(name, SUMMER_OFFSETS.get(name))


def _as_sent(ns: int) -> float:
    """The instant that reaches the database: rounded to microseconds, and old days by another calendar.

    The server's driver writes days before 1582 as the Julian calendar counts them, and the database reads them as
    Gregorian; so `0001-01-01` does not find itself (recording query_date_forms_edges).
    """
    us = (ns + 500) // 1000
    day, of_day = divmod(us, _DAY * 1_000_000)
    if day < _FIRST_GREGORIAN_DAY:
        julian_years = (4 * (day - _JULIAN_ERA) + 3) // 1461
        century = (julian_years - 4800) // 100
        day -= century - century // 4 - 2
    return (day * _DAY * 1_000_000 + of_day) / 1000
