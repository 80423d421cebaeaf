"""A local Instant: a faithful Instant server in this process, on SQLite, without an account.

    from instant_admin.local import LocalInstant

    with LocalInstant("dev.sqlite") as instance:
        app = instance.default_app()

`InstantAdmin.local()` and `base_url="local:"` use it without a socket, `instant-admin local` serves it over HTTP, and
`instant_admin.local.asgi` makes an ASGI application of it.

    wire.py, body.py, router.py       requests, replies, and which handler answers what
    errors.py, coerce.py              refusals, and how parameters are read
    identity.py                       who a request is from
    instance.py, apps.py              the instance and its apps
    attributes.py, catalog.py, store/ what is stored, and how
    schema/, transact/, query/        the schema, writing and reading
    values/                           how single values compare, sort, merge and count
    cel/, rules/, evaluate.py         permission rules
    permissions/                      asking them about reads and writes
    users/                            sign-in, users, tokens
    live/, event_stream.py            live queries, sessions, rooms and streams
    webhooks/                         webhooks, and their delivery
    unsupported.py                    what is refused
    control/                          what tests need of a server and a real one does not offer
    asgi.py, server.py                over HTTP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from instant_admin.local.control import ConnectionDropped, Control, Snapshot
    from instant_admin.local.evaluate import RuleVerdict, evaluate_rule
    from instant_admin.local.instance import LocalApp, LocalInstant
    from instant_admin.local.wire import Reply, Request

__all__ = [
    "ConnectionDropped",
    "Control",
    "LocalApp",
    "LocalInstant",
    "Reply",
    "Request",
    "RuleVerdict",
    "Snapshot",
    "evaluate_rule",
]

_HOMES = {
    "ConnectionDropped": "control",
    "Control": "control",
    "LocalApp": "instance",
    "LocalInstant": "instance",
    "Reply": "wire",
    "Request": "wire",
    "Snapshot": "control",
    "RuleVerdict": "evaluate",
    "evaluate_rule": "evaluate",
}


def __getattr__(name: str) -> Any:
    """Import on first use: each part is useful without the others."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
