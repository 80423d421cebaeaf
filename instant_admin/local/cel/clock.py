"""Functions that read parts of timestamps and durations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC

from instant_admin.local.cel.functions import Library, Overload, method
from instant_admin.local.cel.times import Calendar, Duration, Timestamp, zone_of
from instant_admin.local.cel.types import DURATION, INT, STRING, TIMESTAMP

_MILLI = 1_000_000
_SECOND = 1000 * _MILLI


def _on_calendar(part: Callable[[Calendar], int]) -> tuple[Overload, ...]:
    """A part of the date or time, in UTC or in a time zone."""

    def in_utc(at: Timestamp) -> int:
        return part(Calendar.of(at, UTC))

    def in_zone(at: Timestamp, zone: str) -> int:
        return part(Calendar.of(at, zone_of(zone)))

    return method((TIMESTAMP,), INT, in_utc), method((TIMESTAMP, STRING), INT, in_zone)


def _of_duration(unit: int, wrap: int | None = None) -> Overload:
    """How many whole units a duration has, or how many are left over of the next larger one."""

    def units(span: Duration) -> int:
        total = span.total
        whole = abs(total) // unit
        return (whole % wrap if wrap else whole) * (-1 if total < 0 else 1)

    return method((DURATION,), INT, units)


def _millis(at: Timestamp) -> int:
    return at.total // _MILLI


def _milliseconds(at: Timestamp) -> int:
    return at.nanos // _MILLI


def _milliseconds_in_zone(at: Timestamp, zone: str) -> int:
    zone_of(zone)
    return _milliseconds(at)


CLOCK: Library = {
    "getFullYear": _on_calendar(lambda at: at.year),
    "getMonth": _on_calendar(lambda at: at.local.month - 1),
    "getDate": _on_calendar(lambda at: at.local.day),
    "getDayOfMonth": _on_calendar(lambda at: at.local.day - 1),
    "getDayOfYear": _on_calendar(lambda at: at.day_of_year - 1),
    "getDayOfWeek": _on_calendar(lambda at: at.day_of_week),
    "getHours": (*_on_calendar(lambda at: at.local.hour), _of_duration(3600 * _SECOND)),
    "getMinutes": (*_on_calendar(lambda at: at.local.minute), _of_duration(60 * _SECOND)),
    "getSeconds": (*_on_calendar(lambda at: at.local.second), _of_duration(_SECOND)),
    "getMilliseconds": (
        method((TIMESTAMP,), INT, _milliseconds),
        method((TIMESTAMP, STRING), INT, _milliseconds_in_zone),
        _of_duration(_MILLI, 1000),
    ),
    "getTime": (method((TIMESTAMP,), INT, _millis),),
}
