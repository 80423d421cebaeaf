"""Where a local Instant puts the e-mails that a real one sends."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock


@dataclass(frozen=True, slots=True)
class Email:
    """A magic code on its way to its owner."""

    app_id: str
    to: str
    code: str = field(repr=False)
    sent_at_ms: int


class Outbox:
    """The e-mails of one instance, oldest first."""

    def __init__(self) -> None:
        self._emails: list[Email] = []
        self._lock = Lock()

    def send(self, email: Email) -> None:
        """Put an e-mail into the box."""
        with self._lock:
            self._emails.append(email)

    def read(self, app_id: str | None = None) -> list[Email]:
        """The e-mails of one app, or of all."""
        with self._lock:
            return [email for email in self._emails if app_id in (None, email.app_id)]

    def clear(self, app_id: str) -> None:
        """Take the e-mails of an app away."""
        with self._lock:
            self._emails = [email for email in self._emails if email.app_id != app_id]
