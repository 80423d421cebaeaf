"""The description, the recordings, and what holding one against the other gives, each read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.contract.check import Check, Report
from scripts.contract.description import Description, load_yaml
from scripts.contract.evidence import Citations
from scripts.contract.recordings import Exchange, read_all

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def description() -> Description:
    """openapi/admin.yaml. A test that changes it puts it back."""
    return Description(load_yaml(ROOT / "openapi/admin.yaml"))


@pytest.fixture(scope="session")
def citations() -> Citations:
    """openapi/citations.yaml."""
    return Citations.read(ROOT / "openapi/citations.yaml")


@pytest.fixture(scope="session")
def exchanges() -> list[Exchange]:
    """Everything that was recorded."""
    return read_all(ROOT / "tests/recordings")


@pytest.fixture(scope="session")
def report(description: Description, exchanges: list[Exchange]) -> Report:
    """The description held against everything that was recorded."""
    return Check(description).run(exchanges)
