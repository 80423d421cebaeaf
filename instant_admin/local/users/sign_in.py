"""Signing in with a magic code or as a guest: what the `/admin` and the `/runtime` routes have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from instant_admin.local import coerce
from instant_admin.local.permissions import check_sign_up, circumstances_of
from instant_admin.local.router import Call
from instant_admin.local.status import check_writable
from instant_admin.local.store import App
from instant_admin.local.users import accounts, codes, directory, extra_fields, tokens
from instant_admin.local.users.accounts import Account
from instant_admin.local.users.directory import User
from instant_admin.local.users.outbox import Email
from instant_admin.local.users.records import Reading, Writing

if TYPE_CHECKING:
    from instant_admin.local.instance import LocalInstant


def make_code(instance: LocalInstant, app: App, email: str) -> str:
    """A new code for an address.

    Raises:
        Refusal: The app takes no writes, or the address is too long.
    """
    with instance.store.write(app) as unit:
        check_writable(unit.app)
        return codes.make(unit, email)


def send_code(instance: LocalInstant, app: App, email: str) -> str:
    """A new code for an address, in the outbox.

    Raises:
        Refusal: As `make_code`, and after 20 of them within an hour.
    """
    instance.limits.count("send", app.id, email)
    code = make_code(instance, app, email)
    instance.outbox.send(Email(app.id, email, code, instance.now_ms()))
    return code


def verify_code(call: Call, app: App, *, by_admin: bool) -> dict[str, Any]:
    """Sign in with the code, address and so on of the call's body.

    Raises:
        Refusal: In the order of `auth_verify_*` recordings: parameters, the guest's token, too many attempts, names of
            extra fields, the rule for sign-up, the code, the app's status, values of extra fields (the code is used up
            by then).
    """
    email = call.required("email", coerce.as_email)
    code = call.required("code", coerce.as_text)
    guest_token = call.optional("refresh-token", coerce.as_uuid)
    store = call.instance.store
    with store.read(app) as unit:
        guest = _guest(unit, guest_token)
        call.instance.limits.count("verify", app.id, email)
        is_new = directory.find(unit, email=email) is None
        fields = _fields(call, unit) if is_new else {}
        if is_new and not by_admin:
            user_id = guest.id if guest else str(uuid4())
            check_sign_up(unit, circumstances_of(call, unit.app, None), user_id, email, fields)
    with store.write(app) as unit:
        found = codes.find(unit, email, code, call.instance.now_ms())
        check_writable(unit.app)
        codes.use_up(unit, found)
    with store.write(app) as unit:
        return signed_in(unit, accounts.sign_in(unit, email, guest, fields))


def add_guest(call: Call, app: App, *, by_admin: bool) -> dict[str, Any]:
    """Make a guest and begin its session.

    Raises:
        Refusal: Extra fields are not right, the rule for sign-up says no, or the app takes no writes.
    """
    with call.instance.store.write(app) as unit:
        fields = _fields(call, unit)
        if not by_admin:
            check_sign_up(unit, circumstances_of(call, unit.app, None), str(uuid4()), None, fields)
        check_writable(unit.app)
        return {"user": signed_in(unit, accounts.add_guest(unit, fields))["user"]}


def signed_in(unit: Writing, account: Account) -> dict[str, Any]:
    """Begin a session; the reply of all ways to sign in."""
    token = tokens.issue(unit, account.id)
    user = directory.find(unit, id=account.id)
    assert user is not None, "it was found or made in this transaction"
    return {"user": user.shown(refresh_token=token), "created": account.is_new}


def _guest(unit: Reading, token: str | None) -> User | None:
    """The guest to upgrade. Tokens of others are ignored (recording auth_verify_token_of_no_guest)."""
    if token is None:
        return None
    user = directory.find(unit, refresh_token=token)
    if user is None:
        raise directory.unknown_token(unit.app.id, token)
    return user if user.is_guest else None


def _fields(call: Call, unit: Reading) -> dict[str, Any]:
    fields = extra_fields.read(call.body.get("extra-fields"))
    extra_fields.check_names(fields, unit.attributes)
    return fields
