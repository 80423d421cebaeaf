"""Exchanges recorded from a real Instant server, played to a local one in process. Each reply must be equal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from instant_admin.local import LocalInstant
from tests.local.replay import replay
from tests.local.support import Clock, opener, sender

RECORDINGS = Path(__file__).parent.parent / "recordings"


def scenarios() -> list[Path]:
    """All recorded scenarios."""
    return sorted(RECORDINGS.glob("*/*.json"))


@pytest.mark.parametrize("file", scenarios(), ids=lambda file: file.stem)
def test_replies_equal_the_recorded_ones(file: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario: dict[str, Any] = json.loads(file.read_text())
    with LocalInstant(clock=clock) as instance:

        def sleep(seconds: float) -> None:
            """Let time go on by as much as a scenario sleeps."""
            clock.advance(seconds)
            instance.control.settle()

        monkeypatch.setattr("tests.local.replay.time.sleep", sleep)
        assert replay(scenario, sender(instance), opener(instance)) == []
