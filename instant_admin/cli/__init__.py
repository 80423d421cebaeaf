"""The command `instant-admin`."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from instant_admin._version import __version__
from instant_admin.cli import local, perms, schema, types

_EXIT_CODES = """\
exit codes:
  0  done; for `local`: stopped by Ctrl-C or SIGTERM; with --check: there is nothing to do
  1  it could not be done; the reason is on standard error
  2  the command was not understood
  3  with --check: there is something to do
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Args:
        arguments: What follows the command's name; else those of this process.

    Raises:
        SystemExit: By `--help`, `--version` and arguments that are not understood.
    """
    options = _parser().parse_args(arguments)
    code: int = options.run(options)
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="instant-admin",
        description="Tools for Instant (instantdb) from Python.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"instant-admin {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    schema.configure(commands.add_parser("schema", help="show and change an app's schema"))
    perms.configure(commands.add_parser("perms", help="show and change an app's permission rules"))
    types.configure(commands)
    local.configure(commands.add_parser("local", help="serve a local Instant over HTTP"))
    return parser
