"""The webhooks of an instance: what its transactions make of them, and their delivery."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from instant_admin.local.store import WriteUnit
from instant_admin.local.webhooks.events import has_work
from instant_admin.local.webhooks.noticing import Noticing, notice
from instant_admin.local.webhooks.signing import SigningKey, load_key

if TYPE_CHECKING:
    from instant_admin.local.instance import LocalInstant
    from instant_admin.local.webhooks.worker import Worker


class Webhooks:
    """All webhooks of an instance. Threads may share it."""

    def __init__(self, instance: LocalInstant) -> None:
        self._instance = instance
        self._lock = Lock()
        self._key: SigningKey | None = None
        self._worker: Worker | None = None
        self._is_closed = False

    def resume(self) -> None:
        """Deliver what an earlier process has left."""
        with self._instance.store.tables() as db:
            is_needed = has_work(db)
        if is_needed:
            self.wake()

    @property
    def key(self) -> SigningKey:
        """What deliveries are signed with.

        Raises:
            Refusal: The extra `webhooks` is not installed.
        """
        if self._key is None:
            with self._instance.store.tables() as db:
                self._key = load_key(db)
        return self._key

    def notice(self, unit: WriteUnit) -> Noticing | None:
        """Begin to notice what a transaction changes, where somebody wants to know."""
        return notice(unit, self._instance.now_ms, self.wake)

    def wake(self) -> None:
        """Deliver what is due. Returns at once."""
        with self._lock:
            if self._is_closed:
                return
            if self._worker is None:
                self._worker = self._new_worker()
            worker = self._worker
        worker.wake()

    def nudge(self) -> None:
        """Look whether something is due now, where something was delivered before. Returns at once."""
        if self._worker is not None:
            self._worker.wake()

    def settle(self) -> None:
        """Wait until all that is due by now has been tried."""
        if self._worker is not None:
            self._worker.settle()

    def close(self) -> None:
        """Deliver nothing any more; what is under way is given up, and delivered when the data is opened again."""
        with self._lock:
            self._is_closed = True
            worker = self._worker
        if worker is not None:
            worker.close()

    def _new_worker(self) -> Worker:
        # Imported when first needed: most instances deliver nothing, and need no HTTP client.
        from instant_admin.local.webhooks.outgoing import Outgoing
        from instant_admin.local.webhooks.worker import Worker

        return Worker(Outgoing(self._instance))
