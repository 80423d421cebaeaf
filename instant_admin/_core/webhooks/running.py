"""Running handlers at the same time on an event loop."""

from __future__ import annotations

import asyncio
import inspect
import logging
from collections.abc import Awaitable, Iterable

from instant_admin._core.webhooks.handlers import Handler
from instant_admin._core.webhooks.payload import WebhookRecord
from instant_admin.errors import InstantError

_logger = logging.getLogger("instant_admin")


async def run_handlers(chosen: Iterable[tuple[Handler, WebhookRecord]]) -> None:
    """Start each in turn, wait for all, raise the first failure; see `WebhookHandlers.dispatch_async`."""
    failures: list[Exception] = []
    async with asyncio.TaskGroup() as group:
        for handler, record in chosen:
            try:
                started = handler(record)
            except Exception as error:  # noqa: BLE001  raised below, after those that run
                failures.insert(0, error)
                break
            if inspect.isawaitable(started):
                group.create_task(_finish(started, failures))
                await asyncio.sleep(0)  # lets it begin, so that handlers start in order whatever their kind
    for further in failures[1:]:
        _logger.error("A further webhook handler failed.", exc_info=further)
    if failures:
        raise failures[0]


async def _finish(started: Awaitable[object], failures: list[Exception]) -> None:
    task = asyncio.current_task()
    try:
        await started
    except asyncio.CancelledError as cause:
        if task is None or task.cancelling():
            raise
        # Something the handler waited for was cancelled. Left alone, that would pass for success.
        failure = InstantError("A webhook handler was cancelled.")
        failure.__cause__ = cause
        failures.append(failure)
    except Exception as error:  # noqa: BLE001  raised when all are done
        failures.append(error)
