"""The pytest plugin, in projects of its own: each runs in a pytest of its own, as it would elsewhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "docs" / "local" / "pytest.md"
EXAMPLE = ROOT / "examples" / "goals_app"
SECONDS = 120
OTHERS = ("cacheprovider", "schemathesis", "pyreqwest", "hypothesispytest", "pytest_cov", "platformdirs")
"""Plugins that have nothing to do with ours: without them pytest starts sooner."""


class Project:
    """A folder with tests, run by a pytest that finds the plugin by its entry point."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("pytest.ini", "[pytest]\nasyncio_default_fixture_loop_scope = function\nfilterwarnings = error\n")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(dedent(text))

    def run(self, *arguments: str) -> str:
        """What pytest says, which must have passed."""
        others = [part for name in OTHERS for part in ("-p", f"no:{name}")]
        command = [sys.executable, "-m", "pytest", "-q", *others, *arguments]
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "COV_"))}
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=SECONDS
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


BLOCKING = """
    import pytest
    from instant_admin import new_id

    @pytest.mark.parametrize("number", range(4))
    def test_each_test_has_an_app_of_its_own(instant, number):
        assert instant.query({"goals": {}}) == {"goals": []}
        instant.transact(instant.tx.goals[new_id()].update({"title": "x", "number": number}))
        assert len(instant.query({"goals": {}})["goals"]) == 1
"""


def test_blocking_client_is_there_without_any_set_up(project: Project) -> None:
    project.write("test_it.py", BLOCKING)

    assert "4 passed" in project.run()


def test_workers_of_xdist_do_not_meet(project: Project) -> None:
    project.write("test_it.py", BLOCKING)

    assert "4 passed" in project.run("-n", "2")


AWAITABLE = """
    import pytest
    from instant_admin import new_id

    {mark}

    async def test_goal_is_kept(async_instant, instant):
        await async_instant.transact(async_instant.tx.goals[new_id()].update({{"title": "x"}}))
        assert len(instant.query({{"goals": {{}}}})["goals"]) == 1

    async def test_app_is_fresh(async_instant):
        assert await async_instant.query({{"goals": {{}}}}) == {{"goals": []}}
"""


@pytest.mark.parametrize(
    ("mark", "options"),
    [
        ("pytestmark = pytest.mark.asyncio", ()),
        ("pytestmark = pytest.mark.asyncio(loop_scope='module')", ()),
        ("", ("--asyncio-mode=auto",)),
        ("pytestmark = pytest.mark.anyio", ("-p", "no:asyncio", "-W", "ignore::pytest.PytestConfigWarning")),
    ],
    ids=["asyncio", "one loop for all", "asyncio auto", "anyio"],
)
def test_awaitable_client_suits_the_plugins_for_asynchronous_tests(
    project: Project, mark: str, options: tuple[str, ...]
) -> None:
    project.write("conftest.py", "import pytest\n\n@pytest.fixture\ndef anyio_backend():\n    return 'asyncio'\n")
    project.write("test_it.py", AWAITABLE.format(mark=mark))

    assert "2 passed" in project.run(*options)


def test_schema_and_rules_can_be_given(project: Project) -> None:
    project.write(
        "conftest.py",
        """
        import pytest

        @pytest.fixture
        def instant_schema():
            attribute = {"valueType": "string", "required": False, "config": {"unique": True}}
            return {"entities": {"goals": {"attrs": {"slug": attribute}}}}

        @pytest.fixture
        def instant_rules():
            return {"goals": {"allow": {"view": "data.slug == 'open'"}}}
        """,
    )
    project.write(
        "test_it.py",
        """
        import pytest
        from instant_admin import RecordNotUniqueError, new_id

        def test_both_hold(instant):
            instant.transact([instant.tx.goals[new_id()].update({"slug": slug}) for slug in ("open", "closed")])
            with pytest.raises(RecordNotUniqueError):
                instant.transact(instant.tx.goals[new_id()].update({"slug": "open"}))
            seen = instant.as_user(guest=True).query({"goals": {}})["goals"]
            assert [goal["slug"] for goal in seen] == ["open"]
        """,
    )

    assert "1 passed" in project.run()


def test_clock_and_faults_of_one_test_do_not_reach_the_next(project: Project) -> None:
    project.write(
        "test_it.py",
        """
        import time

        def test_one(instant, instant_server):
            instant_server.control.advance(1e6)
            instant_server.control.fail_next(drop=True, times=3)

        def test_two(instant, instant_server):
            instant.query({"goals": {}})
            assert abs(instant_server.now_ms() / 1000 - time.time()) < 3600
        """,
    )

    assert "2 passed" in project.run("-p", "no:randomly")


def test_project_that_does_not_use_it_loads_nothing_of_the_server(project: Project) -> None:
    project.write(
        "test_it.py",
        """
        import sys

        def test_nothing_is_loaded():
            loaded = {name for name in sys.modules if name.startswith("instant_admin")}
            assert "instant_admin.pytest_plugin" in loaded
            assert not {name for name in loaded if "local" in name or "_engines" in name or "_sync" in name}
            assert "httpx" not in sys.modules and "sqlite3" not in sys.modules
        """,
    )

    assert "1 passed" in project.run("-p", "no:asyncio", "-W", "ignore::pytest.PytestConfigWarning")


def test_fixtures_are_explained(project: Project) -> None:
    project.write("test_it.py", "def test_nothing(): pass\n")
    told = project.run("--fixtures", "-p", "no:asyncio", "-W", "ignore::pytest.PytestConfigWarning")

    for name in ("instant_server", "instant_schema", "instant_rules", "instant_app", "instant", "async_instant"):
        assert re.search(rf"^{name}\b.* -- .*pytest_plugin", told, re.MULTILINE), name


def test_what_the_guide_shows_works(project: Project) -> None:
    shown = re.findall(r"^```python\n(.*?)^```", GUIDE.read_text(), re.MULTILINE | re.DOTALL)
    project.write("test_it.py", shown[0])
    project.write("conftest.py", shown[1])

    assert "1 passed" in project.run()


def test_example_project_passes_its_own_tests() -> None:
    project = Project.__new__(Project)
    project.folder = EXAMPLE

    assert re.search(r"\d+ passed", project.run())
