"""Magic codes: six digits that sign in whoever reads the mail of an address. Only hashes are stored, as `$magicCodes`.

A code belongs to an address, not to a user, and works once (recordings auth_verify_after_user_deleted,
auth_verify_code_is_used_up, auth_admin_writes_codes_and_tokens).
"""

from __future__ import annotations

import hashlib
import secrets
from uuid import uuid4

from instant_admin.local.errors import record_expired, record_not_found
from instant_admin.local.users.records import Reading, Writing, delete_entities, ids_with, put, read_entity

_CODES = "$magicCodes"
_RECORD = "app-user-magic-code"
_LENGTH, _DIGITS = 6, "012345678"
"""The real server never uses a 9."""
_LIFETIME_MS = 24 * 3600 * 1000


def make(unit: Writing, email: str) -> str:
    """Make a code for an address; earlier ones stay valid.

    Raises:
        Refusal: The address is too long to be indexed.
    """
    code = "".join(secrets.choice(_DIGITS) for _ in range(_LENGTH))
    put(unit, _CODES, str(uuid4()), {"email": email, "codeHash": _hashed(code)})
    return code


def find(unit: Reading, email: str, code: str, now_ms: int) -> str:
    """The id of a code that may be used.

    Raises:
        Refusal: The address has no such code, or it is too old.
    """
    asked = {"app-id": unit.app.id, "code": code, "email": email}
    for found in ids_with(unit, _CODES, "email", email):
        entity = read_entity(unit, _CODES, found)
        if entity is None or entity.values.get("codeHash") != _hashed(code):
            continue
        if now_ms > entity.created_ms + _LIFETIME_MS:
            raise record_expired(_RECORD, asked)
        return found
    raise unknown(unit.app.id, email, code)


def unknown(app_id: str, email: str, code: str) -> Exception:
    """The refusal of a wrong or used code."""
    return record_not_found(_RECORD, {"app-id": app_id, "code": code, "email": email})


def use_up(unit: Writing, code_id: str) -> None:
    """Make a code unusable."""
    delete_entities(unit, _CODES, [code_id])


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
