"""What the fields of a text say of a date, and the instant that they make together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from instant_admin._dates.calendar import day_number, day_of_number, days_in_month
from instant_admin._dates.zones import CHANGING_ZONES, changing_offset, zone_offset

HOUR_S, MINUTE_S, DAY_S = 3600, 60, 86400
SECOND_US = 1_000_000
_EARLIEST_US = -210_866_803_200 * SECOND_US
_END_US = 9_224_318_016_000 * SECOND_US
_SHORT_YEAR_TURN = 70


class NoDateError(ValueError):
    """The text is not a date."""


class Part:
    """What a field can say: bits of a number, since an enumeration of flags takes ten times as long."""

    NOTHING = 0
    YEAR = 1
    MONTH = 2
    DAY = 4
    DATE = YEAR | MONTH | DAY
    YEAR_DAY = 8
    TIME = 16
    ZONE = 32
    SUMMER = 64
    CHANGING_ZONE = 128
    HALF_DAY = 256
    ERA = 512
    WEEKDAY = 1024


@dataclass(slots=True)
class Reading:
    """What the fields so far have said."""

    seen: int = Part.NOTHING
    year: int = 0
    month: int = 0
    day: int = 0
    seconds: int = 0
    """Of the day, as the clock of the zone shows them."""
    fraction_us: int = 0
    offset: int = 0
    zone: str = ""
    """Instead of the offset: a zone whose offset depends on the date."""
    half: str = ""
    """`am` or `pm`."""
    before_christ: bool = False
    short_year: bool = False
    month_by_name: bool = False
    julian: bool = False
    awaits: str = ""
    """A word that says what the next field is: `j` or `t`."""
    fixed_ms: float | None = None
    """The instant, if it was named."""
    is_relative: bool = False
    """Whether it depends on the clock."""


def instant_ms(reading: Reading) -> float:
    """The milliseconds since 1970 of what all fields have said. Raises NoDateError if they make no instant."""
    if reading.awaits:
        raise NoDateError
    if reading.fixed_ms is not None:
        return reading.fixed_ms
    if reading.seen & Part.DATE != Part.DATE:
        raise NoDateError
    day = _day(reading)
    seconds = _seconds_of_day(reading)
    offset = _offset_at(reading, day, seconds)
    instant = (day * DAY_S + seconds - offset) * SECOND_US + reading.fraction_us
    if not _EARLIEST_US <= instant < _END_US:
        raise NoDateError
    return instant / 1000


def _day(reading: Reading) -> int:
    year = reading.year
    if not reading.julian:
        if reading.short_year and not reading.before_christ:
            year += 2000 if year < _SHORT_YEAR_TURN else 1900
        if year <= 0:
            raise NoDateError
        if reading.before_christ:
            year = 1 - year
    if reading.seen & Part.YEAR_DAY:
        return day_number(year, 1, 1) + reading.day - 1
    if not (1 <= reading.month <= 12 and 1 <= reading.day <= days_in_month(year, reading.month)):
        raise NoDateError
    return day_number(year, reading.month, reading.day)


def _seconds_of_day(reading: Reading) -> int:
    if not reading.half:
        return reading.seconds
    hour = reading.seconds // HOUR_S
    if hour > 12:
        raise NoDateError
    return reading.seconds + ((hour % 12 + (12 if reading.half == "pm" else 0)) - hour) * HOUR_S


def _offset_at(reading: Reading, day: int, seconds: int) -> int:
    by_zone = bool(reading.zone) or not reading.seen & Part.ZONE
    if by_zone and reading.seen & Part.SUMMER:
        raise NoDateError
    if not reading.zone:
        return reading.offset
    year, month, day_of_month = day_of_number(day)
    if not 1 < year < 9999:
        # Python knows no other years, and zones repeat themselves as the calendar does.
        year = year % 400 + (400 if year < 2 else 9200)
    local = datetime(year, month, day_of_month) + timedelta(seconds=seconds)  # noqa: DTZ001 - the zone is being found
    find_offset = changing_offset if reading.zone in CHANGING_ZONES else zone_offset
    offset = find_offset(reading.zone, local)
    if offset is None:
        raise NoDateError
    return offset
