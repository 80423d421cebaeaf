"""Asking before something is changed."""

from __future__ import annotations

import sys

from instant_admin.cli.outcome import CommandError


def confirm(question: str, *, is_sure: bool) -> None:
    """Return when it may be done.

    Args:
        question: What to ask on a terminal.
        is_sure: Whether that was said already, by --yes.

    Raises:
        CommandError: It may not, or there is nobody to ask.
    """
    if is_sure:
        return
    if not sys.stdin.isatty():
        raise CommandError(
            "there is no terminal to ask at; nothing was changed. Pass --yes to push without a question."
        )
    print(f"{question} [y/N] ", end="", flush=True)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise CommandError("nothing was changed.")
