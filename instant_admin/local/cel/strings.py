"""Functions on texts. Positions count code points."""

from __future__ import annotations

from instant_admin.local.cel.errors import EvaluationError
from instant_admin.local.cel.functions import Library, method, overload
from instant_admin.local.cel.patterns import matches
from instant_admin.local.cel.types import BOOL, INT, STRING, list_of
from instant_admin.local.cel.values import elements, stored_list_failure

_ASCII_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_ASCII_UPPER = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
_BLANKS = "".join(
    map(chr, (*range(9, 14), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000))
)


def _outside(what: str, position: int) -> EvaluationError:
    return EvaluationError("INTERNAL_ERROR", f"`{what}`: {position} is outside of the text.")


def _lower(text: str) -> str:
    return text.translate(_ASCII_LOWER)


def _upper(text: str) -> str:
    return text.translate(_ASCII_UPPER)


def _trim(text: str) -> str:
    return text.strip(_BLANKS)


def _char_at(text: str, position: int) -> str:
    if not 0 <= position <= len(text):
        raise _outside("charAt", position)
    return text[position : position + 1]


def _index_of(text: str, part: str, start: int = 0) -> int:
    if part == "":
        return start
    if not 0 <= start < max(len(text), 1):
        raise _outside("indexOf", start)
    return text.find(part, start)


def _last_index_of(text: str, part: str) -> int:
    return text.rfind(part)


def _last_index_before(text: str, part: str, start: int) -> int:
    if part == "":
        return start
    if not 0 <= start < len(text):
        raise _outside("lastIndexOf", start)
    return text.rfind(part, 0, start + len(part))


def _join(items: object, separator: str = "") -> str:
    if isinstance(items, list):
        raise stored_list_failure()
    return separator.join(_joined(item) for item in elements(items))


def _joined(item: object) -> str:
    if item is None:
        return "NULL_VALUE"
    if isinstance(item, str):
        return item
    from instant_admin.local.cel.conversions import java_text

    return java_text(item)


def _replace(text: str, old: str, new: str, count: int = -1) -> str:
    return text.replace(old, new, count if count >= 0 else -1)


def _split(text: str, separator: str, count: int = -1) -> tuple[str, ...]:
    if count == 0:
        return ()
    if separator == "":
        return _characters(text, count)
    return tuple(text.split(separator, count - 1 if count > 0 else -1))


def _characters(text: str, count: int) -> tuple[str, ...]:
    if count < 0 or count > len(text):
        return tuple(text)
    return (*text[: count - 1], text[count - 1 :])


def _substring(text: str, start: int) -> str:
    if not 0 <= start <= len(text):
        raise _outside("substring", start)
    return text[start:]


def _substring_between(text: str, start: int, end: int) -> str:
    if not 0 <= start <= end <= len(text):
        raise _outside("substring", start)
    return text[start:end]


def _contains(text: str, part: str) -> bool:
    return part in text


STRINGS: Library = {
    "contains": (method((STRING, STRING), BOOL, _contains),),
    "startsWith": (method((STRING, STRING), BOOL, str.startswith),),
    "endsWith": (method((STRING, STRING), BOOL, str.endswith),),
    "matches": (overload((STRING, STRING), BOOL, matches), method((STRING, STRING), BOOL, matches)),
    "lowerAscii": (method((STRING,), STRING, _lower),),
    "upperAscii": (method((STRING,), STRING, _upper),),
    "trim": (method((STRING,), STRING, _trim),),
    "charAt": (method((STRING, INT), STRING, _char_at),),
    "indexOf": (method((STRING, STRING), INT, _index_of), method((STRING, STRING, INT), INT, _index_of)),
    "lastIndexOf": (
        method((STRING, STRING), INT, _last_index_of),
        method((STRING, STRING, INT), INT, _last_index_before),
    ),
    "join": (method((list_of(STRING),), STRING, _join), method((list_of(STRING), STRING), STRING, _join)),
    "replace": (
        method((STRING, STRING, STRING), STRING, _replace),
        method((STRING, STRING, STRING, INT), STRING, _replace),
    ),
    "split": (
        method((STRING, STRING), list_of(STRING), _split),
        method((STRING, STRING, INT), list_of(STRING), _split),
    ),
    "substring": (
        method((STRING, INT), STRING, _substring),
        method((STRING, INT, INT), STRING, _substring_between),
    ),
}
