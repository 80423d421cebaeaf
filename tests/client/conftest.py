"""A fake server for each test of the public surface."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

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
