"""Settings that hold for every test: no outside environment, one event loop library, repeatable random data."""

from __future__ import annotations

import inspect
import os

import pytest
from hypothesis import settings

settings.register_profile("tests", deadline=None, max_examples=60, derandomize=True)
settings.load_profile("tests")

_OUTSIDE = ("INSTANT_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the settings and proxies of whoever runs the tests."""
    for name in list(os.environ):
        if name.upper().startswith(_OUTSIDE):
            monkeypatch.delenv(name)


@pytest.fixture
def anyio_backend() -> str:
    """The only event loop library the SDK supports."""
    return "asyncio"


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector: pytest.Module | pytest.Class, name: str, obj: object) -> None:
    """Let anyio run every asynchronous test, so that tests read the same in both flavours."""
    inner = getattr(getattr(obj, "hypothesis", None), "inner_test", obj)  # what `@given` wraps
    if collector.istestfunction(obj, name) and inspect.iscoroutinefunction(inner):
        pytest.mark.anyio(obj)
