"""Moments as the server's replies write them."""

from __future__ import annotations

from datetime import UTC, datetime


def timestamp(ms: int) -> str:
    """A moment, in milliseconds since 1970, as the server's database shows it: UTC, whole seconds."""
    return datetime.fromtimestamp(ms // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
