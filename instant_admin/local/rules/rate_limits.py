"""Definitions of rate limits: what stands under `$rateLimits`.

A limit is a bucket of tokens with one or more bandwidths, each with a capacity and a way to refill.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, cast

_HOUR = 3600
_LONGEST_SECONDS = 25 * _HOUR
_DAY = 24 * _HOUR
_SECONDS = {"day": _DAY, "hour": _HOUR, "min": 60, "sec": 1}
_WORDS = re.compile(r"([+-]?\d+(?:\.\d+)?)\s*(day|hour|min|sec)[a-z]*\s*", re.IGNORECASE)
_CLOCK = re.compile(r"(\d+):(\d\d)(?::(\d\d(?:\.\d+)?))?")
_ISO = re.compile(r"P(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bandwidth:
    """How many tokens there are at most, and how they come back."""

    capacity: int
    amount: int
    """Tokens that come back within a period."""
    period_seconds: int
    greedy: bool
    """Whether they come back bit by bit, or all at the end of each period."""


def read_limits(definition: object) -> tuple[Bandwidth, ...]:
    """The bandwidths of one limit.

    Raises:
        ValueError: It is not defined as it should be; the text says why.
    """
    limits = cast("Mapping[str, Any]", definition).get("limits") if isinstance(definition, Mapping) else None
    if not isinstance(limits, list) or not limits:
        raise ValueError("A rate limit needs `limits`, a list that is not empty.")
    return tuple(_bandwidth(limit) for limit in cast("list[object]", limits))


def _bandwidth(limit: object) -> Bandwidth:
    if not isinstance(limit, Mapping):
        raise ValueError("Each of `limits` must be an object.")
    given = cast("Mapping[str, Any]", limit)
    capacity = _positive("capacity", given.get("capacity"))
    refill = given.get("refill")
    if refill is None:
        refill = {}
    if not isinstance(refill, Mapping):
        raise ValueError("`refill` must be an object.")
    refill = cast("Mapping[str, Any]", refill)
    amount = _positive("refill.amount", refill.get("amount", capacity))
    kind = refill.get("type", "greedy")
    if kind not in ("greedy", "interval"):
        raise ValueError('`refill.type` must be "greedy" or "interval".')
    return Bandwidth(capacity, amount, _period(refill.get("period", "1 hour")), kind == "greedy")


def _positive(name: str, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise ValueError(f"`{name}` must be a positive integer.")
    return value


def _period(text: object) -> int:
    seconds = _interval_seconds(text) if isinstance(text, str) else None
    if seconds is None:
        raise ValueError("`refill.period` must be an interval such as `1 hour`.")
    if not 1 <= seconds < _LONGEST_SECONDS:
        raise ValueError("`refill.period` must be between one second and 25 hours.")
    return int(seconds)


def _interval_seconds(text: str) -> Fraction | None:
    """The length of an interval as PostgreSQL writes it (`1 day 02:00:00`, `90 seconds`, `PT1H`), in whole seconds."""
    text = text.strip()
    iso = _ISO.fullmatch(text)
    if iso is not None and any(iso.groups()):
        days, hours, minutes, seconds = (Fraction(part or 0) for part in iso.groups())
        return days * _DAY + hours * _HOUR + minutes * 60 + seconds
    total, found, position = Fraction(0), False, 0
    while (word := _WORDS.match(text, position)) is not None:
        total += Fraction(word.group(1)) * _SECONDS[word.group(2).lower()]
        found, position = True, word.end()
    clock = _CLOCK.fullmatch(text, position)
    if clock is not None:
        hours, minutes, seconds = (Fraction(part or 0) for part in clock.groups())
        return total + hours * _HOUR + minutes * 60 + seconds
    return total if found and position == len(text) else None
