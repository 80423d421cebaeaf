"""On whose behalf a call is made: an immutable value, so that acting as a user cannot leak into other calls."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from instant_admin._core.policy import DEFAULT_POLICY, Policy
from instant_admin._core.settings import is_header_text
from instant_admin.errors import ConfigurationError, InvalidArgumentError
from instant_admin.types import Converter


@dataclass(frozen=True, slots=True)
class Impersonation:
    """The user that calls run as, under that user's permissions."""

    kind: Literal["email", "token", "guest"]
    value: str

    def __repr__(self) -> str:
        return f"Impersonation({self.kind}={'[redacted]' if self.kind == 'token' else repr(self.value)})"


@dataclass(frozen=True, slots=True)
class Context:
    """Who calls, and for which app."""

    app_id: str
    admin_token: str | None
    converter: Converter | None = None
    impersonation: Impersonation | None = None
    policy: Policy = DEFAULT_POLICY

    def __repr__(self) -> str:
        return f"Context(app_id={self.app_id!r}, impersonation={self.impersonation!r})"

    def as_user(self, email: str | None, token: str | None, guest: bool) -> Context:
        """The context for one user; replaces whom this context acts as.

        Raises:
            InvalidArgumentError: Not exactly one identity, or one that cannot be sent.
        """
        if guest is not True and guest is not False:
            raise InvalidArgumentError(f"as_user: guest must be True or left out, got {guest!r:.80}.")
        if (email is not None) + (token is not None) + guest != 1:
            raise InvalidArgumentError("as_user takes exactly one of email=..., token=... and guest=True.")
        if email is not None:
            # The server compares this header with stored addresses as it is, and stores them in lower case
            # (recording auth_as_email_exact).
            found = Impersonation("email", _header_value(email, "as_user: email").lower())
        elif token is not None:
            found = Impersonation("token", _header_value(token, "as_user: token", is_secret=True))
        else:
            found = Impersonation("guest", "true")
        return replace(self, impersonation=found)

    @property
    def app_parameters(self) -> dict[str, Any]:
        """The app, as arguments of a generated operation."""
        return {"app_id_header": self.app_id, "app_id_query": self.app_id}

    @property
    def user_parameters(self) -> dict[str, Any]:
        """The app and the user acted as, as arguments of a generated operation that honours impersonation."""
        identity = self.impersonation
        if identity is None:
            return self.app_parameters
        return {**self.app_parameters, f"as_{identity.kind}": True if identity.kind == "guest" else identity.value}

    def credentials(self, *, needs_token: bool) -> dict[str, str]:
        """The header that authorizes a call, or none.

        Args:
            needs_token: Whether the endpoint wants the admin token even when a user's token or a guest is named.

        Raises:
            ConfigurationError: There is no admin token and the call needs one.
        """
        if self.admin_token is not None:
            return {"authorization": f"Bearer {self.admin_token}"}
        if needs_token or self.impersonation is None or self.impersonation.kind == "email":
            raise ConfigurationError(
                "This call needs the app's admin token: pass admin_token=... or set INSTANT_APP_ADMIN_TOKEN. Without "
                "it only as_user(token=...), as_user(guest=True) and auth.verify_token work."
            )
        return {}

    @property
    def secrets(self) -> tuple[str, ...]:
        """Tokens this context sends."""
        identity = self.impersonation
        token = identity.value if identity is not None and identity.kind == "token" else None
        return tuple(secret for secret in (self.admin_token, token) if secret)


def _header_value(value: object, what: str, *, is_secret: bool = False) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidArgumentError(f"{what} must be text that is not blank, got {type(value).__name__}.")
    text = value.strip()
    if not is_header_text(text):
        shown = "" if is_secret else f": {text!r:.80}"
        raise InvalidArgumentError(f"{what} holds characters that an HTTP header cannot carry{shown}.")
    return text
