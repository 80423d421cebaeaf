"""Recorded page info and counts, which a real server sends over streams: here the query behind a stream is run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from instant_admin.local import LocalInstant
from instant_admin.local.errors import Blunder, Refusal
from instant_admin.local.query import run_query
from tests.local.replay import replay
from tests.local.support import sender

RECORDINGS = Path(__file__).parents[2] / "recordings"
MACHINE = str(uuid4())


def _scenarios() -> list[Path]:
    files = [*(RECORDINGS / "query").glob("*.json"), *(RECORDINGS / "realtime").glob("live_page_*.json")]
    return sorted(file for file in files if _is_answered_once(json.loads(file.read_text())))


def _is_answered_once(scenario: dict[str, Any]) -> bool:
    """Whether it opens streams of the admin's queries, and waits for no later results."""
    steps = scenario["steps"]
    return any("sse_open" in step for step in steps) and not any(
        step.get("event", {}).get("op") == "refresh-ok" for step in steps
    )


class _FirstAnswer:
    """A stream with the first result of a query, or with its refusal."""

    status = 200

    def __init__(self, instance: LocalInstant, headers: dict[str, str], body: bytes) -> None:
        query, event_id, session = json.loads(body)["query"], str(uuid4()), str(uuid4())
        init = {"op": "sse-init", "machine-id": MACHINE, "session-id": session, "sse-token": str(uuid4())}
        sent = {
            "op": "add-query",
            "q": query,
            "client-event-id": event_id,
            "session-id": session,
            "return-type": "tree",
        }
        app = instance.store.find_app(headers["app-id"])
        assert app is not None
        answer: dict[str, Any]
        try:
            with instance.store.read(app) as unit:
                result = run_query(unit, query)
        except Refusal as refusal:
            answer = {
                "op": "error",
                "status": refusal.status,
                "original-event": sent,
                **json.loads(refusal.reply().body),
            }
            if isinstance(refusal, Blunder):
                answer |= {"status": 500, "type": None, "hint": None}
        else:
            meta = {"page-info": result.page_info, "aggregate": result.aggregate}
            answer = {"op": "add-query-ok", "q": query, "result": result.tree, "result-meta": meta}
            answer["processed-tx-id"] = "not known here"
        self._events = [init, {**answer, "client-event-id": event_id}]

    def next(self, seconds: float) -> Any:
        return self._events.pop(0) if self._events else None

    def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize("file", [pytest.param(file, id=file.stem) for file in _scenarios()])
def test_page_info_and_counts_equal_the_recorded_ones(file: Path) -> None:
    with LocalInstant() as instance:
        found = replay(
            json.loads(file.read_text()),
            sender(instance),
            lambda method, path, query, headers, body: _FirstAnswer(instance, headers, body),
        )
    assert [difference for difference in found if ".processed-tx-id:" not in difference] == []
