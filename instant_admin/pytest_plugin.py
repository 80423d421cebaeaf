"""pytest fixtures over a local Instant: every test gets an app of its own, in memory, in a few milliseconds.

pytest finds them where instant-admin is installed; `-p no:instant_admin` leaves them out.

    def test_goal_is_kept(instant):
        instant.transact(instant.tx.goals[new_id()].update({"title": "Get fit"}))
        assert len(instant.query({"goals": {}})["goals"]) == 1

Override `instant_schema` and `instant_rules` in a conftest.py to give each app a schema and permission rules. With
pytest-xdist each worker has its own server. Everything is imported when a fixture is first used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from instant_admin import AsyncInstantAdmin, InstantAdmin, Rules, Schema
    from instant_admin.local import LocalApp, LocalInstant


@pytest.fixture(scope="session")
def instant_server() -> Iterator[LocalInstant]:
    """The local Instant of this test session, in memory; `instant_server.control` has what tests need of it."""
    from instant_admin.local import LocalInstant

    with LocalInstant() as server:
        yield server


@pytest.fixture
def instant_schema() -> Schema | Mapping[str, Any] | None:
    """Entities and links that each test's app begins with, a Schema or its JSON form: override it."""
    return None


@pytest.fixture
def instant_rules() -> Rules | Mapping[str, Any] | None:
    """Permission rules of each test's app, Rules or their JSON form: override it. Without, users may do everything."""
    return None


@pytest.fixture
def instant_app(
    request: pytest.FixtureRequest,
    instant_server: LocalInstant,
    instant_schema: Schema | Mapping[str, Any] | None,
    instant_rules: Rules | Mapping[str, Any] | None,
) -> Iterator[LocalApp]:
    """The app of this test, shared by `instant` and `async_instant`, and gone with it.

    Faults that have not happened and rules that were traced are gone then too, and the clock is right again.
    """
    control = instant_server.control
    app = control.create_app(request.node.name, instant_schema, instant_rules)
    yield app
    control.delete_app(app)
    control.clear_faults()
    control.stop_rule_trace()
    control.reset_clock()


@pytest.fixture
def instant(instant_server: LocalInstant, instant_app: LocalApp) -> Iterator[InstantAdmin]:
    """A blocking client of this test's app, as its admin."""
    from instant_admin import InstantAdmin

    with InstantAdmin.local(instance=instant_server, app=instant_app) as db:
        yield db


@pytest.fixture
def async_instant(instant_server: LocalInstant, instant_app: LocalApp) -> Iterator[AsyncInstantAdmin]:
    """An awaitable client of this test's app, as its admin. It suits every plugin that runs asynchronous tests."""
    from instant_admin import AsyncInstantAdmin

    db = AsyncInstantAdmin.local(instance=instant_server, app=instant_app)
    yield db
    _close(db)


def _close(db: AsyncInstantAdmin) -> None:
    """Close a client outside of the test's event loop, which may run or be closed by now."""
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, db.aclose()).result()
