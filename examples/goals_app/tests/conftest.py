"""Every test's app has the schema and the rules of the real one."""

from __future__ import annotations

import pytest
from goals_app.model import rules, schema

from instant_admin import InstantAdmin, Rules, Schema, User


@pytest.fixture
def instant_schema() -> Schema:
    return schema


@pytest.fixture
def instant_rules() -> Rules:
    return rules


@pytest.fixture
def ann(instant: InstantAdmin) -> User:
    """A user, signed in."""
    return instant.auth.sign_in("ann@example.com").user


@pytest.fixture
def bob(instant: InstantAdmin) -> User:
    """Another one."""
    return instant.auth.sign_in("bob@example.com").user
