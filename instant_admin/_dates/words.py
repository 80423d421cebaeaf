"""Words in a text of a date, and what PostgreSQL takes them for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from instant_admin._dates.keywords import (
    DAY_WORDS,
    INFINITIES,
    JULIAN_WORDS,
    MONTH_NUMBERS,
    NOISE_WORDS,
    UNIT_WORDS,
    WEEKDAY_WORDS,
)
from instant_admin._dates.reading import HOUR_S, MINUTE_S, NoDateError, Part, Reading
from instant_admin._dates.zones import CHANGING_ZONES, STANDARD_OFFSETS, SUMMER_OFFSETS, zone_offset


def read_word(reading: Reading, word: str) -> int:
    """Note what a word says, and tell which parts that are. Raises NoDateError for a word out of place or unknown."""
    if word in STANDARD_OFFSETS:
        reading.offset = STANDARD_OFFSETS[word]
        return Part.ZONE
    if word in SUMMER_OFFSETS:
        reading.offset = SUMMER_OFFSETS[word]
        return Part.ZONE | Part.SUMMER
    if word in CHANGING_ZONES:
        reading.zone = word
        return Part.ZONE | Part.CHANGING_ZONE
    if word in MONTH_NUMBERS:
        return _read_month_name(reading, MONTH_NUMBERS[word])
    if word in WEEKDAY_WORDS:
        # Any day of the week will do: it is not compared with the date.
        return Part.WEEKDAY
    if word in NOISE_WORDS:
        return Part.NOTHING
    if word in JULIAN_WORDS or word in UNIT_WORDS or word == "t":
        if reading.awaits or (word == "t" and reading.seen & Part.DATE != Part.DATE):
            raise NoDateError
        reading.awaits = "j" if word in JULIAN_WORDS else word
        return Part.NOTHING
    return _read_special_word(reading, word)


def _read_special_word(reading: Reading, word: str) -> int:
    match word:
        case "am" | "pm":
            reading.half = word
            return Part.HALF_DAY
        case "ad" | "bc":
            reading.before_christ = word == "bc"
            return Part.ERA
        case "dst":
            reading.offset += HOUR_S
            return Part.SUMMER
        case "allballs":
            reading.seconds = reading.offset = 0
            return Part.TIME | Part.ZONE
        case "epoch":
            reading.fixed_ms = 0.0
            return Part.DATE | Part.TIME | Part.ZONE
        case "now":
            now = datetime.now(UTC)
            reading.is_relative = True
            reading.year, reading.month, reading.day = now.year, now.month, now.day
            reading.seconds = now.hour * HOUR_S + now.minute * MINUTE_S + now.second
            reading.fraction_us = now.microsecond
            return Part.DATE | Part.TIME | Part.ZONE
        case _:
            return _read_day_word(reading, word)


def _read_day_word(reading: Reading, word: str) -> int:
    if word in INFINITIES:
        reading.fixed_ms = INFINITIES[word]
        return Part.DATE | Part.TIME | Part.ZONE
    if word in DAY_WORDS:
        reading.is_relative = True
        day = datetime.now(UTC) + timedelta(days=DAY_WORDS[word])
        reading.year, reading.month, reading.day = day.year, day.month, day.day
        return Part.DATE
    return read_zone_name(reading, word)


def _read_month_name(reading: Reading, number: int) -> int:
    said = Part.MONTH
    if reading.seen & (Part.MONTH | Part.DAY) == Part.MONTH and not reading.month_by_name:
        # The number before, as in `2 Jan`, was the day.
        reading.day = reading.month
        said = Part.DAY
    reading.month, reading.month_by_name = number, True
    return said


def read_zone_name(reading: Reading, name: str) -> int:
    """Note a time zone by its name in lower case. Raises NoDateError if there is none of that name."""
    if zone_offset(name, datetime(2000, 1, 1)) is None:  # noqa: DTZ001 - any local time shows whether there is such a zone
        raise NoDateError
    reading.zone = name
    return Part.ZONE
