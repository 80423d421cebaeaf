"""An app with webhooks, and short ways to its events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.local.support import AdminCalls, Answer

Json = dict[str, Any]
ALL = ["create", "update", "delete"]
PUBLIC_URL = "https://hooks.example.com/in"


@dataclass
class Hooks:
    """Calls to the webhooks of one app."""

    admin: AdminCalls

    @property
    def path(self) -> str:
        return f"/dash/apps/{self.admin.app.app_id}/webhooks"

    def post(self, path: str = "", body: object = None) -> Answer:
        return self.admin.post(self.path + path, body)

    def make(self, url: str = PUBLIC_URL, namespaces: list[str] | None = None, actions: list[str] | None = None) -> str:
        """Make a webhook; its id."""
        answer = self.try_making(url, namespaces, actions)
        assert answer.status == 200, answer
        return str(answer.body["webhook"]["id"])

    def try_making(
        self, url: str = PUBLIC_URL, namespaces: list[str] | None = None, actions: list[str] | None = None
    ) -> Answer:
        given = {"url": url, "namespaces": namespaces or ["goals"], "actions": actions or ALL}
        return self.post("", given)

    def all(self) -> list[Json]:
        found: list[Json] = self.admin.get(self.path).body["webhooks"]
        return found

    def events(self, id: str) -> list[Json]:
        """The events of a webhook, the newest first, when all that is due has been tried."""
        self.admin.instance.control.settle()
        found: list[Json] = self.admin.get(f"{self.path}/{id}/events").body["events"]
        return found

    def payload(self, id: str, isn: str) -> Answer:
        return self.admin.get(f"/webhooks/payload/{self.admin.app.app_id}/{id}/{isn}")

    def told(self, id: str) -> list[list[tuple[str, str, str]]]:
        """What the events of a webhook tell of, the oldest first: namespace, action and id, sorted."""
        return [
            sorted((record["namespace"], record["action"], record["id"]) for record in self._records(id, event["isn"]))
            for event in reversed(self.events(id))
        ]

    def changes(self, id: str) -> list[list[tuple[Json | None, Json | None]]]:
        """The states before and after that the events of a webhook tell of, the oldest first."""
        return [
            [(record["before"], record["after"]) for record in self._records(id, event["isn"])]
            for event in reversed(self.events(id))
        ]

    def _records(self, id: str, isn: str) -> list[Json]:
        records: list[Json] = self.payload(id, isn).body["data"]
        return records


def reasons(answer: Answer) -> list[str]:
    """What a refusal says of each fault."""
    return [error["message"] for error in answer.hint["errors"]]
