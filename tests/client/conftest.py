"""What tests of the public surface talk to: a fake server, or a local Instant in this process or over HTTP."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from instant_admin.local import LocalInstant
from scripts.served import Served, serving
from tests.support.fake_server import FakeServer
from tests.support.fake_streams import FakeStreams


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """A scripted server, closed after the test."""
    with FakeServer() as opened:
        yield opened


@pytest.fixture
def streams(server: FakeServer) -> FakeStreams:
    """Sessions and streams on the fake server."""
    return FakeStreams(server)


@pytest.fixture
def instance() -> Iterator[LocalInstant]:
    """A local Instant in this process, to do things to."""
    with LocalInstant() as opened:
        yield opened


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """A local Instant over HTTP."""
    with serving() as running:
        yield running
