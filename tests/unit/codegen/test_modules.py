"""Modules of types: what is made of schemas, and that it is Python as it should be."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from instant_admin import Schema, i
from instant_admin._core.codegen.module import module_source
from instant_admin._core.codegen.names import is_attribute_name, name_stems
from tests.support.typed_schemas import ROOT, TYPED_SCHEMAS, TypedSchema

NONE: dict[str, Any] = {}
HARD = Schema.from_json(
    {
        "entities": {
            "class": {
                "attrs": {
                    label: {"valueType": value_type, "required": False, "config": {"unique": False, "indexed": True}}
                    for label, value_type in {
                        "class": "string",
                        "str": "string",
                        "content-type": "string",
                        "__x": "number",
                        "items": "json",
                        "keys": "date",
                        "id": "string",
                        "and": "string",
                        "None": "boolean",
                        "ﬁ": "number",
                    }.items()
                }
            },
            "my-things": {"attrs": NONE},
            "my_things": {"attrs": NONE},
            "transaction": {"attrs": {"float": {"valueType": "number"}, "get": {"valueType": "string"}}},
            "users": {"attrs": NONE},
            "1st": {"attrs": NONE},
            "overload": {"attrs": NONE},
            "UsersBuilder": {"attrs": NONE},
            'it\'s "odd"\\\n': {"attrs": {'it\'s "odd"\\\n': {"valueType": "string"}}},
            "Client": {"attrs": NONE},
            "": {"attrs": {"": {"valueType": "string"}}},
            "long" * 30: {"attrs": {"label" * 20: {"valueType": "string", "required": False}}},
            "organizationMembershipInvitations": {"attrs": {"x" * 60: {"valueType": "json"}}},
        },
        "links": {
            "a": {
                "forward": {"on": "class", "label": "import", "has": "one"},
                "reverse": {"on": "my-things", "label": "the-classes", "has": "many"},
            },
            "c": {
                "forward": {"on": "long" * 30, "label": "other" * 20, "has": "one"},
                "reverse": {"on": "organizationMembershipInvitations", "label": "l" * 60, "has": "many"},
            },
            "b": {
                "forward": {"on": "transaction", "label": "next", "has": "one"},
                "reverse": {"on": "transaction", "label": "get", "has": "one"},
            },
        },
    }
)


def _run(source: str) -> dict[str, Any]:
    module = ModuleType("generated_types")
    sys.modules["generated_types"] = module  # where TypedDicts look for what their quoted types name
    try:
        exec(compile(source, "generated_types.py", "exec"), module.__dict__)
    finally:
        del sys.modules["generated_types"]
    return vars(module)


@pytest.mark.parametrize("typed", TYPED_SCHEMAS, ids=lambda typed: typed.name)
def test_the_modules_that_type_checkers_see_are_what_is_made_today(typed: TypedSchema) -> None:
    assert typed.path.read_text(encoding="utf-8") == typed.source(), "run python -m tests.support.typed_schemas"


def _shuffled(value: Any) -> Any:
    return {key: _shuffled(value[key]) for key in reversed(value)} if isinstance(value, dict) else value


@pytest.mark.parametrize("schema", [*(typed.schema for typed in TYPED_SCHEMAS), HARD])
def test_equal_schemas_give_the_same_bytes(schema: Schema) -> None:
    other = Schema.from_json(_shuffled(schema.to_json()))
    assert other == schema
    assert module_source(other, command="c") == module_source(schema, command="c")


@pytest.mark.parametrize("use_dates", [False, True])
@pytest.mark.parametrize("arguments", [["--isolated"], ["--config", str(ROOT / "pyproject.toml")]], ids=["88", "120"])
def test_ruff_format_leaves_modules_alone(tmp_path: Path, arguments: list[str], use_dates: bool) -> None:
    (tmp_path / "hard.py").write_text(module_source(HARD, command="c", use_dates=use_dates), encoding="utf-8")
    for typed in TYPED_SCHEMAS:
        (tmp_path / f"{typed.name}.py").write_text(typed.source(), encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "format", "--check", "--no-cache", *arguments, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


IMPORTED = ("Any", "DateValue", "Literal", "Mapping", "Never", "NotRequired", "Sequence", "StoredDate", "WhereDate")
BORROWED = i.schema(
    entities={
        "datetime": i.entity({name: i.string() for name in IMPORTED} | {"datetime": i.number().unique()}),
        "WhereAny": i.entity({"datetime": i.string()}),
    },
    links={
        "l": {
            "forward": {"on": "datetime", "label": "WhereBoolean", "has": "one"},
            "reverse": {"on": "WhereAny", "label": "WhereIndexedDate", "has": "many"},
        }
    },
)


@pytest.mark.parametrize("schema", [*(typed.schema for typed in TYPED_SCHEMAS), HARD, BORROWED])
def test_modules_import_what_they_use_and_no_more(tmp_path: Path, schema: Schema) -> None:
    (tmp_path / "made.py").write_text(module_source(schema, command="c"), encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--isolated", "--select", "F,I", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_names_that_are_no_identifiers_run_all_the_same() -> None:
    names = _run(module_source(HARD, command='say "hello" \\'))
    assert names["ClassAttributes"].__annotations__.keys() >= {"class", "str", "content-type", "__x", "None", "ﬁ"}
    assert names["ClassWhere"].__annotations__.keys() >= {"and", "or", "import.the-classes", "content-type"}
    assert names["MyThings2Row"].__annotations__.keys() == {"id"}
    assert names["Query"].__annotations__.keys() == {
        "$$ruleParams",
        "$users",
        "$files",
        "$streams",
        *filter(None, HARD.entities),
    }
    assert 'say "hello" \\' in names["__doc__"]


def test_namespaces_that_would_share_a_name_get_numbers() -> None:
    stems = name_stems(["a-b", "a_b", "$users", "systemUsers", "transaction", "9", "", "$"], ["TransactionChunk"])
    assert stems == {
        "a-b": "AB",
        "a_b": "AB2",
        "$users": "SystemUsers",
        "systemUsers": "SystemUsers2",
        "transaction": "Transaction2",
        "9": "Namespace9",
        "": "Namespace",
        "$": "System",
    }


@pytest.mark.parametrize(
    ("label", "verdict"),
    [("title", True), ("ż", True), ("_x", True), ("a b", False), ("class", False), ("__x", False), ("ﬁ", False)],
)
def test_labels_that_a_class_can_have(label: str, verdict: bool) -> None:
    assert is_attribute_name(label) is verdict


def _keys(schema: Schema, name: str, **options: Any) -> dict[str, str]:
    hints = _run(module_source(schema, command="c", **options))[name].__annotations__
    return {key: getattr(hint, "__forward_arg__", hint) for key, hint in hints.items()}


GOALS = i.schema(
    entities={
        "goals": i.entity(
            {
                "title": i.string(),
                "due": i.date().optional().indexed(),
                "notes": i.json().optional(),
                "rank": i.number().optional(),
            }
        )
    },
    links={
        "parents": {
            "forward": {"on": "goals", "label": "parent", "has": "one"},
            "reverse": {"on": "goals", "label": "children", "has": "many"},
        }
    },
)


def test_what_a_row_may_lack_is_not_required() -> None:
    # Never set is absent, but null where the app's own attribute is indexed (server contract, data 1.2).
    assert _keys(GOALS, "GoalsAttributes") == {
        "id": "str",
        "due": "StoredDate | None",
        "notes": "NotRequired[Any]",
        "rank": "NotRequired[float | None]",
        "title": "str",
    }
    assert _keys(GOALS, "SystemUsersAttributes")["email"] == "NotRequired[str | None]"


def test_dates_are_datetimes_where_the_client_makes_some() -> None:
    assert _keys(GOALS, "GoalsAttributes", use_dates=True)["due"] == "datetime | None"
    assert _keys(GOALS, "GoalsUpdate", use_dates=True)["due"] == "DateValue | None"


def test_links_are_rows_by_how_many_there_are() -> None:
    linked = _keys(GOALS, "GoalsRow")
    assert (linked["parent"], linked["children"]) == ("GoalsRow | None", "list[GoalsRow]")
    assert _keys(GOALS, "GoalsLinks") == {"children": "LinkTargets", "parent": "LinkTarget"}


@pytest.mark.parametrize(
    ("depth", "longest"), [(0, "title"), (1, "parent.title"), (2, "children.parent.title")], ids=["0", "1", "2"]
)
def test_conditions_follow_as_many_links_as_they_are_told_to(depth: int, longest: str) -> None:
    paths = set(_keys(GOALS, "GoalsWhere", path_depth=depth))
    assert longest in paths
    assert max(path.count(".") for path in paths) == depth


def test_only_what_is_indexed_can_be_ordered_by_at_the_top() -> None:
    assert _keys(GOALS, "GoalsOrder").keys() == {"serverCreatedAt", "due"}
    assert _keys(GOALS, "GoalsNestedOrder").keys() == {
        "serverCreatedAt",
        "id",
        "due",
        "notes",
        "rank",
        "title",
        "parent",
    }


def test_a_label_that_is_a_link_too_may_be_either() -> None:
    vectors = json.loads((ROOT / "tests/vectors/schema_samples.public.json").read_text())["vectors"]
    sample = next(vector for vector in vectors if vector["name"] == "label-equals-attr")
    schema = Schema.from_json(sample["plain"])
    assert _keys(schema, "AAttributes")["b"] == "NotRequired[Any]"
    where = _keys(schema, "AWhere")
    assert (where["b"], where["b.as.b"]) == ("WhereText", "WhereId")
