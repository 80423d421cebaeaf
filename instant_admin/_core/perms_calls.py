"""Permission rules: from arguments to calls. All are made as the app itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from instant_admin._core.context import Context
from instant_admin._core.generated import wire_request
from instant_admin._core.wire import Call


@dataclass(frozen=True, slots=True)
class RulesPushResult:
    """Rules that are in force."""

    changed: bool
    """Whether they are others than before."""
    version: int | None
    """How many times the app's rules have been changed; None where they have not."""


def pull(context: Context) -> Call[dict[str, Any] | None]:
    """Read the rules; None where there never were any."""
    from instant_admin_api.api.schema import get_app_rules as operation

    kwargs = operation._get_kwargs(context.app_id)
    request = wire_request(kwargs, context.credentials(needs_token=True))
    return Call("getAppRules", request, _read_rules, is_read=True, secrets=context.secrets)


def push(context: Context, code: Mapping[str, Any]) -> Call[RulesPushResult]:
    """Replace the rules."""
    from instant_admin_api.api.schema import push_app_rules as operation
    from instant_admin_api.models.push_rules_request import PushRulesRequest

    kwargs = operation._get_kwargs(context.app_id, body=PushRulesRequest(code=code))
    request = wire_request(kwargs, context.credentials(needs_token=True))
    return Call("pushAppRules", request, _read_pushed, is_read=False, secrets=context.secrets)


def _read_rules(body: bytes) -> dict[str, Any] | None:
    return msgspec.convert(msgspec.json.decode(body)["perms"], dict[str, Any] | None)


def _read_pushed(body: bytes) -> RulesPushResult:
    row = msgspec.json.decode(body)["rules"]
    return RulesPushResult(row is not None, None if row is None else int(row["version"]))
