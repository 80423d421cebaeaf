"""Which engine a client gets."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from typing import Any

from instant_admin._core.settings import Settings
from instant_admin._engines.base import AsyncEngine, AsyncStreamEngine, Engine, StreamEngine
from instant_admin._engines.instances import InstanceLease
from instant_admin.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """How to open an engine, decided and checked when the client is made."""

    base_url: str
    name: str
    """The engine's name. After a fork httpx stands in for pyreqwest, which does not survive one."""
    http_client: Any = None
    lease: InstanceLease | None = None

    def release(self) -> None:
        """Give back what the choice itself holds, the local Instant."""
        if self.lease is not None:
            self.lease.release()

    def open(self) -> Engine:
        """A blocking engine."""
        if self.lease is not None:
            from instant_admin._engines.local import LocalEngine

            return LocalEngine(self.lease.instance)
        if self.name == "pyreqwest":
            from instant_admin._engines.pyreqwest import PyreqwestEngine, is_usable

            if is_usable():
                return PyreqwestEngine(self.base_url)
        from instant_admin._engines.httpx import HttpxEngine, library_of

        library = library_of(self.http_client)
        if library is None:
            return HttpxEngine.open(self.base_url)
        return HttpxEngine(self.base_url, self.http_client, library, is_owned=False)

    def open_async(self) -> AsyncEngine:
        """An awaitable engine for the running event loop."""
        if self.lease is not None:
            from instant_admin._engines.local import AsyncLocalEngine

            return AsyncLocalEngine(self.lease.instance)
        if self.name == "pyreqwest":
            from instant_admin._engines.pyreqwest import AsyncPyreqwestEngine, is_usable

            if is_usable():
                return AsyncPyreqwestEngine(self.base_url)
        from instant_admin._engines.httpx import AsyncHttpxEngine, library_of

        library = library_of(self.http_client)
        if library is None:
            return AsyncHttpxEngine.open(self.base_url)
        return AsyncHttpxEngine(self.base_url, self.http_client, library, is_owned=False)

    def open_streams(self) -> StreamEngine:
        """A blocking engine for what goes on piece by piece."""
        if self.lease is not None:
            from instant_admin._engines.local_streams import LocalStreamEngine

            return LocalStreamEngine(self.lease.instance)
        from instant_admin._engines.httpx import library_of
        from instant_admin._engines.httpx_streams import HttpxStreamEngine

        library = library_of(self.http_client)
        if library is None:
            return HttpxStreamEngine.open(self.base_url)
        return HttpxStreamEngine(self.base_url, self.http_client, library, is_owned=False)

    def open_async_streams(self) -> AsyncStreamEngine:
        """An awaitable engine for what goes on piece by piece, for the running event loop."""
        if self.lease is not None:
            from instant_admin._engines.local_streams import AsyncLocalStreamEngine

            return AsyncLocalStreamEngine(self.lease.instance)
        from instant_admin._engines.httpx import library_of
        from instant_admin._engines.httpx_streams import AsyncHttpxStreamEngine

        library = library_of(self.http_client)
        if library is None:
            return AsyncHttpxStreamEngine.open(self.base_url)
        return AsyncHttpxStreamEngine(self.base_url, self.http_client, library, is_owned=False)


def local_engine(lease: InstanceLease) -> EngineChoice:
    """The engine for a local Instant."""
    return EngineChoice("local:", "local", lease=lease)


def choose_engine(settings: Settings, http_client: object, *, client_class: str) -> EngineChoice:
    """The engine for a server.

    Args:
        settings: Of the client.
        http_client: The caller's own client, or None.
        client_class: Name of the class that `http_client` must be of: "Client" or "AsyncClient".

    Raises:
        ConfigurationError: The engine is not installed, or `http_client` is of another library or flavour.
    """
    if http_client is not None:
        return _choose_given(settings, http_client, client_class)
    has_pyreqwest = importlib.util.find_spec("pyreqwest") is not None
    if settings.engine == "pyreqwest" and not has_pyreqwest:
        raise ConfigurationError("engine='pyreqwest' needs the extra: pip install 'instant-admin[fast]'.")
    is_fast = has_pyreqwest and settings.engine != "httpx"
    return EngineChoice(settings.base_url, "pyreqwest" if is_fast else "httpx")


def _choose_given(settings: Settings, http_client: object, client_class: str) -> EngineChoice:
    from instant_admin._engines.httpx import library_of

    library = library_of(http_client)
    if library is None or not isinstance(http_client, getattr(library, client_class)):
        raise ConfigurationError(
            f"http_client must be an httpx.{client_class} or httpx2.{client_class}, got {type(http_client).__name__}."
        )
    if settings.engine == "pyreqwest":
        raise ConfigurationError("http_client is sent through httpx; leave engine out, or give no http_client.")
    return EngineChoice(settings.base_url, library.__name__, http_client)
