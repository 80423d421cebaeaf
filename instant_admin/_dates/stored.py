"""Dates that can be stored on a date attribute, and the instants they are in the database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from instant_admin._dates.usual import usual_date

_FIRST_MS, _LAST_MS = -210_866_803_200_000, 9_224_318_015_999_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ONE_US = timedelta(microseconds=1)
_POSTGRES_EPOCH_S = 946_684_800
"""PostgreSQL counts from 2000-01-01, and rounds numbers to microseconds from there."""


def is_storable_date(value: object) -> bool:
    """Whether a value may be stored on a date attribute: milliseconds in range, or a text that is a date."""
    return _instant_ms(value) is not None


def stored_date_ms(value: object) -> float:
    """The instant of a stored date, in milliseconds since 1970 with microseconds as fraction.

    `infinity` is the largest number that there is. Raises ValueError for what cannot be stored.
    """
    instant = _instant_ms(value)
    if instant is None:
        raise ValueError("not a date that can be stored")
    return instant


def _instant_ms(value: object) -> float | None:
    if isinstance(value, str):
        usual = usual_date(value)
        if usual is not None:
            return (usual - _EPOCH) // _ONE_US / 1000
        from instant_admin._dates.postgres import postgres_date_ms  # here, since most programs never need it

        return postgres_date_ms(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not _FIRST_MS <= value <= _LAST_MS:
        return None
    since_postgres_epoch = round((value / 1000 - _POSTGRES_EPOCH_S) * 1_000_000)
    return (since_postgres_epoch + _POSTGRES_EPOCH_S * 1_000_000) / 1000
