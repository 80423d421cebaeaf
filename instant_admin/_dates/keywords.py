"""The words that PostgreSQL knows in dates, in lower case, besides time zones."""

from __future__ import annotations

from instant_admin._dates.calendar import FOREVER_MS, MONTHS, WEEKDAYS

MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)} | {
    "january": 1,
    "february": 2,
    "march": 3,
    "april": 4,
    "june": 6,
    "july": 7,
    "august": 8,
    "sept": 9,
    "september": 9,
    "october": 10,
    "november": 11,
    "december": 12,
}
WEEKDAY_WORDS = frozenset(
    {*WEEKDAYS, "tues", "weds", "thur", "thurs"}
    | {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)
JULIAN_WORDS = frozenset({"j", "jd", "julian"})
"""Before the number of a day counted from 4714 BC."""
UNIT_WORDS = frozenset({"d", "dow", "doy", "h", "isodow", "isoyear", "m", "mm", "s", "y"})
"""Known, but nothing may follow them."""
NOISE_WORDS = frozenset({"at", "on"})
INFINITIES = {"infinity": FOREVER_MS, "+infinity": FOREVER_MS, "-infinity": -FOREVER_MS}
"""Instants, in milliseconds."""
DAY_WORDS = {"yesterday": -1, "today": 0, "tomorrow": 1}
"""Days, counted from today."""
KEYWORDS = frozenset({"ad", "allballs", "am", "bc", "dst", "epoch", "now", "pm", "t"}).union(
    MONTH_NUMBERS, WEEKDAY_WORDS, JULIAN_WORDS, UNIT_WORDS, NOISE_WORDS, ["infinity"], DAY_WORDS
)
