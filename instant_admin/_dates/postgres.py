"""The instant that PostgreSQL sees in a text: what `timestamp with time zone` accepts, with the time zone UTC.

A text is broken into fields, and each field means what those before it leave open: `2` is a month, a day or a year.
Fields may come in many orders; no part may be given twice, and year, month and day have to be there at the end.
"""

from __future__ import annotations

from instant_admin._dates.calendar import day_of_number
from instant_admin._dates.fields import Field, Kind, date_fields
from instant_admin._dates.keywords import MONTH_NUMBERS
from instant_admin._dates.reading import (
    DAY_S,
    HOUR_S,
    MINUTE_S,
    SECOND_US,
    NoDateError,
    Part,
    Reading,
    instant_ms,
)
from instant_admin._dates.words import read_word, read_zone_name
from instant_admin._dates.zones import offset_seconds

_LARGEST_INTEGER = 2**31 - 1
_JULIAN_EPOCH = 2_440_588
"""The Julian day number of 1970-01-01."""
_NEXT = {
    Part.YEAR: Part.MONTH,
    Part.DAY: Part.MONTH,
    Part.YEAR | Part.MONTH: Part.DAY,
    Part.MONTH | Part.DAY: Part.YEAR,
}


def postgres_date_ms(text: str, *, relative: bool = True) -> float | None:
    """The milliseconds since 1970 of the instant in a text; None if the text is no date.

    Infinities are `FOREVER_MS` and its negative.

    Args:
        text: Any text.
        relative: Whether words like `now` and `today` are read as of now; else they are no dates.
    """
    fields = date_fields(text)
    if fields is None:
        return None
    reading = Reading()
    try:
        for field in fields:
            said = _read(reading, field)
            if said & reading.seen:
                return None
            reading.seen |= said
        return None if reading.is_relative and not relative else instant_ms(reading)
    except NoDateError:
        return None


def _read(reading: Reading, field: Field) -> int:
    """Note what a field says, and tell which parts that are."""
    match field.kind:
        case Kind.WORD:
            return read_word(reading, field.text)
        case Kind.NUMBER:
            return _read_number(reading, field.text)
        case Kind.TIME:
            return _read_time(reading, field.text)
        case Kind.OFFSET:
            reading.offset = _offset(field.text)
            return Part.ZONE
        case Kind.DATE:
            return _read_date_or_zone(reading, field.text)


def _read_date_or_zone(reading: Reading, text: str) -> int:
    if reading.awaits == "j":
        reading.awaits = ""
        number = text[: len(text) - len(text.lstrip("0123456789"))]
        _set_julian_day(reading, _integer(number))
        reading.offset = _offset(text[len(number) :])
        return Part.DATE | Part.TIME | Part.ZONE
    if not reading.awaits and reading.seen & (Part.MONTH | Part.DAY) != Part.MONTH | Part.DAY:
        return _read_date(reading, text)
    if not reading.awaits and not text[0].isdigit():
        return read_zone_name(reading, text)
    time, sign, zone = text.partition("-")
    if not sign or reading.awaits not in {"", "t"} or reading.seen & Part.TIME:
        raise NoDateError
    reading.awaits = ""
    reading.offset = _offset(f"-{zone}")
    return _read_glued(reading, time, reading.seen) | Part.ZONE


def _read_date(reading: Reading, text: str) -> int:
    """Read a date whose parts are separated, and perhaps has a month by name."""
    parts = _date_parts(text)
    seen = reading.seen
    said = Part.NOTHING
    names = [part for part in parts if part.isalpha()]
    for name in names:
        if name not in MONTH_NUMBERS or seen & Part.MONTH:
            raise NoDateError
        reading.month = MONTH_NUMBERS[name]
        seen |= Part.MONTH
        said |= Part.MONTH
    for number in parts:
        if number.isdigit():
            part = _read_single(reading, number, seen, month_by_name=bool(names))
            if part & seen:
                raise NoDateError
            seen |= part
            said |= part
    if seen & ~(Part.YEAR_DAY | Part.ZONE) != Part.DATE:
        raise NoDateError
    return said


def _date_parts(text: str) -> list[str]:
    """Runs of digits and of letters. The character after each counts for nothing, be it even a digit."""
    parts: list[str] = []
    rest = text
    while rest:
        rest = rest.lstrip("+-/_.:")
        if not rest:
            raise NoDateError
        is_part = str.isdigit if rest[0].isdigit() else str.isalpha
        length = next((at for at, character in enumerate(rest) if not is_part(character)), len(rest))
        parts.append(rest[:length])
        rest = rest[length + 1 :]
    return parts


def _read_number(reading: Reading, text: str) -> int:
    if reading.awaits:
        return _read_awaited(reading, text)
    before_point, point, _ = text.partition(".")
    date_seen = reading.seen & Part.DATE
    if point and not date_seen:
        return _read_date(reading, text)
    is_complete = date_seen and reading.seen & Part.TIME
    if (point and len(before_point) > 2) or (len(text) >= 6 and not is_complete):
        return _read_glued(reading, text, reading.seen)
    return _read_single(reading, text, reading.seen, month_by_name=reading.month_by_name)


