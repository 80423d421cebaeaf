"""What a client is made with: arguments first, then the environment, then defaults; checked before any I/O."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias
from urllib.parse import urlsplit
from uuid import UUID

from instant_admin._core.ids import check_uuid
from instant_admin.errors import ConfigurationError, InvalidArgumentError
from instant_admin.types import CallAttempt, Converter, RetryPolicy, Timeout

CLOUD_URL = "https://api.instantdb.com"
LOCAL_SCHEME = "local:"
_HEADER_TEXT = re.compile(r"[\x20-\x7e\xa0-\xff]*")

EngineName: TypeAlias = Literal["auto", "httpx", "pyreqwest"]
OnResponse: TypeAlias = Callable[[CallAttempt], object]


@dataclass(frozen=True, slots=True)
class Settings:
    """Checked settings of one client."""

    app_id: str | None
    """None only with a local Instant, which then gives its own app."""
    admin_token: str | None
    base_url: str
    timeout: Timeout
    retry: RetryPolicy | None
    engine: EngineName
    on_response: OnResponse | None
    converter: Converter | None

    def __repr__(self) -> str:
        return f"Settings(app_id={self.app_id!r}, base_url={self.base_url!r})"

    @property
    def local_path(self) -> str | None:
        """File of the local Instant, "" for one in memory, or None for a server."""
        return self.base_url.removeprefix(LOCAL_SCHEME) if self.base_url.startswith(LOCAL_SCHEME) else None


def read_settings(
    *,
    app_id: object,
    admin_token: object,
    base_url: object,
    timeout: float | Timeout | None,
    retry: RetryPolicy | None,
    engine: str,
    on_response: OnResponse | None,
    converter: Converter | None,
    environ: Mapping[str, str],
) -> Settings:
    """The settings, completed from the environment.

    Raises:
        ConfigurationError: One is missing, malformed or contradicts another.
    """
    url = _check_url(_text(base_url, "base_url") or environ.get("INSTANT_API_URI", "").strip() or CLOUD_URL)
    if engine not in ("auto", "httpx", "pyreqwest"):
        raise ConfigurationError(f"engine must be 'auto', 'httpx' or 'pyreqwest', got {engine!r:.80}.")
    if retry is not None and not isinstance(retry, RetryPolicy):
        raise ConfigurationError(f"retry must be a RetryPolicy or None, got {type(retry).__name__}.")
    for name, callback in (("on_response", on_response), ("converter", converter)):
        if callback is not None and not callable(callback):
            raise ConfigurationError(f"{name} must be callable, got {type(callback).__name__}.")
        if inspect.iscoroutinefunction(callback):
            raise ConfigurationError(f"{name} must be a plain function: it is called, not awaited.")
    return Settings(
        app_id=find_app_id(app_id, environ) if url.startswith(LOCAL_SCHEME) else read_app_id(app_id, environ),
        admin_token=_read_token(admin_token, environ),
        base_url=url,
        timeout=as_timeout(timeout) or Timeout(total=None, connect=None),
        retry=retry,
        engine=engine,  # type: ignore[arg-type]  # checked above; mypy does not narrow str to Literal by `in`
        on_response=on_response,
        converter=converter,
    )


def as_timeout(timeout: float | Timeout | None) -> Timeout | None:
    """A timeout from what callers may write; a number limits the whole call.

    Raises:
        ConfigurationError: Neither a positive number nor a Timeout.
    """
    if timeout is None or isinstance(timeout, Timeout):
        return timeout
    return Timeout(total=timeout)


def read_app_id(given: object, environ: Mapping[str, str]) -> str:
    """The app id, from the environment where it is not given.

    Raises:
        ConfigurationError: There is none, or it is no UUID.
    """
    app_id = find_app_id(given, environ)
    if app_id is None:
        raise ConfigurationError(
            "No app id: pass app_id=... or set INSTANT_APP_ID. To try things without a server: InstantAdmin.local()."
        )
    return app_id


def find_app_id(given: object, environ: Mapping[str, str]) -> str | None:
    """The same where there may be none.

    Raises:
        ConfigurationError: It is no UUID.
    """
    value = given if given is not None else environ.get("INSTANT_APP_ID")
    text = value.strip() if isinstance(value, str) else value
    if text in (None, ""):
        return None
    try:
        return check_uuid(text, "app_id")
    except InvalidArgumentError:
        raise ConfigurationError(f"app_id must be a UUID, got {text!r:.80}.") from None


def is_header_text(value: str) -> bool:
    """Whether a text can be an HTTP header's value: Latin-1 without control characters."""
    return _HEADER_TEXT.fullmatch(value) is not None


def _read_token(given: object, environ: Mapping[str, str]) -> str | None:
    token = _text(str(given) if isinstance(given, UUID) else given, "admin_token")
    for name in ("INSTANT_APP_ADMIN_TOKEN", "INSTANT_ADMIN_TOKEN"):
        token = token if token or given is not None else _text(environ.get(name), name)
    if token and not is_header_text(token):
        raise ConfigurationError("admin_token holds characters that cannot be sent, such as a line break inside it.")
    return token or None


def _text(value: object, name: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise ConfigurationError(f"{name} must be text, got {type(value).__name__}.")
    return value.strip()


def _check_url(url: str) -> str:
    if url.startswith(LOCAL_SCHEME):
        return url
    try:
        parts = urlsplit(url)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        port_is_valid = False
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_valid:
        raise ConfigurationError(f"base_url must be an http(s) address or 'local:', got {_without_login(url)!r:.120}.")
    if parts.username is not None or parts.query or parts.fragment:
        raise ConfigurationError("base_url must hold neither a login nor a query: pass the token as admin_token.")
    if not (url.isascii() and url.isprintable()) or " " in url:
        raise ConfigurationError(f"base_url must be ASCII without blanks (IDNA for other names), got {url!r:.120}.")
    return url.rstrip("/")


def _without_login(url: str) -> str:
    return url.rpartition("@")[2]
