"""Write the table by which the local Instant orders texts: glibc's en_US.UTF-8, as the real server's database.

    python scripts/generate_collation.py

Needs glibc with the sources of its locales (Debian: package `locales`). The weights are asked of the C library, one
character at a time, and stored in a form of our own (see `instant_admin/local/values/collation.py`).
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parent.parent / "instant_admin" / "local" / "values" / "collation.bin"
LOCALE = "en_US.UTF-8"
LOCALE_SOURCE = Path("/usr/share/i18n/locales/iso14651_t1_common")
CONTRACTION = re.compile(r'^collating-element <[^>]+> from "((?:<U[0-9A-F]+>)+)"', re.MULTILINE)

LEVEL_END = 1
"""What separates the levels in the C library's keys, and stands before each weight of the last one."""
FIRST_WEIGHT = 0x21
"""Weights are stored as characters from here on, so that JSON need not escape them; the lowest one is 2."""
SURROGATES = range(0xD800, 0xE000)
HAN = range(0x4E00, 0x9FA6)
"""Weights in the order of their code points, and on the first level only: described by a rule, not by rows."""
UNKNOWN, UNKNOWN_BYTE = "\x01" * 3, "\x01\x03"
"""The C library's key for a character that its table lacks."""
MARK_NONE, MARK_SEVERAL = "\x00", "\x01"


class Weights(NamedTuple):
    """What one character counts on each level."""

    primary: str
    secondary: str
    tertiary: str
    position: str


def main() -> int:
    sort_key = _library_key()
    rows: dict[str, Weights] = {}
    for text in _texts():
        key = sort_key(text)
        if key != UNKNOWN + UNKNOWN_BYTE * len(text.encode()):
            rows[text] = _weights(key)
    han = {chr(point): rows.pop(chr(point)) for point in HAN}
    _check_han(list(han.values()))
    table = json.dumps(_table(rows, han[chr(HAN.start)].primary), ensure_ascii=False)
    TABLE.write_bytes(zlib.compress(table.encode(), 9))
    print(f"{TABLE.name}: {len(rows)} rows, {TABLE.stat().st_size} bytes")
    return 0


def _library_key() -> Callable[[str], str]:
    """A function from a text to the C library's key for it, decoded."""
    folder = tempfile.mkdtemp()
    subprocess.run(["localedef", "-i", "en_US", "-f", "UTF-8", f"{folder}/{LOCALE}"], check=True)  # noqa: S607  on PATH
    os.environ["LOCPATH"] = folder
    library = ctypes.CDLL("libc.so.6")
    library.setlocale.restype = ctypes.c_char_p
    lc_collate = 3
    if not library.setlocale(lc_collate, LOCALE.encode()):
        raise SystemExit(f"the C library does not know {LOCALE}")
    buffer = ctypes.create_string_buffer(4096)

    def key(text: str) -> str:
        size = library.strxfrm(buffer, text.encode(), len(buffer))
        return buffer.raw[:size].decode("utf-8")

    return key


def _texts() -> Iterator[str]:
    """All characters, then the sequences that count as one."""
    for point in range(1, sys.maxunicode + 1):
        if point not in SURROGATES:
            yield chr(point)
    for found in CONTRACTION.findall(LOCALE_SOURCE.read_text(encoding="utf-8")):
        yield "".join(chr(int(point, 16)) for point in re.findall("<U([0-9A-F]+)>", found))


def _weights(key: str) -> Weights:
    primary, secondary, tertiary, *position = key.split(chr(LEVEL_END), 3)
    return Weights(*map(_shifted, (primary, secondary, tertiary, "".join(position).lstrip(chr(LEVEL_END)))))


def _shifted(weights: str) -> str:
    return "".join(chr(ord(weight) + FIRST_WEIGHT) for weight in weights)


def _check_han(weights: list[Weights]) -> None:
    first = ord(weights[0].primary)
    assert weights == [Weights(chr(first + i), "", "", "") for i in range(len(weights))]


def _table(rows: dict[str, Weights], first_han: str) -> dict[str, str | list[str]]:
    """The rows column by column, in the order of the last level, which tells all characters apart."""
    characters = sorted((text for text in rows if len(text) == 1), key=lambda text: rows[text].position)
    shapes = sorted({(rows[text].secondary, rows[text].tertiary) for text in characters})
    return {
        "characters": "".join(characters),
        "primary": "".join(_one(rows[text].primary) for text in characters),
        "several": [rows[text].primary for text in characters if len(rows[text].primary) > 1],
        "shape": "".join(chr(shapes.index((rows[text].secondary, rows[text].tertiary))) for text in characters),
        "secondary": [secondary for secondary, _ in shapes],
        "tertiary": [tertiary for _, tertiary in shapes],
        "sequences": [text for text in rows if len(text) > 1],
        "read_as": _read_as(rows),
        "first_han": first_han,
    }


def _read_as(rows: dict[str, Weights]) -> list[str]:
    """For each sequence the text that counts the same: one character, or its own ones in another order."""
    by_weights = {row: text for text, row in rows.items() if len(text) == 1}
    result: list[str] = []
    for text, row in rows.items():
        if len(text) == 1:
            continue
        swapped = [rows[text[1]], rows[text[0]]]
        same = by_weights.get(row) or text[1] + text[0]
        assert row in by_weights or row == Weights(*map("".join, zip(*swapped, strict=True))), ascii(text)
        result.append(same)
    return result


def _one(primary: str) -> str:
    if not primary:
        return MARK_NONE
    return primary if len(primary) == 1 else MARK_SEVERAL


if __name__ == "__main__":
    sys.exit(main())
