"""The local Instants of this process: who has opened which, and when one can be closed."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from instant_admin.errors import ConfigurationError

if TYPE_CHECKING:
    from instant_admin._core.schema.values import Schema
    from instant_admin.local import LocalApp, LocalInstant

_SHARED_MEMORY = "memory"


@dataclass
class _Opened:
    instance: LocalInstant
    users: int = 0


@dataclass
class InstanceLease:
    """One client's use of a local Instant, and the app it uses there."""

    instance: LocalInstant
    app_id: str
    admin_token: str | None = field(repr=False)
    _give_back: Callable[[], None] | None = field(default=None, repr=False)

    def release(self) -> None:
        """Give it back, once; the last user of a file, and the only one of a private memory, closes it."""
        give_back, self._give_back = self._give_back, None
        if give_back is not None:
            give_back()


_opened: dict[str, _Opened] = {}
_lock = Lock()


def open_local(
    path: str | Path | None,
    instance: LocalInstant | None,
    app: LocalApp | None,
    schema: Schema | None,
) -> InstanceLease:
    """The local Instant of `InstantAdmin.local`: a fresh one in memory, that of a file, or one that is there.

    Raises:
        ConfigurationError: The arguments contradict each other, or the file cannot be opened.
        InstantError: The schema is refused.
    """
    if instance is not None:
        if path is not None:
            raise ConfigurationError("Pass a path or an instance, not both.")
        return lease_given(instance, app, schema=schema)
    if app is not None:
        raise ConfigurationError("app= names an app of instance=, which is missing.")
    return lease_fresh(schema) if path is None else lease_shared(os.fspath(path), schema=schema)


def lease_fresh(schema: Schema | None = None) -> InstanceLease:
    """A local Instant in memory that nobody else uses, with a new app.

    Raises:
        InstantError: The schema is refused.
    """
    from instant_admin.local import LocalInstant

    instance = LocalInstant()
    try:
        app = instance.create_app()
        if schema is not None:
            _push_schema(instance, app.app_id, app.admin_token, schema)
    except BaseException:
        instance.close()
        raise
    return InstanceLease(instance, app.app_id, app.admin_token, instance.close)


def lease_given(instance: LocalInstant, app: LocalApp | None = None, *, schema: Schema | None = None) -> InstanceLease:
    """A local Instant that somebody else has opened and closes.

    Args:
        instance: It.
        app: App to use; else the instance's default app.
        schema: Entities and links to add.

    Raises:
        InstantError: The schema is refused.
    """
    used = app or instance.default_app()
    if schema is not None:
        _push_schema(instance, used.app_id, used.admin_token, schema)
    return InstanceLease(instance, used.app_id, used.admin_token)


def lease_shared(
    path: str, app_id: str | None = None, admin_token: str | None = None, *, schema: Schema | None = None
) -> InstanceLease:
    """The local Instant of a file, or with "" the one in memory, that all clients of this process share.

    Args:
        path: File, made where it does not exist.
        app_id: App to use, made where it does not exist; else the file's own app, the same each time.
        admin_token: Token of a new app; else a random one.
        schema: Entities and links to add.

    Raises:
        ConfigurationError: The file cannot be opened.
    """
    from instant_admin.local import LocalInstant

    key = os.path.realpath(path) if path else _SHARED_MEMORY
    with _lock:
        opened = _opened.get(key)
        if opened is None:
            opened = _opened[key] = _Opened(LocalInstant(Path(key) if path else None))
        opened.users += 1
    try:
        if app_id is None:
            app = opened.instance.default_app()
            app_id, admin_token = app.app_id, admin_token or app.admin_token
        else:
            opened.instance.ensure_app(app_id, admin_token)
        if schema is not None:
            _push_schema(opened.instance, app_id, admin_token, schema)
    except BaseException:
        _release(key)
        raise
    # The shared memory stays until the process ends.
    return InstanceLease(opened.instance, app_id, admin_token, partial(_release, key) if path else None)


def _release(key: str) -> None:
    with _lock:
        opened = _opened[key]
        opened.users -= 1
        if opened.users == 0:
            del _opened[key]
            opened.instance.close()


def _push_schema(instance: LocalInstant, app_id: str, admin_token: str | None, schema: Schema) -> None:
    from instant_admin._core.api_errors import read_api_error
    from instant_admin._core.values import encode_json
    from instant_admin.local import Request

    body = {"schema": schema.to_json(), "check_types": True, "supports_background_updates": False}
    reply = instance.handle(
        Request(
            method="POST",
            path=f"/dash/apps/{app_id}/schema/push/apply",
            query=(),
            headers={"authorization": f"Bearer {admin_token}", "content-type": "application/json"},
            body=encode_json(body),
        )
    )
    if reply.status != 200:
        raise read_api_error(reply.status, reply.body, secrets=(admin_token or "",), impersonated=False)
