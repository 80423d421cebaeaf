"""The recorded exchanges again, over real sockets: all of them against one server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from scripts.served import serving
from tests.local.replay import replay
from tests.local.served import ServedCalls
from tests.local.test_recordings import scenarios


@pytest.fixture(scope="module")
def server() -> Iterator[ServedCalls]:
    with serving("--control") as served, closing(ServedCalls(served)) as calls:
        yield calls


@pytest.mark.parametrize("file", scenarios(), ids=lambda file: file.stem)
def test_replies_over_a_socket_equal_the_recorded_ones(
    file: Path, server: ServedCalls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.local.replay.time.sleep", server.sleep)

    assert replay(json.loads(file.read_text()), server.send, server.open_stream) == []
