"""The `/admin` routes for users, codes and sessions. Impersonation has no effect on them.

Order of checks: app id, token, parameters, existence, app status (recording auth_status_order_of_checks).
"""

from __future__ import annotations

from typing import Any

from instant_admin.local import coerce
from instant_admin.local.errors import bad_request, record_not_found, validation_failed
from instant_admin.local.identity import admin_app
from instant_admin.local.router import Call, Router
from instant_admin.local.status import check_writable
from instant_admin.local.users import accounts, directory, extra_fields, sign_in, tokens


def register(router: Router) -> None:
    """Add the routes."""
    router.add("POST", "/admin/magic_code", make_code)
    router.add("POST", "/admin/send_magic_code", send_code)
    router.add("POST", "/admin/verify_magic_code", verify_code)
    router.add("POST", "/admin/refresh_tokens", issue_token)
    router.add("POST", "/admin/sign_in_guest", sign_in_guest)
    router.add("POST", "/admin/sign_out", sign_out)
    router.add("GET", "/admin/users", show_user)
    router.add("DELETE", "/admin/users", delete_user)


def make_code(call: Call) -> object:
    """Make a magic code."""
    app = admin_app(call)
    return {"code": sign_in.make_code(call.instance, app, call.required("email", coerce.as_email))}


def send_code(call: Call) -> object:
    """Make a magic code and put it into the outbox."""
    app = admin_app(call)
    return {"code": sign_in.send_code(call.instance, app, call.required("email", coerce.as_email))}


def verify_code(call: Call) -> object:
    """Sign in with a magic code."""
    return sign_in.verify_code(call, admin_app(call), by_admin=True)


def sign_in_guest(call: Call) -> object:
    """Make a guest."""
    return sign_in.add_guest(call, admin_app(call), by_admin=True)


def issue_token(call: Call) -> object:
    """Begin a session of a user, who is made where it does not exist."""
    app = admin_app(call)
    _check_is_json(call)
    email = call.optional("email", coerce.as_email)
    user_id = call.optional("id", coerce.as_uuid)
    if email is None and user_id is None:
        raise _nobody_named("body", call.body.value, "Please provide an `email` or `id`")
    fields = call.body.get("extra-fields")
    with call.instance.store.write(app) as unit:
        known = directory.find(unit, email=email) if email is not None else directory.find(unit, id=user_id)
        read = {} if known else extra_fields.read(fields)
        extra_fields.check_names(read, unit.attributes)
        check_writable(unit.app)
        account = accounts.Account(known.id, is_new=False) if known else accounts.add(unit, user_id, email, read)
        return sign_in.signed_in(unit, account)


def sign_out(call: Call) -> object:
    """End sessions, whatever the status of the app."""
    app = admin_app(call)
    _check_is_json(call)
    given = next((key for key in ("id", "email", "refresh_token") if coerce.is_given(call.body.get(key))), None)
    if given is None:
        raise _nobody_named("body", call.body.value, "Please provide an `id`, `email`, or `refresh_token`")
    value = call.required(given, coerce.as_email if given == "email" else coerce.as_uuid)
    with call.instance.store.write(app) as unit:
        if given == "refresh_token":
            tokens.end(unit, value)
            return {"ok": True}
        if given == "email":
            user = directory.find(unit, email=value)
            if user is None:
                raise record_not_found("app-user", {"app-id": app.id, "email": value})
            value = user.id
        tokens.end_all(unit, value)
    return {"ok": True}


def show_user(call: Call) -> object:
    """A user by address, token or id."""
    app = admin_app(call)
    wanted = _wanted(call)
    with call.instance.store.read(app) as unit:
        user = directory.find(unit, **wanted)
    return {"user": user.shown() if user else None}


def delete_user(call: Call) -> object:
    """Delete a user by address, token or id."""
    app = admin_app(call)
    wanted = _wanted(call)
    with call.instance.store.write(app) as unit:
        user = directory.find(unit, **wanted)
        if user is None:
            return {"deleted": None}
        check_writable(unit.app)
        return {"deleted": accounts.delete(unit, user)}


def _wanted(call: Call) -> dict[str, str]:
    """The first of the parameters that name a user; the others are not looked at."""
    for name in ("email", "refresh_token", "id"):
        value = call.optional_parameter(name, coerce.as_email if name == "email" else coerce.as_uuid)
        if value is not None:
            return {name: value}
    raise _nobody_named("params", call.parameters, "Please provide a user id, email, or refresh_token")


def _nobody_named(where: str, given: Any, message: str) -> Exception:
    return validation_failed(where, given, [{"message": message}])


def _check_is_json(call: Call) -> None:
    # The real server answers such a call with an empty 500 (server contract, refresh_tokens).
    if not call.body.is_json:
        raise bad_request("The body must be sent as application/json.")
