"""Kill `instant-admin local` under write load, again and again, and look for what is lost or half there.

    python scripts/crash.py [rounds]

Each round starts the server on the same file, lets threads write batches, and kills it with SIGKILL at some moment. The
next start must find every batch that was acknowledged, every batch whole, and the file sound.
"""

from __future__ import annotations

import random
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # for `scripts.served`, as tests import it

from instant_admin import InstantAdmin, InstantError, new_id
from scripts.served import Served, serving

_ROUNDS = 50
_WRITERS = 4
_PARTS = 5
_SHORTEST_SECONDS, _LONGEST_SECONDS = 0.05, 0.5


class Load:
    """Threads that write batches until the server is gone, and note which were acknowledged."""

    def __init__(self, served: Served) -> None:
        self.acknowledged: list[str] = []
        self._db = InstantAdmin(served.app_id, served.admin_token, base_url=served.url, retry=None, engine="httpx")
        self._threads = [threading.Thread(target=self._write) for _ in range(_WRITERS)]

    def run(self, served: Served, seconds: float) -> list[str]:
        """Write for some time, kill the server, and return the ids of the acknowledged batches."""
        for thread in self._threads:
            thread.start()
        time.sleep(seconds)
        served.stop(signal.SIGKILL)
        for thread in self._threads:
            thread.join()
        self._db.close()
        return self.acknowledged

    def _write(self) -> None:
        tx = self._db.tx
        while True:
            batch = new_id()
            # A link made by writing it ends in the namespace of its own name.
            parts = [tx.parts[new_id()].update({"number": n}).link({"batches": batch}) for n in range(_PARTS)]
            try:
                self._db.transact([tx.batches[batch].update({"of": _PARTS}), *parts])
            except InstantError:
                return
            self.acknowledged.append(batch)


def faults(path: Path, acknowledged: Iterable[str]) -> list[str]:
    """What is wrong with a file after a kill; empty when all is well."""
    with serving("--db", str(path)) as served:
        with InstantAdmin(served.app_id, served.admin_token, base_url=served.url, engine="httpx") as db:
            try:
                rows = db.query({"batches": {"parts": {}}, "parts": {}})
            except InstantError as error:
                return [f"the file cannot be read: {error}\n{served.errors()}"]
        served.stop(signal.SIGINT)
    found = {batch["id"]: len(batch["parts"]) for batch in rows["batches"]}
    lost = [f"batch {id} was acknowledged and is gone" for id in acknowledged if id not in found]
    half = [f"batch {id} has {count} of {_PARTS} parts" for id, count in found.items() if count != _PARTS]
    count = len(rows["parts"])
    stray = [] if count == _PARTS * len(found) else [f"{count} parts for {len(found)} batches"]
    with sqlite3.connect(path) as db_file:
        (verdict,) = db_file.execute("PRAGMA integrity_check").fetchone()
    db_file.close()
    return [*lost, *half, *stray, *([] if verdict == "ok" else [f"the file is damaged: {verdict}"])]


def crash(path: Path, rounds: int) -> tuple[int, list[str]]:
    """Run all rounds on one file.

    Returns:
        How many batches were acknowledged, and what is wrong in the end.
    """
    chance = random.Random(rounds)  # noqa: S311  when to kill is no secret, and the same each time
    acknowledged: list[str] = []
    for number in range(rounds):
        with serving("--db", str(path)) as served:
            acknowledged += Load(served).run(served, chance.uniform(_SHORTEST_SECONDS, _LONGEST_SECONDS))
        wrong = faults(path, acknowledged)
        if wrong:
            return len(acknowledged), [f"round {number + 1}: {fault}" for fault in wrong]
    return len(acknowledged), []


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else _ROUNDS
    with tempfile.TemporaryDirectory() as folder:
        count, wrong = crash(Path(folder) / "crash.sqlite", rounds)
    print("\n".join(wrong) or f"Killed {rounds} times: all {count} acknowledged transactions are there and whole.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
