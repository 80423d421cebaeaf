"""What all rules of one request have in common: the rules themselves, who asks, and from where."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from instant_admin.local.cel import Request
from instant_admin.local.permissions.rate_limits import RateLimit
from instant_admin.local.permissions.trace import RuleTrace
from instant_admin.local.rules.lookup import Rules, rules_of
from instant_admin.local.store import App
from instant_admin.local.users.directory import User

if TYPE_CHECKING:
    from instant_admin.local.router import Call


@dataclass(frozen=True)
class Circumstances:
    """What all rules of one request can see or depend on."""

    rules: Rules
    user: User | None
    """Who asks; nobody is a guest request, whose `auth` is empty."""
    ip: str
    origin: str
    now: Callable[[], float]
    """Seconds since 1970."""
    limits: Mapping[str, RateLimit]
    trace: RuleTrace
    names_causes: bool = False
    """Whether errors say what is wrong with a rule: only to those who check permissions."""

    @cached_property
    def auth(self) -> Mapping[str, Any]:
        """The user as rules see it."""
        return {} if self.user is None else self.user.shown()

    def request(self, modified_fields: Sequence[str] = ()) -> Request:
        """The request as rules see it."""
        return Request(modified_fields, self.ip, self.origin, self.now)


def circumstances_of(
    call: Call,
    app: App,
    user: User | None,
    *,
    rules: Rules | None = None,
    ip: str | None = None,
    origin: str | None = None,
    names_causes: bool = False,
) -> Circumstances:
    """The circumstances of a request.

    Args:
        call: The request; it names where it comes from.
        app: Whose rules count.
        user: Who asks.
        rules: Other rules instead of the app's.
        ip: Another address than the request's.
        origin: Another origin than the request's.
        names_causes: See `Circumstances`.
    """
    headers, instance = call.request.headers, call.instance
    rules = rules_of(app.rules) if rules is None else rules
    return Circumstances(
        rules=rules,
        user=user,
        ip=_forwarded_for(headers.get("x-forwarded-for", "")) if ip is None else ip,
        origin=headers.get("origin", "") if origin is None else origin,
        now=lambda: instance.now_ms() / 1000,
        limits=instance.rate_limits.of(app.id, rules.limits),
        trace=instance.rule_trace,
        names_causes=names_causes,
    )


def _forwarded_for(header: str) -> str:
    """The last but one of the addresses that a request came through (recording perm_request_ip)."""
    addresses = header.split(",")
    return addresses[-2].strip() if len(addresses) > 1 else ""
