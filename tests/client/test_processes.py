"""What only blocking programs do: threads, forks, and Ctrl-C.

Forks run in a fresh interpreter, away from pytest's own.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from instant_admin import InstantAdmin
from tests.client._sync.flavour import connect
from tests.client.values import APP, TOKEN, every_engine
from tests.support.fake_server import Answer, FakeServer, Received, cut, reply, stalled

ROOT = Path(__file__).parent.parent.parent


def run(script: str, *arguments: str) -> str:
    """What a script prints in an interpreter of its own."""
    path = os.pathsep.join((str(ROOT), str(ROOT / "generated")))
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(script), *arguments],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@every_engine
def test_32_threads_share_one_client(server: FakeServer, engine: str) -> None:
    def echo(request: Received) -> Answer:
        return reply({"goals": [request.json["query"]["goals"]["$"], {"as": request.headers.get("as-email")}]})

    server.always(echo)
    barrier = threading.Barrier(32)

    def work(number: int) -> None:
        barrier.wait()
        for index in range(5):
            rows = db.as_user(email=f"{number}@b.co").query({"goals": {"$": {"offset": index}}})
            assert rows == {"goals": [{"offset": index}, {"as": f"{number}@b.co"}]}

    with connect(server, engine) as db, ThreadPoolExecutor(32) as pool:
        list(pool.map(work, range(32)))
    assert len(server.received) == 160


FORK = """
    import os, signal, sys
    from instant_admin import InstantAdmin
    db = InstantAdmin(sys.argv[1], sys.argv[2], base_url=sys.argv[3], engine=sys.argv[4])
    print(db.query({"parent": {}}))
    sys.stdout.flush()
    if os.fork() == 0:
        signal.alarm(20)
        with db:
            print(db.query({"child": {}}))
            sys.stdout.flush()
        os._exit(0)
    assert os.wait()[1] == 0
    print(db.query({"parent again": {}}))
    db.close()
"""


@pytest.mark.parametrize("engine", ["httpx", "pyreqwest"])
def test_child_of_a_fork_opens_its_own_connection_and_leaves_the_parents_alone(server: FakeServer, engine: str) -> None:
    server.always(lambda request: reply({name: [] for name in request.json["query"]}))
    told = run(FORK, APP, TOKEN, server.url, engine)
    assert told.splitlines() == ["{'parent': []}", "{'child': []}", "{'parent again': []}"]
    parent, child, again = (each.connection for each in server.received)
    assert parent == again != child


def interrupted(server: FakeServer, db: InstantAdmin) -> None:
    """Press Ctrl-C when the request has arrived."""
    main = threading.main_thread().ident
    assert main is not None

    def press() -> None:
        server.wait_for_requests(1)
        signal.pthread_kill(main, signal.SIGINT)

    thread = threading.Thread(target=press)
    thread.start()
    try:
        db.query({})
    finally:
        thread.join()


@pytest.mark.parametrize("engine", ["httpx", "an httpx client", "an httpx2 client"])
@pytest.mark.parametrize(
    "answer", [stalled(), cut(reply({"goals": []}), -3, "hold")], ids=["before the reply", "within the reply"]
)
def test_ctrl_c_ends_a_call_at_once_and_the_client_stays_usable(
    server: FakeServer, engine: str, answer: Answer
) -> None:
    server.script(answer)
    server.always(reply({"goals": []}))
    with connect(server, engine, timeout=None) as db:
        with pytest.raises(KeyboardInterrupt):
            interrupted(server, db)
        server.wait_for_departures(1)
        assert db.query({"goals": {}}) == {"goals": []}


def test_ctrl_c_over_pyreqwest_counts_when_the_attempt_ends_and_the_client_stays_usable(server: FakeServer) -> None:
    server.script(stalled())
    server.always(reply({"goals": []}))
    with connect(server, "pyreqwest", timeout=1.5) as db:
        with pytest.raises(KeyboardInterrupt):
            interrupted(server, db)
        assert db.query({"goals": {}}, timeout=30) == {"goals": []}


def test_blocking_programs_do_not_load_asyncio() -> None:
    told = run(
        """
        import sys
        from instant_admin import InstantAdmin
        db = InstantAdmin(sys.argv[1], "t", base_url="http://127.0.0.1:1", engine="httpx")
        unwanted = ("asyncio", "instant_admin._async", "instant_admin.local")
        print([name for name in sys.modules if name.startswith(unwanted)])
        """,
        APP,
    )
    assert told.strip() == "[]"
