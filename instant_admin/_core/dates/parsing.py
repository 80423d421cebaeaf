"""One date, read as the server reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import overload

from instant_admin._dates.stored import is_storable_date, stored_date_ms
from instant_admin._dates.usual import usual_date
from instant_admin.errors import InvalidArgumentError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ONE_MS_US = 1000
_LARGEST_MS = 2.6e14
"""No datetime is further from 1970."""


@overload
def parse_date(value: None) -> None: ...


@overload
def parse_date(value: str | float | date) -> datetime: ...


def parse_date(value: str | float | date | None) -> datetime | None:
    """The instant that a stored date is, as an aware datetime in UTC.

    Reads what the server's database reads, and as it does: ISO forms, a date alone (midnight UTC), `1/2/2026`,
    `Jan 2, 2026 10:00 PST`, epoch milliseconds and many more. Where a text names no zone it is UTC.

    Args:
        value: A text, epoch milliseconds, an aware datetime, a date, or None, which gives None.

    Raises:
        InvalidArgumentError: It is no date to the server; or a relative word such as "now" or "today", a naive
            datetime, "infinity", or a date outside the years 1 to 9999, which a datetime cannot be.
    """
    if value is None:
        return None
    if isinstance(value, str):
        return usual_date(value) or _from_ms(_text_ms(value), value)
    if isinstance(value, datetime):
        return _from_datetime(value)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return _from_ms(_number_ms(value), value)


def find_date(value: object) -> datetime | None:
    """The same for a value of a row; None where there is no datetime for it."""
    if not isinstance(value, str | int | float):
        return None
    try:
        return parse_date(value)
    except InvalidArgumentError:
        return None


def _text_ms(text: str) -> float:
    from instant_admin._dates.postgres import postgres_date_ms

    found = postgres_date_ms(text, relative=False)
    if found is not None:
        return found
    if postgres_date_ms(text) is not None:
        raise InvalidArgumentError(
            f"parse_date: {text!r:.80} depends on the clock; for the present use datetime.now(timezone.utc)."
        )
    raise InvalidArgumentError(f"parse_date: {text!r:.80} is no date that the server reads.")


def _number_ms(value: object) -> float:
    if not is_storable_date(value):
        raise InvalidArgumentError(
            f"parse_date takes text, epoch milliseconds, a datetime, a date or None, got {value!r:.80}."
        )
    return stored_date_ms(value)


def _from_ms(ms: float, value: object) -> datetime:
    try:
        if abs(ms) > _LARGEST_MS:
            raise OverflowError
        return _EPOCH + timedelta(microseconds=round(ms * _ONE_MS_US))
    except OverflowError:
        raise InvalidArgumentError(
            f"parse_date: {value!r:.80} is no instant of the years 1 to 9999, and a datetime can be no other."
        ) from None


def _from_datetime(value: datetime) -> datetime:
    if value.tzinfo is None or value.utcoffset() is None:
        raise InvalidArgumentError(
            f"parse_date: {value!r} is naive, so it could be any of a day's instants. Attach its zone, for example "
            "value.replace(tzinfo=timezone.utc), or value.astimezone() for local time."
        )
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise InvalidArgumentError(f"parse_date: {value!r} is outside the years 1 to 9999 in UTC.") from None
