"""How a fault is told: where, what was expected, what came."""

from __future__ import annotations

from typing import Any

from instant_admin.errors import InvalidArgumentError

_SHOWN = 80


def fault(path: str, text: str) -> InvalidArgumentError:
    """The error for a fault at a path, to be raised."""
    return InvalidArgumentError(f"{path or 'query'}: {text}", path=path or None)


def mistyped(path: str, expected: str, got: Any, about: str = "") -> InvalidArgumentError:
    """The error for a value that should be something else.

    Args:
        path: Where it is.
        expected: What should be there, with its article.
        got: What is there.
        about: What else to know, as a sentence.
    """
    return fault(path, f"expected {expected}, got {shown(got)}.{' ' + about if about else ''}")


def shown(value: Any) -> str:
    """A value as error texts show it."""
    try:
        text = "null (None)" if value is None else repr(value)
    except ValueError:  # a whole number, perhaps deep inside, of more digits than Python writes
        text = f"{type(value).__name__} of too many digits"
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."
