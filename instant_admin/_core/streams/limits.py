"""How long things are waited for, and how much is held in memory."""

from __future__ import annotations

from dataclasses import replace

from instant_admin.types import Timeout

INIT_SECONDS = 10.0
"""A connection that has not said which session it is by then is given up, as the JS SDK does."""
IDLE_SECONDS = 5.0
"""How long a session is kept that no stream uses, for the next one."""
PUSH_SECONDS = 15.0
"""How long a push may take before the session counts as lost."""
FLUSH_SECONDS = 10.0
"""How long to wait, after the server gave up on an append by its clock, for the word that it is stored all the same."""
LEAVE_SECONDS = 30.0
"""How long a writer waits for durability, unless its caller says otherwise."""
CLOSE_SECONDS = 0.5
"""How long a client that is being closed waits for streams that were left before."""

MOST_FAULTS = 5
"""So many failures of the server's in a row, without progress between them, are waited for."""
FAULTS_SECONDS = 60.0
"""Failures further apart are not in a row."""
MOST_FETCHES = 10
"""So many failures to fetch in a row, without a byte between them, are waited for; as the JS SDK does."""

CHUNK_BYTES = 256 * 1024
"""Texts beyond it are sent as several chunks. The server stores whole chunks, and readers do not see them."""
APPEND_BYTES = 1024 * 1024
"""How much of one stream travels in one push."""
PUSH_BYTES = 4 * 1024 * 1024
"""How much of all streams travels in one push."""
BUFFER_BYTES = 8 * 1024 * 1024
"""A writer waits when so much is not durable yet. The server stores 1 MiB at a time (server contract, errors 7)."""
AHEAD_BYTES = 4 * 1024 * 1024
"""A reader fetches no further ahead of its caller, and leaves the stream for a while when so much has arrived."""


def push_timeout(timeout: Timeout) -> Timeout:
    """The limits of a push, from those of ordinary calls."""
    total = PUSH_SECONDS if timeout.total is None else min(timeout.total, PUSH_SECONDS)
    return replace(timeout, total=total)
