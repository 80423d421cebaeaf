"""Instants and spans of time, to the nanosecond."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from fractions import Fraction
from zoneinfo import ZoneInfo

from instant_admin.local.cel.errors import EvaluationError

_SECOND = 1_000_000_000
_FIRST, _LAST = -62_135_596_800, 253_402_300_799
_LONGEST = 315_576_000_000
_CYCLE_DAYS = 146_097
"""Days of 400 years, after which the calendar repeats, weekdays included."""
_DAYS_BEFORE_1970 = 719_162
_YEAR_1 = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Timestamp:
    """An instant. Those before the year 1 and after 9999 exist, but few functions take them."""

    seconds: int
    nanos: int = 0

    @classmethod
    def from_seconds(cls, seconds: float) -> Timestamp:
        """An instant, cut to milliseconds as the server's clock is."""
        return cls.from_millis(int(seconds * 1000 // 1))

    @classmethod
    def from_millis(cls, millis: int) -> Timestamp:
        """An instant by its milliseconds since 1970."""
        return cls(millis // 1000, millis % 1000 * 1_000_000)

    @property
    def total(self) -> int:
        """Nanoseconds since 1970.

        Raises:
            EvaluationError: It is out of range.
        """
        if not _FIRST <= self.seconds <= _LAST:
            raise EvaluationError("INTERNAL_ERROR", "The timestamp is out of range.")
        return self.seconds * _SECOND + self.nanos

    def __str__(self) -> str:
        """As RFC 3339, with no, three, six or nine digits of a fraction."""
        moment = Calendar.of(self, UTC)
        return f"{moment.year:04d}-{moment.local:%m-%dT%H:%M:%S}{_fraction(self.nanos)}Z"


@dataclass(frozen=True, slots=True)
class Duration:
    """A span. One that was written negative with a fraction is malformed on the server: nothing can read it."""

    seconds: int
    nanos: int = 0

    @property
    def total(self) -> int:
        """Nanoseconds.

        Raises:
            EvaluationError: It is malformed.
        """
        if self.seconds < 0 < self.nanos or self.nanos < 0 < self.seconds:
            raise EvaluationError("INTERNAL_ERROR", "The duration is malformed.")
        return self.seconds * _SECOND + self.nanos

    def __str__(self) -> str:
        sign = "-" if self.seconds < 0 or self.nanos < 0 else ""
        whole, nanos = divmod(abs(self.seconds * _SECOND + self.nanos), _SECOND)
        return f"{sign}{whole}{_fraction(nanos)}s"


def _fraction(nanos: int) -> str:
    if nanos == 0:
        return ""
    digits = f"{nanos:09d}"
    while digits.endswith("000"):
        digits = digits[:-3]
    return f".{digits}"


def timestamp_of(total: int) -> Timestamp:
    """An instant by its nanoseconds since 1970, refused out of range."""
    found = Timestamp(total // _SECOND, total % _SECOND)
    _ = found.total
    return found


def duration_of(total: int) -> Duration:
    """A span by its nanoseconds, refused out of range."""
    whole, nanos = divmod(abs(total), _SECOND)
    if whole > _LONGEST or (whole == _LONGEST and nanos):
        raise EvaluationError("INTERNAL_ERROR", "The duration is out of range.")
    return Duration(whole, nanos) if total >= 0 else Duration(-whole, -nanos)


_UNITS = {
    "ns": 1,
    "us": 1000,
    "µs": 1000,
    "μs": 1000,
    "ms": 10**6,
    "s": _SECOND,
    "m": 60 * _SECOND,
    "h": 3600 * _SECOND,
}
_DURATION = re.compile(r"[+-]?(?:0|(?:[0-9]+(?:\.[0-9]+)?(?:ns|us|µs|μs|ms|s|m|h))+)")
_PIECE = re.compile(r"([0-9]+)(?:\.([0-9]+))?(ns|us|µs|μs|ms|s|m|h)")


def parse_duration(text: str) -> Duration:
    """A span as written, such as `1h30m` or `-1.5s`."""
    if not _DURATION.fullmatch(text):
        raise EvaluationError("BAD_FORMAT", "The text is no duration.")
    total = 0
    for whole, part, unit in _PIECE.findall(text):
        if len(whole) > 19:
            raise EvaluationError("BAD_FORMAT", "The duration is out of range.")
        total += int(whole) * _UNITS[unit]
        total += int(Fraction(int(part), 10 ** len(part)) * _UNITS[unit]) if part else 0
    signed = -total if text.startswith("-") else total
    if abs(signed) > _LONGEST * _SECOND:
        raise EvaluationError("BAD_FORMAT", "The duration is out of range.")
    return Duration(signed // _SECOND, signed % _SECOND)


@dataclass(frozen=True, slots=True)
class Calendar:
    """An instant on the calendar of a time zone."""

    year: int
    local: datetime
    """The same day and time in a year that Python can hold."""

    @classmethod
    def of(cls, timestamp: Timestamp, zone: tzinfo) -> Calendar:
        """The date and time of an instant."""
        cycles, days = divmod(timestamp.seconds // 86400 + _DAYS_BEFORE_1970, _CYCLE_DAYS)
        shown = min(max(cycles, 1), 23)
        moment = _YEAR_1 + timedelta(days=days + shown * _CYCLE_DAYS, seconds=timestamp.seconds % 86400)
        local = moment.astimezone(zone)
        return cls(local.year + (cycles - shown) * 400, local)

    @property
    def day_of_year(self) -> int:
        """The day of the year, from 1."""
        return self.local.timetuple().tm_yday

    @property
    def day_of_week(self) -> int:
        """The day of the week, 0 is Sunday."""
        return self.local.isoweekday() % 7


_REGION = re.compile(r"[A-Za-z][A-Za-z0-9~/._+-]+")
_OFFSET = re.compile(r"(?:UTC|GMT|UT)?([+-])([0-9]{1,2}|[0-9]{2}(?::?[0-9]{2}){1,2})")
_HOURS_AND_MINUTES = re.compile(r"([+-]?)0*([0-9]{1,2}):\+?0*([0-9]{1,2})")
_NOT_IN_JAVA = frozenset({"EST", "HST", "MST", "ROC"})


def zone_of(name: str) -> tzinfo:
    """A time zone by name or offset, as Java reads it.

    Raises:
        EvaluationError: There is none.
    """
    if name in ("UTC", "Z", "GMT", "UT"):
        return UTC
    offset = _OFFSET.fullmatch(name)
    if offset is not None:
        digits = offset[2].replace(":", "").zfill(2).ljust(6, "0")
        return _fixed(offset[1], int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    plain = _HOURS_AND_MINUTES.fullmatch(name)
    if plain is not None:
        hours = int(plain[2])
        return _fixed(plain[1] if hours else "+", hours, int(plain[3]), 0)
    if not _REGION.fullmatch(name) or name in _NOT_IN_JAVA:
        raise _no_zone()
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError) as cause:
        raise _no_zone() from cause


def _fixed(sign: str, hours: int, minutes: int, seconds: int) -> tzinfo:
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if minutes > 59 or seconds > 59 or offset > timedelta(hours=18):
        raise _no_zone()
    return timezone(-offset if sign == "-" else offset)


def _no_zone() -> EvaluationError:
    return EvaluationError("BAD_FORMAT", "There is no such time zone.")
