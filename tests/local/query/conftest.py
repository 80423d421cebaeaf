"""An app with tasks, people and tags."""

from __future__ import annotations

import pytest

from instant_admin.local import LocalInstant
from tests.local.query.library import ANN, BOB, HOT, NEW, PLAN, SHIP, TEST, new_app
from tests.local.support import AdminCalls


@pytest.fixture
def admin(instance: LocalInstant) -> AdminCalls:
    """Calls to an app with a few tasks.

    Ann owns the plan, Bob reviews it and owns the test, nobody owns the shipping.
    """
    calls = new_app(instance)
    steps = [
        ["update", "people", ANN, {"name": "Ann", "age": 30, "nick": "A", "code": "ann"}],
        ["update", "people", BOB, {"name": "Bob", "age": 40}],
        ["update", "tags", NEW, {"label": "new"}],
        ["update", "tags", HOT, {"label": "hot"}],
        ["update", "tasks", PLAN, {"title": "Plan", "rank": 1, "due": "2026-01-02"}],
        ["update", "tasks", TEST, {"title": "Test", "rank": 2, "note": "n"}],
        ["update", "tasks", SHIP, {"title": "Ship"}],
        ["link", "tasks", PLAN, {"owner": ANN, "reviewer": BOB, "tags": [NEW, HOT]}],
        ["link", "tasks", TEST, {"owner": BOB, "reviewer": BOB, "tags": HOT}],
        ["link", "people", ANN, {"buddy": BOB}],
    ]
    calls.ok("/admin/transact", {"steps": steps})
    return calls
