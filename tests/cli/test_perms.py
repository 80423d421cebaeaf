"""`instant-admin perms`: from files to an app and back."""

from __future__ import annotations

import json

import pytest

from instant_admin import Rules
from tests.cli.support import Terminal

CODE = {
    "goals": {
        "allow": {"view": "true", "update": "isOwner", "delete": False},
        "bind": ["isOwner", 'auth.id == data.owner && data.name != "o\'x"'],
    }
}
PYTHON = f"from instant_admin import Rules\nrules = Rules({CODE!r})\n"
CHANGE = """\
--- in force
+++ pushed
@@ -1,7 +1,7 @@
 {
   "goals": {
     "allow": {
-      "view": "true"
+      "view": "false"
     }
   }
 }
"""


@pytest.mark.parametrize("name", ["rules.py", "rules.json"])
def test_push_and_push_again(terminal: Terminal, name: str) -> None:
    terminal.write(name, PYTHON if name.endswith(".py") else json.dumps(CODE))
    checked = terminal.run("perms push --check", name)
    assert (checked.code, '+      "view": "true"' in checked.out) == (3, True)
    assert terminal.run("perms push", name).code == 1
    pushed = terminal.run("perms push --yes", name)
    assert (pushed.code, pushed.out.endswith("\nPushed.\n")) == (0, True)
    for options in ("", " --check", " --yes"):
        again = terminal.run(f"perms push{options}", name)
        assert (again.code, again.out) == (0, "no changes\n")


def test_a_change_is_shown_as_lines_before_it_is_made(terminal: Terminal) -> None:
    with terminal.db() as db:
        db.perms.push({"goals": {"allow": {"view": "true"}}})
    terminal.write("rules.json", '{"goals": {"allow": {"view": "false"}}}')
    terminal.type("y\n", is_terminal=True)
    ended = terminal.run("perms push rules.json")
    assert (ended.code, ended.out) == (0, CHANGE + "Push this? [y/N] Pushed.\n")


@pytest.mark.parametrize("name", ["pulled.py", "pulled.json"])
def test_pulled_file_can_be_pushed(terminal: Terminal, name: str) -> None:
    with terminal.db() as db:
        db.perms.push(CODE)
    assert terminal.run("perms pull --out", name).code == 0
    assert terminal.run("perms push --check", name).code == 0


def test_pull_shows_the_rules(terminal: Terminal) -> None:
    assert terminal.run("perms pull").out == "{}\n"
    with terminal.db() as db:
        db.perms.push(CODE)
    assert Rules.from_json(terminal.run("perms pull").out) == Rules(CODE)  # type: ignore[arg-type]  # a plain dict


def test_pulled_python_is_laid_out_for_people(terminal: Terminal) -> None:
    with terminal.db() as db:
        db.perms.push(CODE)
    terminal.run("perms pull --out pulled.py")
    assert (
        (terminal.folder / "pulled.py").read_text()
        == '''"""The permission rules of the app."""

from instant_admin import Rules

rules = Rules.from_json(
    {
        "goals": {
            "allow": {"view": "true", "update": "isOwner", "delete": False},
            "bind": ["isOwner", 'auth.id == data.owner && data.name != "o\\'x"'],
        },
    }
)
'''
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            '{"goals": {"allow": {"view": "1 +", "veiw": "true"}}}',
            "The rules have 2 faults:\ngoals.allow.view, column 4: ",
        ),
        ("[]", "Rules must be an object of rules by namespace"),
        ("{", "rules.json is no JSON: "),
    ],
)
def test_faults_are_told_without_a_traceback(terminal: Terminal, content: str, told: str) -> None:
    terminal.write("rules.json", content)
    ended = terminal.run("perms push --yes rules.json")
    assert (ended.code, ended.err.startswith(f"instant-admin: {told}")) == (1, True)
    with terminal.db() as db:
        assert db.perms.pull() is None
