"""What the text of a literal stands for."""

from __future__ import annotations

import re
import struct

from instant_admin.local.cel.numbers import INT_MAX, INT_MIN, UINT_MAX, UInt

_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_PART = re.compile(r"\\([xX])(..)|\\u(.{4})|\\U(.{8})|\\([0-3][0-7]{2})|\\(.)|([^\\]+)", re.DOTALL)
_TEXT = re.compile(r"""([bB]?)([rR]?)('''|\"""|'|")(.*)\3""", re.DOTALL)


class LiteralError(Exception):
    """The text is no literal after all."""


def int_of(text: str) -> int:
    """The value of a whole number, which may have a minus sign."""
    value = _whole(text)
    if not INT_MIN <= value <= INT_MAX:
        raise LiteralError(f"{text} is beyond the range of int.")
    return value


def uint_of(text: str) -> UInt:
    """The value of an unsigned number, its `u` included."""
    value = _whole(text[:-1])
    if value > UINT_MAX:
        raise LiteralError(f"{text} is beyond the range of uint.")
    return UInt(value)


def _whole(text: str) -> int:
    if "x" in text:
        return int(text, 16)
    if len(text) > 40 and len(text.lstrip("-0")) > 40:
        raise LiteralError("The number has too many digits.")
    return int(text)


def double_of(text: str) -> float:
    """The value of a double; beyond its range it is infinite."""
    return float(text)


def text_of(literal: str) -> str | bytes:
    """The value of a text or of bytes, quotes and prefixes included."""
    parts = _TEXT.fullmatch(literal)
    if parts is None:
        raise LiteralError("This is no text.")
    is_bytes, is_raw, _, body = parts.groups()
    if is_raw:
        return body.encode("utf-8", "surrogatepass") if is_bytes else body
    if is_bytes:
        return b"".join(_bytes_of(part) for part in _PART.finditer(body))
    return "".join(_character_of(part) for part in _PART.finditer(body))


def _character_of(part: re.Match[str]) -> str:
    _, hexadecimal, short, long, octal, escaped, plain = part.groups()
    if plain is not None:
        return plain
    if escaped is not None:
        return _ESCAPED.get(escaped, escaped)
    code = int(octal, 8) if octal is not None else int(hexadecimal or short or long, 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise LiteralError(f"{part.group()} is no character.")
    return chr(code)


def _bytes_of(part: re.Match[str]) -> bytes:
    _, hexadecimal, short, long, octal, escaped, plain = part.groups()
    if short is not None or long is not None:
        raise LiteralError(f"{part.group()} cannot stand in bytes.")
    if octal is not None or hexadecimal is not None:
        return struct.pack("B", int(octal, 8) if octal is not None else int(hexadecimal, 16))
    text = plain if plain is not None else _ESCAPED.get(escaped, escaped)
    return text.encode("utf-8", "surrogatepass")
