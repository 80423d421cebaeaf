"""The routes for an app's rules: setting, showing, and what they were before.

Evidence: recordings http_rules_*, http_rule_versions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, cast

from instant_admin.local import identity
from instant_admin.local.coerce import is_given
from instant_admin.local.errors import bad_request, param_missing, validation_failed
from instant_admin.local.router import Call, Router
from instant_admin.local.rules import check_rules
from instant_admin.local.timestamps import timestamp

_VERSIONS_SHOWN = 50


def register(router: Router) -> None:
    """Add the routes."""
    router.add("GET", "/superadmin/apps/{app_id}/perms", show)
    router.add("POST", "/superadmin/apps/{app_id}/perms", replace)
    router.add("GET", "/dash/apps/{app_id}/perms/pull", show)
    router.add("POST", "/dash/apps/{app_id}/rules", replace)
    router.add("GET", "/dash/apps/{app_id}/rule-versions", show_versions)


def show(call: Call) -> object:
    """The rules in force; null where none were ever set."""
    app = identity.managed_app(call)
    return {"perms": None if app.rules is None else json.loads(app.rules)}


def replace(call: Call) -> object:
    """Put other rules in force, whole; null where they are the same."""
    app = identity.managed_app(call)
    given = call.body.get("code")
    if not is_given(given):
        raise param_missing(("body", "code"))
    code = checked(given)
    if app.rules is not None and json.loads(app.rules) == code:
        return {"rules": None}
    version = call.instance.store.set_rules(app, json.dumps(code))
    return {"rules": {"app_id": app.id, "code": code, "version": version}}


def show_versions(call: Call) -> object:
    """The latest versions but the first, newest first, each with the edits that lead back to the one before."""
    app = identity.managed_app(call)
    known = call.instance.store.rule_versions(app)
    shown = [
        {
            "version": later.version,
            "edits": list(_edits((), later.code, earlier.code)),
            "created_at": timestamp(later.created_ms),
        }
        for earlier, later in pairwise(known)
    ]
    return {"versions": shown[::-1][:_VERSIONS_SHOWN]}


def checked(code: object) -> dict[str, Any]:
    """Rules that may be put in force.

    Raises:
        Refusal: They are no object, or some of them cannot be.
    """
    if not isinstance(code, dict):
        raise bad_request("`code` must be an object of rules by namespace.")
    rules = cast("dict[str, Any]", code)
    faults = check_rules(rules)
    if faults:
        raise validation_failed("rule", rules, faults)
    return rules


def _edits(path: tuple[str | int, ...], present: object, former: object) -> Iterator[list[Any]]:
    """What turns the present value into the former one: `r` replaces, `+` adds, `-` removes."""
    if isinstance(present, dict) and isinstance(former, dict):
        now, then = cast("dict[str, Any]", present), cast("dict[str, Any]", former)
        for key in _stored_order(now):
            if key in then:
                yield from _edits((*path, key), now[key], then[key])
            else:
                yield [[*path, key], "-"]
        yield from ([[*path, key], "+", then[key]] for key in _stored_order(then) if key not in now)
    elif isinstance(present, list) and isinstance(former, list):
        yield from _list_edits(path, cast("list[object]", present), cast("list[object]", former))
    elif present != former or type(present) is not type(former):
        yield [list(path), "r", former]


def _list_edits(path: tuple[str | int, ...], now: list[object], then: list[object]) -> Iterator[list[Any]]:
    """What turns one list into another: what both begin and end with stays, and what one has more comes or goes after
    the rest. Each position is that in the list as the edits before have left it."""
    shorter = min(len(now), len(then))
    begin = next((i for i in range(shorter) if now[i] != then[i]), shorter)
    end = next((i for i in range(shorter - begin) if now[-1 - i] != then[-1 - i]), shorter - begin)
    paired = shorter - end
    for position in range(begin, paired):
        yield from _edits((*path, position), now[position], then[position])
    yield from ([[*path, paired], "-"] for _ in range(len(now) - shorter))
    yield from ([[*path, position], "+", then[position]] for position in range(paired, len(then) - end))


def _stored_order(rules: dict[str, Any]) -> list[str]:
    return sorted(rules, key=lambda key: (len(key.encode()), key.encode()))
