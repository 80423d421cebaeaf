"""`instant-admin local` in a process of its own, over real sockets."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from instant_admin.local import LocalInstant
from scripts.served import SECONDS, Served, serving


def _client(served: Served) -> httpx.Client:
    headers = {"app-id": served.app_id, "authorization": f"Bearer {served.admin_token}"}
    return httpx.Client(base_url=served.url, headers=headers, timeout=SECONDS)


def _note(client: httpx.Client, text: str) -> None:
    steps = [["create", "notes", str(uuid4()), {"text": text}]]
    client.post("/admin/transact", json={"steps": steps}).raise_for_status()


def _notes(client: httpx.Client) -> list[str]:
    return [note["text"] for note in client.post("/admin/query", json={"query": {"notes": {}}}).json()["notes"]]


def test_banner_names_an_app_that_can_be_used_at_once() -> None:
    with serving() as served, _client(served) as client:
        _note(client, "first")

        assert _notes(client) == ["first"]
        assert f'db = InstantAdmin("{served.app_id}", "{served.admin_token}", base_url="{served.url}")' in served.banner
        assert "in memory" in served.banner


def test_snippet_of_the_banner_runs() -> None:
    with serving() as served:
        snippet = re.search(r"Python:\n\n(.*)\n\nCtrl-C", served.banner + "", re.DOTALL)
        assert snippet is not None
        code = "\n".join(line.strip() for line in snippet.group(1).splitlines())
        shown = subprocess.run(
            [sys.executable, "-W", "error", "-c", code + "\ndb.close()"], capture_output=True, text=True
        )

        assert (shown.returncode, shown.stdout.strip()) == (0, "{'goals': []}"), shown.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_sigterm_stop_it_with_code_0_and_keep_the_data(number: signal.Signals, tmp_path: Path) -> None:
    path = str(tmp_path / "dev.sqlite")
    with serving("--db", path) as served:
        with _client(served) as client:
            _note(client, "kept")
        assert served.stop(number) == 0
        assert served.errors() == ""

    with serving("--db", path) as again, _client(again) as client:
        assert (again.app_id, again.admin_token) == (served.app_id, served.admin_token)
        assert _notes(client) == ["kept"]


def test_ctrl_c_does_not_wait_for_idle_connections() -> None:
    with serving() as served:
        address = served.url.removeprefix("http://").split(":")
        with socket.create_connection((address[0], int(address[1]))):
            assert served.stop(signal.SIGINT) == 0


def test_ctrl_c_ends_a_request_that_is_stalled() -> None:
    with serving("--control") as served, _client(served) as client, ThreadPoolExecutor(1) as pool:
        client.post("/_local/faults", json={"stall_seconds": 3600}).raise_for_status()
        stalled = pool.submit(client.post, "/admin/query", json={"query": {}})
        assert served.stop(signal.SIGINT) == 0
        assert served.errors() == ""
        with suppress(httpx.HTTPError):
            assert stalled.result().status_code == 500


def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    path = str(tmp_path / "dev.sqlite")
    acknowledged: list[str] = []
    with serving("--db", path) as served:
        with _client(served) as client:
            for number in range(30):
                _note(client, str(number))
                acknowledged.append(str(number))
        served.stop(signal.SIGKILL)

    with serving("--db", path) as again, _client(again) as client:
        assert sorted(_notes(client), key=int) == acknowledged


def test_bad_http_is_survived() -> None:
    with serving() as served:
        host, port = served.url.removeprefix("http://").split(":")
        for noise in (
            b"\x00\xff\r\n\r\n",
            b"GET / HTTP/x\r\n\r\n",
            b"POST /admin/query HTTP/1.1\r\ncontent-length: x\r\n\r\n",
        ):
            with socket.create_connection((host, int(port)), timeout=SECONDS) as connection:
                connection.sendall(noise)
                assert connection.recv(64).startswith(b"HTTP/1.1 400")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(b"POST /admin/query HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{")
        with _client(served) as client:
            assert _notes(client) == []


def test_browsers_of_other_origins_may_call() -> None:
    with serving() as served, _client(served) as client:
        asked = client.options(
            "/admin/query",
            headers={
                "origin": "http://localhost:3000",
                "access-control-request-method": "POST",
                "access-control-request-headers": "app-id, content-type",
            },
        )
        answered = client.post("/admin/query", json={"query": {}}, headers={"origin": "http://localhost:3000"})

        assert (asked.status_code, asked.text) == (200, "preflight complete")
        assert asked.headers["access-control-allow-headers"] == "app-id, content-type"
        assert "POST" in asked.headers["access-control-allow-methods"]
        assert answered.headers["access-control-allow-origin"] == "http://localhost:3000"


def test_other_hosts_are_warned_about() -> None:
    with serving("--host", "0.0.0.0") as served:  # noqa: S104  the point of the test
        served.stop(signal.SIGINT)
        assert "reachable from other machines" in served.errors()


def _run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "instant_admin.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, env={**os.environ, **environment})


def test_taken_port_is_explained_with_code_1() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = _run("local", "--port", str(taken.getsockname()[1]))

    assert done.returncode == 1
    assert "in use" in done.stderr
    assert "--port 0" in done.stderr
    assert done.stderr.count("\n") == done.stderr.count("127.0.0.1") == 1


def test_unknown_host_is_explained_with_code_1() -> None:
    done = _run("local", "--port", "0", "--host", "nowhere.invalid")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("instant-admin: cannot listen on nowhere.invalid: ")
    assert "--port" not in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only to root")
def test_read_only_file_is_explained_with_code_1(tmp_path: Path) -> None:
    path = tmp_path / "dev.sqlite"
    LocalInstant(path).close()
    path.chmod(0o444)
    done = _run("local", "--port", "0", "--db", str(path))

    assert (done.returncode, done.stdout) == (1, "")
    assert "readonly" in done.stderr
    assert "Traceback" not in done.stderr


def test_file_of_another_kind_is_explained_with_code_1(tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("not a database, " * 100)
    done = _run("local", "--port", "0", "--db", str(other))

    assert done.returncode == 1
    assert str(other) in done.stderr
    assert "Traceback" not in done.stderr
    assert other.read_text().startswith("not a database")


def test_folder_is_explained_with_code_1(tmp_path: Path) -> None:
    done = _run("local", "--port", "0", "--db", str(tmp_path))

    assert (done.returncode, done.stdout) == (1, "")
    assert str(tmp_path) in done.stderr
    assert "Traceback" not in done.stderr


def test_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(other)) as database, database:
        database.execute("CREATE TABLE mine (x)")
    done = _run("local", "--port", "0", "--db", str(other))

    assert done.returncode == 1
    assert "another program" in done.stderr
    with closing(sqlite3.connect(other)) as database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == [("mine",)]


def test_missing_extra_is_explained_with_code_1(tmp_path: Path) -> None:
    (tmp_path / "uvicorn.py").write_text("raise ModuleNotFoundError('No module named uvicorn', name='uvicorn')")
    done = _run("local", "--port", "0", PYTHONPATH=str(tmp_path))

    assert done.returncode == 1
    assert 'pip install "instant-admin[local]"' in done.stderr


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["local", "--port", "70000"], ["local", "--port", "x"]])
def test_other_arguments_are_refused_with_code_2(arguments: list[str]) -> None:
    done = _run(*arguments)

    assert done.returncode == 2
    assert "usage: instant-admin" in done.stderr


def test_version_and_exit_codes_are_shown() -> None:
    from instant_admin import __version__

    assert _run("--version").stdout == f"instant-admin {__version__}\n"
    assert "exit codes:" in _run("--help").stdout
