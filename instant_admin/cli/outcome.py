"""How commands end: exit codes, and errors as text for people instead of tracebacks."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import Final

from instant_admin.errors import AuthenticationError, ConfigurationError, InstantError

DONE: Final = 0
FAILED: Final = 1
DIFFERS: Final = 3

_OPTIONS: Final = {"app_id=...": "--app-id", "admin_token=...": "--admin-token-file"}

EXIT_CODES: Final = """\
exit codes:
  0  done; with --check: there is nothing to do
  1  it could not be done; the reason is on standard error
  2  the command was not understood
  3  with --check: there is something to do
"""


class CommandError(Exception):
    """A command cannot do what it was asked for; the text says why."""


def run_command(command: Callable[[argparse.Namespace], int], options: argparse.Namespace) -> int:
    """The exit code of a command, after its errors have been told."""
    try:
        code = command(options)
        sys.stdout.flush()
        return code
    except AuthenticationError as error:
        return fail(f"{error}. Is this the admin token of this app, and this its server?")
    except ConfigurationError as error:
        return fail(_with_options(str(error)))
    except (CommandError, InstantError) as error:
        return fail(str(error))
    except KeyboardInterrupt:
        return fail("stopped.")
    except BrokenPipeError:
        return _drop_output()  # such as `| head`: whoever read has seen enough
    except OSError as error:
        fail(f"the output cannot be written: {error.strerror or error}.")
        return _drop_output()


def _with_options(text: str) -> str:
    """An error about a client's arguments, with the options that stand for them here."""
    for argument, option in _OPTIONS.items():
        text = text.replace(argument, option)
    return text


def _drop_output() -> int:
    """Keep Python from complaining, when it ends, of output that nobody takes."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return FAILED


def fail(text: str) -> int:
    """Say why it could not be done, and return the exit code."""
    print(f"instant-admin: {text}", file=sys.stderr, flush=True)
    return FAILED
