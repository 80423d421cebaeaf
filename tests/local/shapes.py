"""Schemas and entity ids for tests, written short."""

from __future__ import annotations

from typing import Any

from instant_admin.local import LocalInstant
from tests.local.support import AdminCalls, Answer

Json = dict[str, Any]


def eid(number: int) -> str:
    """An entity id; they sort as their numbers do."""
    return f"00000000-0000-4000-8000-{number:012x}"


def value(type: str = "any", flags: str = "") -> Json:
    """A plain attribute; flags are of `i` (indexed), `u` (unique) and `r` (required)."""
    return {"valueType": type, "config": {"indexed": "i" in flags, "unique": "u" in flags}, "required": "r" in flags}


def link(
    forward: str, reverse: str, has: str = "many-many", *, cascade: str = "", required: bool = False
) -> dict[str, Json]:
    """A link from `namespace.label` to `namespace.label`; cascades are of `f` (forward) and `r` (reverse)."""
    (on, label), (back_on, back_label) = forward.split("."), reverse.split(".")
    one, other = has.split("-")
    definition: Json = {
        "forward": {"on": on, "label": label, "has": one, "required": required},
        "reverse": {"on": back_on, "label": back_label, "has": other},
    }
    for end, letter in (("forward", "f"), ("reverse", "r")):
        if letter in cascade:
            definition[end]["onDelete"] = "cascade"
    return {f"{forward}/{reverse}": definition}


def schema(links: Json | None = None, **entities: Json) -> Json:
    """A schema: namespaces with their attributes, and links."""
    return {"entities": {etype: {"attrs": attributes} for etype, attributes in entities.items()}, "links": links or {}}


def new_app(instance: LocalInstant, links: Json | None = None, **entities: Json) -> AdminCalls:
    """The admin's calls to a new app with a schema."""
    return AdminCalls(instance, instance.create_app(schema=schema(links, **entities)))


def write(admin: AdminCalls, *steps: list[Any], **options: Any) -> Answer:
    """One transaction."""
    return admin.post("/admin/transact", {"steps": list(steps), **options})


def done(admin: AdminCalls, *steps: list[Any]) -> int:
    """One transaction that is accepted; its number."""
    answer = write(admin, *steps)
    assert answer.status == 200, answer
    number: int = answer.body["tx-id"]
    return number


def rows(admin: AdminCalls, etype: str, **form: Any) -> list[Json]:
    """The entities of a namespace; keyword arguments are nested forms."""
    found: list[Json] = admin.ok("/admin/query", {"query": {etype: form}})[etype]
    return found


def by_id(admin: AdminCalls, etype: str, **form: Any) -> dict[str, Json]:
    """The entities of a namespace by id, each without it."""
    return {row.pop("id"): row for row in rows(admin, etype, **form)}
