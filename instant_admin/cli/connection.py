"""Options that say which app a command is about."""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from instant_admin.cli.outcome import CommandError

if TYPE_CHECKING:
    from instant_admin import InstantAdmin


def add_connection_options(parser: argparse.ArgumentParser) -> None:
    """Give a command the options that `connect` reads."""
    group = parser.add_argument_group(
        "connection",
        "The admin token is read from INSTANT_APP_ADMIN_TOKEN, or INSTANT_ADMIN_TOKEN, or a file. It is\n"
        "no option by itself, because others on the machine can see the options of a command.",
    )
    group.add_argument("--app-id", metavar="ID", help="the app; else INSTANT_APP_ID")
    group.add_argument(
        "--admin-token-file", metavar="PATH", help="file with the admin token, - for standard input", default=None
    )
    group.add_argument(
        "--base-url",
        metavar="URL",
        help='address of the server, or "local:PATH" for a local Instant in a file; else INSTANT_API_URI, else '
        "Instant's cloud",
    )
    group.add_argument(
        "--timeout", metavar="SECONDS", type=_seconds, default=40.0, help="for each request (default: %(default)g)"
    )


def connect(options: argparse.Namespace) -> InstantAdmin:
    """A client as the options and the environment describe it.

    Raises:
        CommandError: The file with the token cannot be read.
        ConfigurationError: A setting is missing or malformed.
    """
    from instant_admin import InstantAdmin

    token = None if options.admin_token_file is None else _read_token(options.admin_token_file)
    return InstantAdmin(options.app_id, token, base_url=options.base_url, timeout=options.timeout)


def _read_token(path: str) -> str:
    try:
        text = sys.stdin.read() if path == "-" else Path(path).read_text()
    except (OSError, UnicodeDecodeError) as cause:
        raise CommandError(f"The admin token cannot be read from {path}: {_reason(cause)}.") from None
    if not text.strip():
        raise CommandError(f"There is no admin token in {path}.")
    return text


def _reason(cause: OSError | UnicodeDecodeError) -> str:
    return (cause.strerror or str(cause)) if isinstance(cause, OSError) else "it is no text"


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is no positive number of seconds")
    return seconds
