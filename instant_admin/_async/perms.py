"""The app's permission rules, awaitable."""

from __future__ import annotations

from instant_admin._async.gateway import AsyncGateway
from instant_admin._core import perms_calls as calls
from instant_admin._core.context import Context
from instant_admin._core.perms_calls import RulesPushResult
from instant_admin._perms.forms import RulesDict
from instant_admin._perms.values import Rules
from instant_admin.types import Timeout


class AsyncPermsManager:
    """`db.perms`. Every call here is made as the app itself; `as_user` does not change it."""

    def __init__(self, gateway: AsyncGateway, context: Context) -> None:
        self._gateway = gateway
        self._context = context

    async def pull(self, *, timeout: float | Timeout | None = None) -> Rules | None:
        """The rules in force, or None where none were ever pushed.

        Args:
            timeout: For this call, in seconds.

        Source: GET /superadmin/apps/{app_id}/perms, `getAppRules` in openapi/admin.yaml.
        """
        code = await self._gateway.run(calls.pull(self._context), timeout)
        return None if code is None else Rules.from_json(code)

    async def push(
        self, rules: Rules | RulesDict, *, check: bool = True, timeout: float | Timeout | None = None
    ) -> RulesPushResult:
        """Put rules in force, instead of all those that there are.

        Args:
            rules: All rules of the app: a Rules, or a dict in the form of `Rules.to_json()`.
            check: Look for every fault before anything is sent. The server itself looks for fewer.
            timeout: For this call, in seconds.

        Raises:
            RulesError: There are faults; nothing was sent.
            ValidationFailedError: The server refuses them; `hint["errors"]` says where. Nothing was changed.

        Source: POST /superadmin/apps/{app_id}/perms, `pushAppRules` in openapi/admin.yaml.
        """
        given = rules if isinstance(rules, Rules) else Rules.from_json(rules)
        if check:
            given.check()
        return await self._gateway.run(calls.push(self._context, given.to_json()), timeout)
