"""A local Instant for each test, its admin's calls, and recorded exchanges played to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from instant_admin.local import LocalInstant
    from tests.local.support import AdminCalls, Clock


@pytest.fixture
def clock() -> Clock:
    """The time of the `instance`, which stands still until a test moves it."""
    from tests.local.support import Clock

    return Clock()


@pytest.fixture
def instance(clock: Clock) -> Iterator[LocalInstant]:
    """A local Instant in memory, closed after the test."""
    from instant_admin.local import LocalInstant

    with LocalInstant(clock=clock) as opened:
        yield opened


@pytest.fixture
def admin(instance: LocalInstant) -> AdminCalls:
    """Calls with the admin token of a new app of the `instance`."""
    from tests.local.support import AdminCalls

    return AdminCalls(instance, instance.create_app())
