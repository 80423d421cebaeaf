"""`extra-fields`: custom `$users` attributes that are set when a user is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from instant_admin.local.attributes import AttributeSet
from instant_admin.local.errors import Refusal, bad_request, validation_failed

_PAIR = 2


def read(given: object) -> dict[str, Any]:
    """The fields by name; none for an absent, null or empty value. A list of pairs is as good as an object.

    Raises:
        Refusal: It is something else, which is an unexplained 500 there (recording auth_extra_fields_shapes).
    """
    if given is None or given in ("", [], {}):
        return {}
    if isinstance(given, Mapping):
        return dict(cast("Mapping[str, Any]", given))
    if isinstance(given, list):
        pairs = [item for item in cast("list[object]", given) if isinstance(item, list)]
        names = {pair[0] for pair in pairs if len(pair) == _PAIR and isinstance(pair[0], str)}
        if len(names) == len(cast("list[object]", given)):
            return {pair[0]: pair[1] for pair in pairs}
    raise bad_request("`extra-fields` must be an object of `$users` attributes.")


def check_names(fields: Mapping[str, Any], attributes: AttributeSet) -> None:
    """Refuse the first field that is no custom attribute of `$users`.

    Raises:
        Refusal: There is one.
    """
    for name in fields:
        attribute = attributes.forward("$users", name)
        if attribute is None:
            raise _refused(fields, f"Unknown field: {name}. It must be defined in your $users schema.")
        if attribute.catalog == "system":
            raise _refused(fields, f"Cannot set system field: {name}")


def _refused(fields: Mapping[str, Any], message: str) -> Refusal:
    return validation_failed("extra-fields", dict(fields), [{"message": message}])
