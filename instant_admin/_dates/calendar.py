"""Days and instants on the Gregorian calendar, carried on without end in both directions.

Years are counted as astronomers do: 1 BC is year 0.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

FOREVER_MS = 1.7976931348623157e308
"""The instant `infinity`, and its negative `-infinity`: the largest number that JSON can hold."""

_CYCLE_YEARS, _CYCLE_DAYS = 400, 146097
"""The calendar repeats itself after so many years."""
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


def day_number(year: int, month: int, day: int) -> int:
    """The days from 1970-01-01 to a day; ValueError if there is no such day."""
    cycles, year_of_cycle = divmod(year - 1, _CYCLE_YEARS)
    return date(year_of_cycle + 1, month, day).toordinal() - _EPOCH_ORDINAL + cycles * _CYCLE_DAYS


def day_of_number(number: int) -> tuple[int, int, int]:
    """Year, month and day of a day counted from 1970-01-01."""
    cycles, rest = divmod(number + _EPOCH_ORDINAL - 1, _CYCLE_DAYS)
    found = date.fromordinal(rest + 1)
    return found.year + cycles * _CYCLE_YEARS, found.month, found.day


def days_in_month(year: int, month: int) -> int:
    """How many days a month has."""
    return monthrange((year - 1) % _CYCLE_YEARS + 1, month)[1]
