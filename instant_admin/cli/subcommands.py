"""Commands below `instant-admin schema` and `instant-admin perms`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from instant_admin.cli.connection import add_connection_options
from instant_admin.cli.outcome import EXIT_CODES, run_command

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  it has no public name
    """What argparse's `add_subparsers` returns."""


def add_command(
    commands: Commands, name: str, help: str, command: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    """The parser of a new command about an app, which has its options to connect already.

    Args:
        commands: Where it is added.
        name: Its name.
        help: What it does, without a capital and a stop.
        command: Does it, and returns the exit code.
    """
    parser = commands.add_parser(
        name,
        help=help,
        description=f"{help[0].upper()}{help[1:]}.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=partial(run_command, command))
    add_connection_options(parser)
    return parser
