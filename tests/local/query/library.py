"""A small app to query: tasks, people and tags, with every kind of link and attribute."""

from __future__ import annotations

from typing import Any

from instant_admin.local import LocalInstant
from tests.local.support import AdminCalls, Answer


def attribute(data_type: str, *, indexed: bool = False, unique: bool = False) -> dict[str, Any]:
    return {"valueType": data_type, "required": False, "config": {"unique": unique, "indexed": indexed}}


def link(on: str, label: str, has: str, target: str, reverse: str, reverse_has: str) -> dict[str, Any]:
    return {
        "forward": {"on": on, "label": label, "has": has},
        "reverse": {"on": target, "label": reverse, "has": reverse_has},
    }


SCHEMA: dict[str, Any] = {
    "entities": {
        "tasks": {
            "attrs": {
                "title": attribute("string", indexed=True),
                "rank": attribute("number", indexed=True),
                "due": attribute("date", indexed=True),
                "note": attribute("string"),
                "loose": attribute("any"),
            }
        },
        "people": {
            "attrs": {
                "name": attribute("string", indexed=True),
                "age": attribute("number", indexed=True),
                "nick": attribute("string"),
                "code": attribute("string", indexed=True, unique=True),
            }
        },
        "tags": {"attrs": {"label": attribute("string", indexed=True)}},
    },
    "links": {
        "owner": link("tasks", "owner", "one", "people", "owned", "many"),
        "reviewer": link("tasks", "reviewer", "one", "people", "reviews", "many"),
        "tags": link("tasks", "tags", "many", "tags", "tasks", "many"),
        "buddy": link("people", "buddy", "one", "people", "buddyOf", "one"),
    },
}


def entity_id(number: int) -> str:
    """An id that sorts by its number."""
    return f"{number:08x}-0000-4000-8000-000000000000"


def new_app(instance: LocalInstant) -> AdminCalls:
    return AdminCalls(instance, instance.create_app(schema=SCHEMA))


def ask(admin: AdminCalls, query: object, *, inference: bool = False, **headers: str) -> Answer:
    return admin.post("/admin/query", {"query": query, "inference?": inference}, **headers)


def found(admin: AdminCalls, namespace: str, **options: object) -> list[str]:
    """The ids of a form's entities, in order."""
    answer = ask(admin, {namespace: {"$": {"fields": [], **options}}})
    assert answer.status == 200, answer
    return [entity["id"] for entity in answer.body[namespace]]


PLAN, TEST, SHIP = (entity_id(number) for number in (1, 2, 3))
ANN, BOB = (entity_id(number) for number in (11, 12))
NEW, HOT = (entity_id(number) for number in (21, 22))
NOBODY = entity_id(99)
