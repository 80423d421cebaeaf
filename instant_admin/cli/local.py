"""`instant-admin local`: a local Instant over HTTP, for any client in any language."""

from __future__ import annotations

import argparse
import ipaddress
import sys
from contextlib import suppress
from functools import partial
from pathlib import Path
from socket import gaierror
from typing import TYPE_CHECKING

from instant_admin.cli.outcome import DONE, CommandError, run_command

if TYPE_CHECKING:
    from socket import socket

    from instant_admin.local import LocalApp, LocalInstant

_DEFAULT_PORT = 8888
"""Where a self-hosted Instant listens in development (server contract)."""
_HIGHEST_PORT = 65535

_NO_EXTRA = 'local needs two packages more. Install them with: pip install "instant-admin[local]"'

_OPEN_TO_OTHERS = """\
Warning: {host} is reachable from other machines. Whoever reaches it can make apps here, and can read and change all
data of an app whose admin token they know; there is no encryption. Without --host only this machine can connect.
"""

_BANNER = """\
Local Instant at {url}

  app id       {app_id}
  admin token  {admin_token}
  data         {data}

Python:

  from instant_admin import InstantAdmin
  db = InstantAdmin("{app_id}", "{admin_token}", base_url="{url}")
  print(db.query({{"goals": {{}}}}))

Ctrl-C stops it.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Give the parser of `instant-admin local` its options."""
    parser.description = "Serve a local Instant over HTTP, with one app ready to use. Needs the extra `local`."
    parser.add_argument(
        "--db",
        metavar="PATH",
        type=Path,
        help="SQLite file that keeps the data, made where it does not exist; else everything is in memory and gone "
        "when the command ends",
    )
    parser.add_argument(
        "--port",
        metavar="N",
        type=_port,
        default=_DEFAULT_PORT,
        help="port to listen on, 0 for any free one (default: %(default)s)",
    )
    parser.add_argument(
        "--host",
        metavar="H",
        default="127.0.0.1",
        help="address to listen on (default: %(default)s, which only this machine can reach)",
    )
    parser.add_argument(
        "--control",
        action="store_true",
        help="answer control calls for tests too, under /_local: reset, dumps, time, faults; they have no credentials",
    )
    parser.set_defaults(run=partial(run_command, _local))


def _port(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() else -1
    if not 0 <= number <= _HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; it is a number from 0 to {_HIGHEST_PORT}")
    return number


def _local(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM."""
    try:
        from instant_admin.local.server import listen
    except ImportError:
        raise CommandError(_NO_EXTRA) from None
    from instant_admin.local import LocalInstant

    with LocalInstant(options.db, control=options.control) as instance:
        try:
            listening = listen(options.host, options.port)
        except OSError as cause:
            raise CommandError(_cannot_listen(options.host, options.port, cause)) from None
        with listening, suppress(KeyboardInterrupt):  # before the server took over the signals
            _serve(instance, listening, options)
    print("Stopped.", flush=True)
    return DONE


def _serve(instance: LocalInstant, listening: socket, options: argparse.Namespace) -> None:
    from instant_admin.local.server import serve

    app = instance.default_app()
    banner = _banner(app, options.host, listening.getsockname()[1], options.db)
    if not _is_loopback(options.host):
        print(_OPEN_TO_OTHERS.format(host=options.host), file=sys.stderr, flush=True)
    serve(instance, listening, on_ready=lambda: print(banner, flush=True))


def _banner(app: LocalApp, host: str, port: int, path: Path | None) -> str:
    shown = f"[{host}]" if ":" in host else host
    return _BANNER.format(
        url=f"http://{shown}:{port}",
        app_id=app.app_id,
        admin_token=app.admin_token,
        data=path.resolve() if path else "in memory, gone when this ends (keep it with --db PATH)",
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _cannot_listen(host: str, port: int, cause: OSError) -> str:
    reason = (cause.strerror or str(cause)).partition(" (while ")[0]  # `socket` names the address too
    if isinstance(cause, gaierror):
        return f"cannot listen on {host}: {reason}."
    return f"cannot listen on {host} port {port}: {reason}. Try another --port; --port 0 takes any free one."
