"""`/admin/query`, `/admin/transact` and their permission checks.

Order of checks: app id, the body's main key, credentials, shape, app status (recordings perm_who_checks_need_both,
auth_status_other_endpoints).
"""

from __future__ import annotations

from typing import Any, cast

from instant_admin.local import coerce, identity
from instant_admin.local.files.urls import origin_of
from instant_admin.local.identity import Caller
from instant_admin.local.permissions import Circumstances, RuleChecks, RuleVisibility, circumstances_of, rule_routes
from instant_admin.local.query import RULE_PARAMS, QueryResult, run_query
from instant_admin.local.router import Call, Router
from instant_admin.local.rules import Rules
from instant_admin.local.status import check_readable
from instant_admin.local.store import ReadUnit
from instant_admin.local.transact import run_transaction


def register(router: Router) -> None:
    """Add the routes."""
    router.add("POST", "/admin/query", query)
    router.add("POST", "/admin/transact", transact)
    router.add("POST", "/admin/query_perms_check", check_query)
    router.add("POST", "/admin/transact_perms_check", check_transact)


def query(call: Call) -> object:
    """Run a query; the reply is the tree itself, without page info and counts."""
    app_id = identity.app_id_of(call)
    wanted = call.required("query", _as_object)
    caller = identity.caller(call, app_id)
    check_readable(caller.app)
    with call.instance.store.read(caller.app, origin=origin_of(call.request)) as unit:
        return query_as(call, unit, caller, wanted, inference=call.flag("inference?")).tree


def query_as(call: Call, unit: ReadUnit, caller: Caller, wanted: dict[str, Any], *, inference: bool) -> QueryResult:
    """Run a query for somebody, as far as the rules let them see.

    Args:
        call: The request that it belongs to; rules can see where that is from.
        unit: The data.
        caller: Who asks.
        wanted: The query.
        inference: Whether singular links are objects or null instead of lists.

    Raises:
        Refusal: The query is no valid one, or a rule cannot be evaluated.
    """
    visibility = None
    if not caller.is_admin:
        visibility = RuleVisibility(unit, circumstances_of(call, unit.app, caller.user), wanted.get(RULE_PARAMS))
    return run_query(unit, wanted, inference=inference, visibility=visibility)


def transact(call: Call) -> object:
    """Run a transaction, whole or not at all."""
    app_id = identity.app_id_of(call)
    steps = call.required("steps", _as_collection)
    caller = identity.caller(call, app_id)
    with call.instance.store.write(caller.app, origin=origin_of(call.request)) as unit:
        tx_id = run_transaction(
            unit,
            steps,
            throw_on_missing=call.flag("throw-on-missing-attrs?"),
            permissions=permissions_of(call, unit, caller),
        )
    return {"tx-id": tx_id}


def permissions_of(call: Call, unit: ReadUnit, caller: Caller) -> RuleChecks | None:
    """What the rules let somebody write; None for an admin. As for `query_as`."""
    return None if caller.is_admin else RuleChecks(circumstances_of(call, unit.app, caller.user))


def check_query(call: Call) -> object:
    """Run a query as somebody else and say what each rule decided."""
    app_id = identity.app_id_of(call)
    wanted = call.required("query", _as_object)
    caller = identity.checked_caller(call, app_id)
    circumstances = _checked_circumstances(call, caller)
    check_readable(caller.app)
    with call.instance.store.read(caller.app, origin=origin_of(call.request)) as unit:
        visibility = RuleVisibility(unit, circumstances, wanted.get(RULE_PARAMS))
        result = run_query(unit, wanted, inference=call.flag("inference?"), visibility=visibility)
    return {"check-results": visibility.check_results(), "result": result.tree, "rule-wheres": None}


def check_transact(call: Call) -> object:
    """Try a transaction as somebody else and say what each rule decided.

    It is undone again, unless the caller wants to keep it and all rules allow it.
    """
    app_id = identity.app_id_of(call)
    steps = call.required("steps", _as_collection)
    caller = identity.checked_caller(call, app_id)
    checks = RuleChecks(_checked_circumstances(call, caller), refuses=False)
    tx_id, committed = 0, False
    try:
        with call.instance.store.write(caller.app, origin=origin_of(call.request)) as unit:
            tx_id = run_transaction(
                unit,
                steps,
                throw_on_missing=call.flag("throw-on-missing-attrs?"),
                permissions=checks,
            )
            if not (call.flag("dangerously-commit-tx") and checks.all_pass):
                raise _Undo
            committed = True
    except _Undo:
        pass
    return {
        "tx-id": tx_id,
        "all-checks-ok?": checks.all_pass,
        "committed?": committed,
        "check-results": checks.check_results(),
    }


class _Undo(Exception):
    """Rolls a transaction back that was only tried."""


def _checked_circumstances(call: Call, caller: Caller) -> Circumstances:
    """The circumstances of a permission check, which may put others in place of the real ones.

    Raises:
        Refusal: An override is malformed, or the rules cannot be put in force.
    """
    override = call.body.get("rules-override")
    return circumstances_of(
        call,
        caller.app,
        caller.user,
        rules=None if override is None else Rules(rule_routes.checked(override)),
        ip=call.optional("ip-override", coerce.as_non_blank),
        origin=call.optional("origin-override", coerce.as_non_blank),
        names_causes=True,
    )


def _as_object(value: object) -> dict[str, Any] | None:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def _as_collection(value: object) -> object:
    return cast("object", value) if isinstance(value, dict | list) else None
