"""Time limits of transfers: a large file takes as long as it takes, as long as it moves."""

from __future__ import annotations

from instant_admin._core.settings import as_timeout
from instant_admin.types import Timeout


def transfer_limits(given: float | Timeout | None, of_client: Timeout) -> Timeout:
    """The limits of an upload or download: a number, like the client's `total`, is the longest silence.

    Args:
        given: For this transfer; a Timeout counts as it is.
        of_client: Where none is given.

    Raises:
        ConfigurationError: Neither a positive number nor a Timeout.
    """
    if isinstance(given, Timeout):
        return given
    limits = as_timeout(given) or of_client
    parts = (limits.connect, limits.read, limits.write, limits.pool)
    connect, read, write, pool = (_least(part, limits.total) for part in parts)
    return Timeout(total=None, connect=connect, read=read, write=write, pool=pool)


def _least(limit: float | None, total: float | None) -> float | None:
    if limit is None or total is None:
        return total if limit is None else limit
    return min(limit, total)
