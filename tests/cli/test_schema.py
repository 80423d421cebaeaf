"""`instant-admin schema`: from files to an app and back, with exit codes that scripts can rely on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from instant_admin import Schema, i, new_id
from instant_admin.cli import main
from tests.cli.support import Terminal
from tests.support.fake_server import FakeServer, refusal

GOALS = (
    'from instant_admin import i\nschema = i.schema(entities={"goals": i.entity({"title": i.string().optional()})})\n'
)
PLAN = "  + entity goals\n  + attribute goals.title: type string\n"
FULL = i.schema(
    entities={
        "goals": i.entity({'a "b"': i.json().optional(), "due": i.date().indexed(), "it's": i.string().unique()}),
        "$users": i.entity({"nick": i.string().optional()}),
        "empty": i.entity({}),
    },
    links={
        "goalsOwner": {
            "forward": {"on": "goals", "label": "owner", "has": "one", "required": True, "on_delete": "cascade"},
            "reverse": {"on": "$users", "label": "goals", "has": "many"},
        },
        "goalsParents": {
            "forward": {"on": "goals", "label": "parents", "has": "many"},
            "reverse": {"on": "empty", "label": "children", "has": "many"},
        },
    },
)


@pytest.mark.parametrize("name", ["schema.py", "schema.json"])
def test_plan_push_and_plan_again(terminal: Terminal, name: str) -> None:
    content = {"entities": {"goals": {"attrs": {"title": {"valueType": "string"}}}}}
    terminal.write(name, GOALS if name.endswith(".py") else json.dumps(content))
    planned = terminal.run("schema plan", name)
    assert (planned.code, planned.out, planned.err) == (0, PLAN, "")
    assert terminal.run("schema plan --check", name).code == 3
    assert terminal.run("schema push --check", name).code == 3
    pushed = terminal.run("schema push --yes", name)
    assert (pushed.code, pushed.out, pushed.err) == (0, PLAN + "Pushed.\n", "")
    for command in ("plan", "plan --check", "push", "push --check"):
        again = terminal.run(f"schema {command}", name)
        assert (again.code, again.out) == (0, "no changes\n")


def test_what_destroys_data_needs_a_word_more(terminal: Terminal) -> None:
    with terminal.db() as db:
        db.schema.push(FULL)
    terminal.write("schema.py", GOALS)
    refused = terminal.run("schema push --yes schema.py")
    assert refused.code == 1
    assert "! - attribute goals.due: type date, required, indexed\n" in refused.out
    assert refused.err.startswith("instant-admin: this would destroy data; nothing was changed.")
    with terminal.db() as db:
        assert db.schema.pull() == FULL
    assert terminal.run("schema push --yes --additive schema.py").code == 0
    assert terminal.run("schema push --check --additive schema.py").code == 0
    assert terminal.run("schema push --yes --allow-destructive schema.py").code == 0
    assert terminal.run("schema plan --check schema.py").code == 0


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("Yes\n", 0), ("n\n", 1), ("\n", 1), ("", 1)])
def test_push_asks_on_a_terminal(terminal: Terminal, answer: str, code: int) -> None:
    terminal.write("schema.py", GOALS)
    terminal.type(answer, is_terminal=True)
    asked = terminal.run("schema push schema.py")
    assert (asked.code, "Push this? [y/N]" in asked.out) == (code, True)
    with terminal.db() as db:
        assert (db.schema.pull() != Schema()) is (code == 0)


def test_push_needs_to_be_told_where_there_is_nobody_to_ask(terminal: Terminal) -> None:
    terminal.write("schema.py", GOALS)
    ended = terminal.run("schema push schema.py")
    assert (ended.code, ended.err) == (
        1,
        "instant-admin: there is no terminal to ask at; nothing was changed. Pass --yes to push without a question.\n",
    )


def test_background_jobs_are_shown_and_failed_ones_end_the_command(terminal: Terminal) -> None:
    with terminal.db() as db:
        db.schema.push(i.schema(entities={"goals": i.entity({"title": i.json().optional()})}))
        db.transact(db.tx.goals[new_id()].update({"title": 5}))
    terminal.write("schema.py", GOALS)
    ended = terminal.run("schema push --yes schema.py")
    assert ended.code == 1
    assert ended.err.startswith("goals.title: check-data-type string failed, there are values of other types\ninstant-")
    assert "5 of " in ended.err


def test_pull_shows_what_push_takes(terminal: Terminal) -> None:
    with terminal.db() as db:
        db.schema.push(FULL)
    shown = terminal.run("schema pull")
    assert shown.code == 0
    assert Schema.from_json(shown.out) == FULL


@pytest.mark.parametrize("name", ["pulled.py", "pulled.json"])
def test_pulled_file_can_be_pushed(terminal: Terminal, name: str) -> None:
    with terminal.db() as db:
        db.schema.push(FULL)
    ended = terminal.run("schema pull --out", name)
    assert (ended.code, ended.out) == (0, "")
    assert terminal.run("schema plan --check", name).code == 0


def test_pulled_python_is_laid_out_for_people(terminal: Terminal) -> None:
    with terminal.db() as db:
        db.schema.push(FULL)
    terminal.run("schema pull --out pulled.py")
    assert (
        (terminal.folder / "pulled.py").read_text()
        == '''"""The schema of the app."""

from instant_admin import i

schema = i.schema(
    entities={
        "$users": i.entity(
            {
                "nick": i.string().optional(),
            }
        ),
        "empty": i.entity({}),
        "goals": i.entity(
            {
                'a "b"': i.json().optional(),
                "due": i.date().indexed(),
                "it's": i.string().unique(),
            }
        ),
    },
    links={
        "goalsOwner": {
            "forward": {
                "on": "goals",
                "label": "owner",
                "has": "one",
                "required": True,
                "on_delete": "cascade",
            },
            "reverse": {"on": "$users", "label": "goals", "has": "many"},
        },
        "goalsParents": {
            "forward": {"on": "goals", "label": "parents", "has": "many"},
            "reverse": {"on": "empty", "label": "children", "has": "many"},
        },
    },
)
'''
    )


FILES: dict[str, tuple[str, str | None, str]] = {
    "no such file": ("schema.py", None, "schema.py cannot be read: No such file or directory."),
    "another kind of file": ("schema.ts", "", "schema.ts is neither a .py nor a .json file."),
    "a syntax error": ("schema.py", "x = 1\nschema = (\n", "schema.py, line 2: '(' was never closed."),
    "an error in the file": (
        "schema.py",
        "x = 1\n\nx.y\n",
        "schema.py, line 3: AttributeError: 'int' object has no attr",
    ),
    "an import that is missing": (
        "schema.py",
        "import nothing_of_that_name\n",
        "schema.py, line 1: ModuleNotFoundError: No module named 'nothing_of_that_name'",
    ),
    "a file that exits": ("schema.py", "raise SystemExit(5)\n", "schema.py, line 1: SystemExit: 5"),
    "no schema in it": ("schema.py", "goals = 1\n", "schema.py makes no `schema`: assign a Schema to that name."),
    "no JSON": ("schema.json", "{", "schema.json is no JSON: Expecting property name"),
    "JSON that is too deep": ("schema.json", "[" * 100_000, "schema.json is no JSON: maximum recursion depth"),
    "JSON of another kind": ("schema.json", "[]", "The schema has a problem:\n  - schema: must be an object"),
    "conflicts": (
        "schema.py",
        (
            "from instant_admin import i\n"
            'schema = i.schema(entities={"a": i.entity({"id": i.string()}), "$b": i.entity({})})\n'
        ),
        "The schema has 2 problems:\n  - entities.a.attrs.id: ",
    ),
    "conflicts in JSON": (
        "schema.json",
        '{"entities": {"a": {"attrs": {"id": {}}}}}',
        "The schema has a problem:\n  - entities.a.attrs.id: ",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_wrong_with_a_file_is_told_without_a_traceback(terminal: Terminal, name: str) -> None:
    file, content, told = FILES[name]
    if content is not None:
        terminal.write(file, content)
    ended = terminal.run("schema plan", file)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err.startswith(f"instant-admin: {told}")
    assert "Traceback" not in ended.err


def test_a_file_may_import_what_is_beside_it(terminal: Terminal) -> None:
    (terminal.folder / "model").mkdir()
    terminal.write("model/parts_of_this_test.py", "from instant_admin import i\ngoals = i.entity({'x': i.any()})\n")
    terminal.write(
        "model/schema.py",
        "from instant_admin import i\n"
        "from parts_of_this_test import goals\n"
        "schema = i.schema(entities={'goals': goals})\n",
    )
    assert terminal.run("schema plan model/schema.py").code == 0
    assert str(terminal.folder / "model") not in sys.path


def test_a_python_file_may_make_the_json_form(terminal: Terminal) -> None:
    terminal.write("schema.py", "schema = {'entities': {'goals': {'attrs': {'title': {'valueType': 'string'}}}}}\n")
    assert terminal.run("schema plan schema.py").out == PLAN


def test_a_file_that_cannot_be_written_is_told(terminal: Terminal) -> None:
    ended = terminal.run("schema pull --out nowhere/schema.json")
    assert (ended.code, ended.err) == (
        1,
        "instant-admin: nowhere/schema.json cannot be written: No such file or directory.\n",
    )


APP = "11111111-1111-4111-8111-111111111111"
SECRET = "22222222-2222-4222-8222-222222222222"


def test_settings_come_from_the_environment_and_options(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = terminal.run_alone("schema pull")
    assert (missing.code, missing.err.startswith("instant-admin: No app id: pass --app-id or set INSTANT_APP_ID.")) == (
        1,
        True,
    )
    with FakeServer() as server:
        server.always(refusal("record-not-found", hint={"record-type": "app-admin-token", "args": [SECRET]}))
        terminal.write("token", f"{SECRET}\n")
        monkeypatch.setenv("INSTANT_APP_ID", APP)
        refused = terminal.run_alone("schema pull --admin-token-file token --base-url", server.url)
        terminal.type(SECRET)
        terminal.run_alone("schema pull --admin-token-file - --base-url", server.url)
        monkeypatch.setenv("INSTANT_APP_ADMIN_TOKEN", SECRET)
        terminal.run_alone("schema pull --base-url", server.url)
    assert (refused.code, refused.out) == (1, "")
    assert SECRET not in refused.err
    assert refused.err.endswith("Is this the admin token of this app, and this its server?\n")
    assert [each.headers["authorization"] for each in server.received] == [f"Bearer {SECRET}"] * 3
    assert {each.path for each in server.received} == {f"/dash/apps/{APP}/schema/pull"}


@pytest.mark.parametrize(("content", "told"), [(None, "cannot be read from token"), ("\n", "There is no admin token")])
def test_a_token_file_without_a_token_is_told(terminal: Terminal, content: str | None, told: str) -> None:
    if content is not None:
        terminal.write("token", content)
    ended = terminal.run_alone("schema pull --app-id", APP, "--admin-token-file", "token")
    assert (ended.code, told in ended.err) == (1, True)


def test_a_server_out_of_reach_is_one_line(terminal: Terminal, tmp_path: Path) -> None:
    with FakeServer() as server:
        url = server.url
    terminal.write("token", SECRET)
    ended = terminal.run_alone("schema pull --admin-token-file token --app-id", APP, "--base-url", url)
    assert (ended.code, ended.err.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    "line", ["schema", "schema plan", "schema fly", "schema pull --timeout -5", "schema push --why x"]
)
def test_what_is_not_understood_exits_with_2(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(line.split())
    assert caught.value.code == 2


@pytest.mark.parametrize("line", ["schema plan", "schema push", "schema pull", "perms pull", "perms push"])
def test_help_names_the_exit_codes(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main([*line.split(), "--help"])
    assert caught.value.code == 0
    told = capsys.readouterr().out
    assert "exit codes:\n  0  done" in told
    assert "  3  with --check: there is something to do" in told


def test_stopping_leaves_no_traceback(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal.write("schema.py", "raise KeyboardInterrupt\n")
    ended = terminal.run("schema plan schema.py")
    assert (ended.code, ended.err) == (1, "instant-admin: stopped.\n")


def test_a_reader_that_goes_away_is_no_failure_to_tell_of(terminal: Terminal) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ended = _ended(terminal, writing)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_output_that_cannot_be_written_is_one_line(terminal: Terminal) -> None:
    with Path("/dev/full").open("w") as full:
        ended = _ended(terminal, full.fileno())
    assert ended.returncode == 1
    assert ended.stderr == "instant-admin: the output cannot be written: No space left on device.\n"


def _ended(terminal: Terminal, out: int) -> subprocess.CompletedProcess[str]:
    """`schema pull` in a process of its own, which writes there."""
    command = [sys.executable, "-m", "instant_admin.cli", "schema", "pull", "--base-url", terminal.url]
    return subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, check=False, timeout=60)
