"""`instant-admin types`: a module of types from a file or from an app."""

from __future__ import annotations

import json
import runpy

import pytest

from instant_admin import Schema, i
from instant_admin._core.codegen.module import module_source
from tests.cli.support import Terminal

SCHEMA = i.schema(entities={"goals": i.entity({"title": i.string(), "due": i.date().optional()})})
PYTHON = """\
from instant_admin import i

schema = i.schema(entities={"goals": i.entity({"title": i.string(), "due": i.date().optional()})})
"""


@pytest.mark.parametrize("name", ["schema.py", "schema.json"])
def test_a_module_is_made_of_a_file(terminal: Terminal, name: str) -> None:
    terminal.write(name, PYTHON if name.endswith(".py") else json.dumps(SCHEMA.to_json()))
    ended = terminal.run_alone("types --out made.py --schema", name)
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    made = (terminal.folder / "made.py").read_text(encoding="utf-8")
    assert made == module_source(SCHEMA, command=f"instant-admin types --schema {name} --out made.py")
    assert f"Made by `instant-admin types --schema {name} --out made.py`." in made
    assert "GoalsRow" in runpy.run_path(str(terminal.folder / "made.py"))


def test_files_have_names_by_default(terminal: Terminal) -> None:
    terminal.write("instant_schema.py", PYTHON)
    assert terminal.run_alone("types").code == 0
    assert "class GoalsAttributes(" in (terminal.folder / "instant_types.py").read_text(encoding="utf-8")


def test_a_module_is_made_of_what_the_app_has(terminal: Terminal) -> None:
    with terminal.db() as db:
        db.schema.push(SCHEMA)
        pulled = db.schema.pull()
    assert terminal.run("types --from-server --use-dates --path-depth 0").code == 0
    made = (terminal.folder / "instant_types.py").read_text(encoding="utf-8")
    command = "instant-admin types --from-server --out instant_types.py --use-dates --path-depth 0"
    assert made == module_source(pulled, command=command, use_dates=True, path_depth=0)
    assert terminal.url not in made


def test_check_tells_whether_a_module_is_up_to_date_and_writes_nothing(terminal: Terminal) -> None:
    terminal.write("instant_schema.py", PYTHON)
    missing = terminal.run_alone("types --check")
    command = "instant-admin types --schema instant_schema.py --out instant_types.py"
    assert (missing.code, missing.err) == (3, f"instant_types.py is out of date. Make it again: {command}\n")
    assert not (terminal.folder / "instant_types.py").exists()
    assert terminal.run_alone("types").code == 0
    assert terminal.run_alone("types --check").code == 0
    terminal.write("instant_schema.py", PYTHON.replace('"due"', '"ends"'))
    before = (terminal.folder / "instant_types.py").read_bytes()
    drifted = terminal.run_alone("types --check")
    assert drifted.code == 3
    assert '\n-    "due",\n+    "ends",\n' in drifted.out
    assert (terminal.folder / "instant_types.py").read_bytes() == before


def test_making_a_module_twice_changes_no_byte(terminal: Terminal) -> None:
    terminal.write("instant_schema.py", PYTHON)
    assert terminal.run_alone("types").code == 0
    first = (terminal.folder / "instant_types.py").stat()
    assert terminal.run_alone("types").code == 0
    second = (terminal.folder / "instant_types.py").stat()
    assert (first.st_mtime_ns, first.st_ino) == (second.st_mtime_ns, second.st_ino)


@pytest.mark.parametrize(
    ("arguments", "code", "text"),
    [
        (["--schema", "nowhere.py"], 1, "nowhere.py cannot be read: No such file or directory."),
        (["--out", "nowhere/types.py"], 1, "nowhere/types.py cannot be written: No such file or directory."),
    ],
)
def test_what_cannot_be_done_is_told(terminal: Terminal, arguments: list[str], code: int, text: str) -> None:
    terminal.write("instant_schema.py", PYTHON)
    ended = terminal.run_alone("types", *arguments)
    assert (ended.code, ended.out, ended.err) == (code, "", f"instant-admin: {text}\n")


@pytest.mark.parametrize("line", ["types --schema a.py --from-server", "types --path-depth 9", "types --path-depth x"])
def test_what_is_not_understood_is_refused(terminal: Terminal, line: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        terminal.run_alone(line)


def test_conflicts_of_a_json_schema_do_not_keep_types_from_being_made(terminal: Terminal) -> None:
    entities = {name: {"attrs": {"b": {"valueType": "string"}}} for name in ("a", "b")}
    ends = {"forward": {"on": "a", "label": "b", "has": "one"}, "reverse": {"on": "b", "label": "as", "has": "many"}}
    content = {"entities": entities, "links": {"ab": ends}}
    assert Schema.from_json(content).conflicts()
    terminal.write("schema.json", json.dumps(content))
    assert terminal.run_alone("types --schema schema.json").code == 0
