"""The order of texts: glibc's collation en_US.UTF-8, which the database of a real server has (server contract, 1.4).

Texts are compared by their letters first, then by accents, then by case and form, then by punctuation, blanks and
symbols, which count for nothing before. Texts that tie on all four levels are compared by code points.

`collation.bin` has what each character counts on each level; `scripts/generate_collation.py` makes it.
"""

from __future__ import annotations

import json
import re
import zlib
from functools import cache
from pathlib import Path
from typing import TypedDict

_TABLE = Path(__file__).with_name("collation.bin")

_FIRST = 0x21
"""Weights are characters from here on, so that JSON texts of keys need no escapes; the level end is below them."""
_LEVEL_END = "!"
_UNKNOWN_BYTE = "#"
"""Characters that the table lacks count alike: by their bytes on the last level, below all others there."""
_FIRST_POSITION = 0x24
_HAN = range(0x4E00, 0x9FA6)
_PRIMARY_NONE, _PRIMARY_SEVERAL = "\0", "\1"


class _Table(TypedDict):
    """What `collation.bin` holds: one column for each property of characters, in the order of the last level."""

    characters: str
    primary: str
    """First-level weights, or a mark for none and for several."""
    several: list[str]
    """The weights of those marked so."""
    shape: str
    """Indexes into `secondary` and `tertiary`."""
    secondary: list[str]
    tertiary: list[str]
    sequences: list[str]
    """Sequences that count otherwise than their characters one by one."""
    read_as: list[str]
    """Texts that count as those sequences do."""
    first_han: str


class _Level(dict[int, str]):
    """What characters count on one level, by code point: a table for `str.translate`."""

    def __init__(self, table: _Weights, level: int) -> None:
        super().__init__()
        self._table = table
        self._level = level

    def __missing__(self, point: int) -> str:
        found = self[point] = self._table.of(point)[self._level]
        return found


class _Weights:
    """The table, in a form to look up characters in."""

    def __init__(self) -> None:
        table: _Table = json.loads(zlib.decompress(_TABLE.read_bytes()))
        self._table = table
        self._ranks = {character: rank for rank, character in enumerate(table["characters"])}
        several = iter(table["several"])
        self._several = {rank: next(several) for rank, mark in enumerate(table["primary"]) if mark == _PRIMARY_SEVERAL}
        self.gap = _FIRST_POSITION + len(self._ranks)
        """From here on, last-level characters say how many without a weight of that level come before the next."""
        self.levels = tuple(_Level(self, level) for level in range(4))
        self.read_as = dict(zip(table["sequences"], table["read_as"], strict=True))
        starts = "".join(sorted({sequence[0] for sequence in self.read_as}))
        longest_first = sorted(self.read_as, key=len, reverse=True)
        self.sequence = re.compile(f"(?=[{re.escape(starts)}])(?:{'|'.join(map(re.escape, longest_first))})")

    def of(self, point: int) -> tuple[str, str, str, str]:
        """What a character counts on the four levels."""
        if point in _HAN:
            return chr(ord(self._table["first_han"]) + point - _HAN.start), "", "", _PRIMARY_NONE
        rank = self._ranks.get(chr(point))
        if rank is None:
            return "", "", "", _UNKNOWN_BYTE * len(chr(point).encode())
        primary = self._table["primary"][rank]
        if primary == _PRIMARY_SEVERAL:
            primary = self._several[rank]
        shape = ord(self._table["shape"][rank])
        secondary, tertiary = self._table["secondary"][shape], self._table["tertiary"][shape]
        return primary.rstrip(_PRIMARY_NONE), secondary, tertiary, _as_character(_FIRST_POSITION + rank)


@cache
def _weights() -> _Weights:
    # Loaded when the first text is sorted: a local Instant without one starts sooner.
    return _Weights()


def collation_key(text: str) -> str:
    """A text that compares by code points as the given one does in the database; equal for equal texts only."""
    weights = _weights()
    counted = text
    if not text.isascii():
        counted = weights.sequence.sub(lambda found: weights.read_as[found.group()], text)
    primary, secondary, tertiary, position = (counted.translate(level) for level in weights.levels)
    if _PRIMARY_NONE in position:
        position = _with_gaps(position, weights.gap)
    return _LEVEL_END.join((primary, secondary, tertiary, position, text))


def _with_gaps(position: str, gap: int) -> str:
    """Han characters have no weight on the last level, but the others' places count there."""
    return re.sub(
        f"{_PRIMARY_NONE}+(.?)",
        lambda found: _as_character(gap + len(found.group()) - 1) + found.group(1) if found.group(1) else "",
        position,
        flags=re.DOTALL,
    )


def _as_character(weight: int) -> str:
    """A weight as a character; those that JSON or UTF-8 cannot hold are passed over."""
    return chr(weight if weight < 0xD800 else weight + 0x800)
