"""An app with a schema, its webhooks, and a place to deliver to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from instant_admin.local import LocalInstant
from tests.local.shapes import link, new_app, value
from tests.local.support import AdminCalls
from tests.local.webhooks.hooked import Hooks
from tests.support.fake_server import FakeServer


@pytest.fixture
def admin(instance: LocalInstant) -> AdminCalls:
    """An app with goals and todos."""
    return new_app(
        instance,
        link("goals.todos", "todos.goal", "many-one", cascade="r"),
        goals={"title": value("string"), "rank": value("number")},
        todos={"text": value("string")},
    )


@pytest.fixture
def hooks(admin: AdminCalls) -> Hooks:
    """Its webhooks."""
    return Hooks(admin)


@pytest.fixture
def endpoint() -> Iterator[FakeServer]:
    """Where deliveries go; a test says what it answers."""
    with FakeServer() as server:
        yield server
