"""The `/runtime` routes: what a front end calls, without any credentials. The app is named in the body.

Evidence: recordings auth_runtime_guest_and_signout, auth_runtime_unknown_app, auth_runtime_create_rule.
"""

from __future__ import annotations

from instant_admin.local import coerce
from instant_admin.local.errors import foreign_key_invalid, record_not_found
from instant_admin.local.router import Call, Router
from instant_admin.local.users import codes, directory, sign_in, tokens


def register(router: Router) -> None:
    """Add the routes."""
    router.add("POST", "/runtime/auth/send_magic_code", send_code)
    router.add("POST", "/runtime/auth/verify_magic_code", verify_code)
    router.add("POST", "/runtime/auth/sign_in_guest", sign_in_guest)
    router.add("POST", "/runtime/auth/verify_refresh_token", verify_token)
    router.add("POST", "/runtime/signout", sign_out)


def send_code(call: Call) -> object:
    """Put a magic code into the outbox."""
    email = call.required("email", coerce.as_email)
    app_id = call.required("app-id", coerce.as_uuid)
    app = call.instance.store.find_app(app_id)
    if app is None:
        raise record_not_found("app", {"id": app_id})
    sign_in.send_code(call.instance, app, email)
    return {"sent": True}


def verify_code(call: Call) -> object:
    """Sign in with a magic code; the rule for sign-up decides about new users."""
    email = call.required("email", coerce.as_email)
    code = call.required("code", coerce.as_text)
    app_id = call.required("app-id", coerce.as_uuid)
    app = call.instance.store.find_app(app_id)
    if app is None:
        token = call.optional("refresh-token", coerce.as_uuid)
        raise codes.unknown(app_id, email, code) if token is None else directory.unknown_token(app_id, token)
    return sign_in.verify_code(call, app, by_admin=False)


def sign_in_guest(call: Call) -> object:
    """Make a guest, if the rule for sign-up allows it."""
    app = call.instance.store.find_app(call.required("app-id", coerce.as_uuid))
    if app is None:
        raise _no_app_to_write_to()
    return sign_in.add_guest(call, app, by_admin=False)


def verify_token(call: Call) -> object:
    """The user whose session a refresh token is."""
    token = call.required("refresh-token", coerce.as_uuid)
    app_id = call.required("app-id", coerce.as_uuid)
    app = call.instance.store.find_app(app_id)
    user = None
    if app is not None:
        with call.instance.store.read(app) as unit:
            user = directory.find(unit, refresh_token=token)
    if user is None:
        raise directory.unknown_token(app_id, token)
    return {"user": user.shown(refresh_token=token)}


def sign_out(call: Call) -> object:
    """End the session of a refresh token; an unknown one is fine."""
    app_id = call.required("app_id", coerce.as_uuid)
    token = call.required("refresh_token", coerce.as_uuid)
    app = call.instance.store.find_app(app_id)
    if app is None:
        raise _no_app_to_write_to()
    with call.instance.store.write(app) as unit:
        tokens.end(unit, token)
    return {}


def _no_app_to_write_to() -> Exception:
    return foreign_key_invalid("transactions", "transactions_app_id_fkey")
