"""Requests and replies of our own small web applications, apart from ASGI and WSGI."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus

MAX_BODY_BYTES = 64 * 1024
"""Far more than a webhook delivery or a session ever needs."""


@dataclass(frozen=True, slots=True)
class WebRequest:
    """One request, whole."""

    method: str
    source: object
    """The ASGI scope or WSGI environ, for `read_header`."""
    body: bytes


@dataclass(frozen=True, slots=True)
class WebReply:
    """One reply, whole."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def status_line(self) -> str:
        """Such as "200 OK"."""
        return f"{self.status} {HTTPStatus(self.status).phrase}"


def accepted(*headers: tuple[str, str]) -> WebReply:
    """The reply when all is well."""
    return _reply(200, {"ok": True}, headers)


def refused(status: int, error: str, *headers: tuple[str, str]) -> WebReply:
    """The reply otherwise. The text is ours: nothing of the request is in it."""
    return _reply(status, {"ok": False, "error": error}, headers)


def _reply(status: int, content: object, headers: tuple[tuple[str, str], ...]) -> WebReply:
    body = json.dumps(content, separators=(",", ":")).encode()
    return WebReply(status, (("content-type", "application/json"), ("content-length", str(len(body))), *headers), body)


TOO_LARGE = refused(413, "The body is too large.")