def _read_awaited(reading: Reading, text: str) -> int:
    awaited, reading.awaits = reading.awaits, ""
    if awaited == "t":
        said = _read_glued(reading, text, reading.seen | Part.DATE)
        if said != Part.TIME:
            raise NoDateError
        return said
    if awaited != "j":
        raise NoDateError
    number, point, fraction = text.partition(".")
    _set_julian_day(reading, _integer(number or "0"))
    if not point:
        return Part.DATE
    of_day = int(float(f"0.{fraction or 0}") * (DAY_S * SECOND_US))
    reading.seconds, reading.fraction_us = divmod(of_day, SECOND_US)
    return Part.DATE | Part.TIME


def _read_single(reading: Reading, text: str, seen: int, *, month_by_name: bool) -> int:
    """Read a number that is the year, the month or the day, whichever comes next in this order."""
    digits, point, fraction = text.partition(".")
    value = _integer(digits)
    if point and len(digits) > 2:
        return _read_glued(reading, text, seen | Part.DATE)
    if point:
        reading.fraction_us = _fraction(fraction)
    is_long = len(text) > 2
    date_seen = seen & Part.DATE
    if date_seen == Part.YEAR and len(text) == 3 and 1 <= value <= 366:
        reading.day = value
        return Part.YEAR_DAY | Part.MONTH | Part.DAY
    if date_seen == Part.DATE:
        return _read_glued(reading, text, seen)
    if date_seen == Part.YEAR | Part.MONTH and month_by_name and is_long and reading.short_year:
        # In `02-Jan-2026` the first number was the day.
        reading.day, reading.year, reading.short_year = reading.year, value, False
        return Part.DAY
    said = _next_part(date_seen, is_long=is_long, month_by_name=month_by_name)
    if said == Part.YEAR:
        reading.year, reading.short_year = value, not is_long
    elif said == Part.MONTH:
        reading.month = value
    else:
        reading.day = value
    return said


def _next_part(seen: int, *, is_long: bool, month_by_name: bool) -> int:
    """What a number means after some parts of a date: the order is month, day, year unless a long year is first."""
    if seen == Part.NOTHING:
        return Part.YEAR if is_long else Part.MONTH
    if seen == Part.MONTH:
        return Part.YEAR if is_long and month_by_name else Part.DAY
    if seen not in _NEXT:
        raise NoDateError
    return _NEXT[seen]


def _read_glued(reading: Reading, text: str, seen: int) -> int:
    """Read `20260102`, `260102`, `030405`, `030405.678` or `0304`."""
    digits, point, fraction = text.partition(".")
    if not digits.isdigit():
        raise NoDateError
    if point:
        reading.fraction_us = _fraction(fraction)
    elif seen & Part.DATE != Part.DATE and len(digits) >= 6:
        reading.year, reading.month, reading.day = _integer(digits[:-4]), int(digits[-4:-2]), int(digits[-2:])
        reading.short_year |= len(digits) == 6
        return Part.DATE
    if seen & Part.TIME or len(digits) not in {4, 6}:
        raise NoDateError
    reading.seconds = int(digits[:2]) * HOUR_S + int(digits[2:4]) * MINUTE_S + int(digits[4:] or 0)
    return Part.TIME


def _read_time(reading: Reading, text: str) -> int:
    if reading.awaits not in {"", "t"}:
        raise NoDateError
    reading.awaits = ""
    clock, _, fraction = text.partition(".")
    hour, minute, second = [*[_integer(part or "0") for part in clock.split(":")], 0, 0][:3]
    if clock.count(":") == 1 and "." in text:
        # With a fraction, two numbers are minutes and seconds.
        hour, minute, second = 0, hour, minute
    if clock.count(":") > 2 or minute >= MINUTE_S or second > MINUTE_S:
        raise NoDateError
    reading.seconds = hour * HOUR_S + minute * MINUTE_S + second
    reading.fraction_us = _fraction(fraction)
    if reading.seconds * SECOND_US + reading.fraction_us > DAY_S * SECOND_US:
        raise NoDateError
    return Part.TIME


def _set_julian_day(reading: Reading, number: int) -> None:
    reading.year, reading.month, reading.day = day_of_number(number - _JULIAN_EPOCH)
    reading.julian = True


def _offset(text: str) -> int:
    offset = offset_seconds(text)
    if offset is None:
        raise NoDateError
    return offset


def _integer(digits: str) -> int:
    value = int(digits) if digits.isdigit() else _LARGEST_INTEGER + 1
    if value > _LARGEST_INTEGER:
        raise NoDateError
    return value


def _fraction(digits: str) -> int:
    if digits and not digits.isdigit():
        raise NoDateError
    return round(float(f"0.{digits or 0}") * SECOND_US)
