"""An app with books on shelves, and calls to it by somebody who is not the admin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from instant_admin.local import LocalInstant
from tests.local.support import AdminCalls, Answer

Rules = Mapping[str, Any]

SCHEMA: dict[str, Any] = {
    "entities": {
        "shelves": {"attrs": {"label": {"valueType": "string", "config": {"indexed": True, "unique": True}}}},
        "books": {
            "attrs": {
                "title": {"valueType": "string", "config": {"indexed": True}},
                "isbn": {"valueType": "string", "config": {"unique": True}},
                "meta": {"valueType": "json", "config": {}},
            }
        },
        "notes": {"attrs": {"text": {"valueType": "string", "config": {}}}},
        "tags": {"attrs": {"word": {"valueType": "string", "config": {}}}},
    },
    "links": {
        "bookShelf": {
            "forward": {"on": "books", "label": "shelf", "has": "one"},
            "reverse": {"on": "shelves", "label": "books", "has": "many"},
        },
        "bookTags": {
            "forward": {"on": "books", "label": "tags", "has": "many"},
            "reverse": {"on": "tags", "label": "books", "has": "many"},
        },
        "noteBook": {
            "forward": {"on": "notes", "label": "book", "has": "one", "onDelete": "cascade"},
            "reverse": {"on": "books", "label": "notes", "has": "many"},
        },
        "bookOwner": {
            "forward": {"on": "books", "label": "owner", "has": "one"},
            "reverse": {"on": "$users", "label": "books", "has": "many"},
        },
    },
}


def eid(name: str) -> str:
    """The id of an entity by a name of the test's own."""
    return str(uuid5(NAMESPACE_URL, name))


@dataclass
class Checked:
    """One entry of `check-results`, short."""

    action: str
    etype: str
    eid: str | None
    bindings: dict[str, Any]
    passes: bool
    result: Any
    program: dict[str, Any]


class Library:
    """An app under rules."""

    def __init__(self, instance: LocalInstant, rules: Rules | None = None) -> None:
        self.admin = AdminCalls(instance, instance.create_app(schema=SCHEMA, rules=rules))

    def write(self, *steps: list[Any]) -> None:
        """Transact as the admin."""
        self.admin.ok("/admin/transact", {"steps": list(steps)})

    def rule(self, rules: Rules) -> None:
        """Put other rules in force."""
        self.admin.ok(f"/dash/apps/{self.admin.app.app_id}/rules", {"code": rules})

    def transact(self, *steps: list[Any], **headers: str) -> Answer:
        """Transact as a guest, or with other headers of impersonation."""
        return self.admin.post("/admin/transact", {"steps": list(steps)}, **(headers or {"as-guest": "true"}))

    def query(self, query: Mapping[str, Any], **headers: str) -> Answer:
        """Query as a guest, or with other headers of impersonation."""
        return self.admin.post("/admin/query", {"query": query}, **(headers or {"as-guest": "true"}))

    def check(self, *steps: list[Any], rules: Rules | None = None, **body: Any) -> list[Checked]:
        """What the permission check of a transaction as a guest lists."""
        sent = {"steps": list(steps), "rules-override": rules, **body}
        answer = self.admin.post("/admin/transact_perms_check", sent, **{"as-guest": "true"})
        assert answer.status == 200, answer
        return [
            Checked(
                entry["action"],
                entry["etype"],
                entry.get("eid"),
                entry.get("bindings", {}),
                entry["check-pass?"],
                entry["check-result"],
                entry["program"],
            )
            for entry in answer.body["check-results"]
        ]

    def seen(self, query: Mapping[str, Any], rules: Rules | None = None, **body: Any) -> Answer:
        """The permission check of a query as a guest."""
        sent = {"query": query, "rules-override": rules, **body}
        return self.admin.post("/admin/query_perms_check", sent, **{"as-guest": "true"})


def asked(checks: list[Checked]) -> list[tuple[str, str, str | None]]:
    """Action, namespace and entity of checks."""
    return [(check.action, check.etype, check.eid) for check in checks]
