"""The committed client is what the generator makes of the description, whole and cheap to load."""

from __future__ import annotations

import base64
import importlib
import inspect
import io
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import pytest

from scripts.contract.description import Description, Operation
from scripts.contract.expectations import UNCOVERED
from scripts.contract.lint_nodes import python_name
from scripts.generate_client import PACKAGE, differences, generate

ROOT = Path(__file__).resolve().parent.parent.parent
ACCEPTED = sorted((ROOT / "openapi/examples").glob("*/accepted.json"))


def test_generating_again_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "1")  # what is committed came of another seed
    fresh = tmp_path / PACKAGE.name
    generate(fresh)
    assert differences(fresh, PACKAGE) == []


def test_differences_are_found_in_both_directions(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, files in ((one, {"a": "1", "b": "1", "c": "1"}), (other, {"a": "1", "b": "2", "d": "1"})):
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text)
    assert differences(one, other) == ["b", "c", "d"]


def test_there_is_a_module_for_every_operation_and_no_other(description: Description) -> None:
    modules = {file.relative_to(PACKAGE / "api") for file in (PACKAGE / "api").glob("*/*.py")}
    wanted = {Path(o.node["tags"][0]) / f"{python_name(o.id)}.py" for o in description.operations}
    assert {module for module in modules if module.name != "__init__.py"} == wanted


@pytest.mark.parametrize(
    "module", ["instant_admin_api", "instant_admin_api.models", "instant_admin_api.api.data.query"]
)
def test_loading_an_endpoint_loads_no_http_library_and_no_foreign_model(module: str) -> None:
    code = f"import sys, {module}; print(*sorted(sys.modules))"
    environment = {"PYTHONPATH": str(PACKAGE.parent)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    loaded = done.stdout.split()
    assert not {"httpx", "httpcore", "ssl", "instant_admin_api.client"} & set(loaded)
    models = [name for name in loaded if name.startswith("instant_admin_api.models.")]
    assert set(models) <= {f"instant_admin_api.models.{name}" for name in ("error_reply", "fault_reply", "query_reply")}


def _module(operation: Operation) -> ModuleType:
    return importlib.import_module(f"instant_admin_api.api.{operation.node['tags'][0]}.{python_name(operation.id)}")


def _argument(parameter: dict[str, Any], accepted: set[str]) -> str:
    name = python_name(parameter["name"])
    return name if name in accepted else f"{name}_{parameter['in']}"


def _body(operation: Operation, request: dict[str, Any]) -> Any:
    if "application/octet-stream" in operation.body_content:
        types = importlib.import_module("instant_admin_api.types")
        return types.File(payload=io.BytesIO(base64.b64decode(request.get("base64", ""))))
    schema = operation.body_content["application/json"]["schema"]["$ref"].split("/")[-1]
    model = getattr(importlib.import_module(f"instant_admin_api.models.{python_name(schema)}"), schema)
    return model.from_dict(request["json"])


def _build(operation: Operation, request: dict[str, Any]) -> dict[str, Any]:
    """What `_get_kwargs` makes of an example's values."""
    build = _module(operation)._get_kwargs
    accepted = set(inspect.signature(build).parameters)
    match = operation.pattern.fullmatch(request["path"])
    assert match is not None
    in_path = [p for p in operation.parameters if p["in"] == "path"]
    values: dict[str, Any] = dict(zip([p["name"] for p in in_path], _segments(operation, request["path"]), strict=True))
    arguments = {_argument(p, accepted): values[p["name"]] for p in in_path}
    for place, given in (("query", request.get("query", {})), ("header", request.get("headers", {}))):
        for name, parameter in operation.parameters_in(place).items():
            if name in given:
                is_flag = parameter["schema"]["type"] == "boolean"
                arguments[_argument(parameter, accepted)] = True if is_flag else given[name]
    if operation.body_content and {"json", "base64"} & request.keys():
        arguments["body"] = _body(operation, request)
    kwargs: dict[str, Any] = build(**arguments)
    return kwargs


def _segments(operation: Operation, path: str) -> list[str]:
    template, segments = operation.path.split("/"), path.split("/")
    return [value for part, value in zip(template, segments, strict=True) if part.startswith("{")]


@pytest.mark.parametrize("file", ACCEPTED, ids=lambda file: file.parent.name)
def test_an_accepted_example_is_what_the_generated_code_sends(description: Description, file: Path) -> None:
    request = json.loads(file.read_text())["request"]
    operation = next(o for o in description.operations if o.id == file.parent.name)
    kwargs = _build(operation, request)
    assert kwargs["method"].upper() == request["method"]
    assert kwargs["url"] == quote(request["path"])
    assert kwargs.get("params", {}) == request.get("query", {})
    assert kwargs.get("json") == request.get("json")
    sent = {name.lower() for name in kwargs.get("headers", {})} - {"content-type"}
    assert sent == request.get("headers", {}).keys() - {"authorization", "content-type"}


def test_every_operation_recorded_at_work_has_an_example(description: Description) -> None:
    assert {o.id for o in description.operations} - {file.parent.name for file in ACCEPTED} == UNCOVERED.keys()


def test_examples_are_what_the_recordings_give() -> None:
    command = [sys.executable, str(ROOT / "scripts/extract_examples.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
