"""Reading an `EventStream` on an event loop, without a thread."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from instant_admin.local.event_stream import EventStream


async def read(events: EventStream, silence_seconds: float) -> AsyncIterator[bytes]:
    """The frames as they come, to the end; b"" after each silence of that many seconds."""
    loop, is_ready = asyncio.get_running_loop(), asyncio.Event()

    events.wake_by(lambda: loop.call_soon_threadsafe(is_ready.set))
    while True:
        is_ready.clear()
        data = events.take()
        if data is None:
            return
        if not data:
            try:
                async with asyncio.timeout(silence_seconds):
                    await is_ready.wait()
            except TimeoutError:
                yield b""
            continue
        yield data
