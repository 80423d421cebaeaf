"""Generate the low-level client, generated/instant_admin_api, from openapi/admin.yaml.

    python scripts/generate_client.py            lint the description, then write the client
    python scripts/generate_client.py --check    write nothing; exit 1 when the committed client is not what comes out

Generator and ruff (whose output is committed too) are the pinned ones of the environment that runs this script.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SPEC = ROOT / "openapi/admin.yaml"
OPTIONS = ROOT / "openapi/codegen.yaml"
TEMPLATES = ROOT / "openapi/templates"
PACKAGE = ROOT / "generated/instant_admin_api"
PINS = {"openapi-python-client": "0.29.1", "ruff": "0.17.6"}


def lint() -> None:
    """Refuse a description that is invalid, or that the generator would silently mangle."""
    _run([sys.executable, "-m", "openapi_spec_validator", str(SPEC)])
    _run([sys.executable, str(ROOT / "scripts/lint_spec.py")])


def generate(package: Path) -> None:
    """Write the client to `package`, replacing what is there.

    Raises:
        SystemExit: Another version than the pinned one is installed, or the generator failed or warned.
    """
    for name, pinned in PINS.items():
        if version(name) != pinned:
            sys.exit(f"{name} is {version(name)}, but the client is generated with {pinned}")
    if package.exists():
        shutil.rmtree(package)
    # The generator looks for ruff on PATH; it must find the one of this environment, and no other.
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    command = [sys.executable, "-m", "openapi_python_client", "generate"]
    command += ["--path", str(SPEC), "--config", str(OPTIONS), "--custom-template-path", str(TEMPLATES)]
    command += ["--meta", "none", "--output-path", str(package), "--fail-on-warning"]
    _run(command, path=path)
    (package / "py.typed").touch()


def differences(expected: Path, actual: Path) -> list[str]:
    """The files that are missing, stale or too many in `actual`, byte for byte, sorted."""
    wanted, there = _contents(expected), _contents(actual)
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only compare the committed client with what comes out")
    arguments = parser.parse_args()
    lint()
    if not arguments.check:
        generate(PACKAGE)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / PACKAGE.name
        generate(fresh)
        stale = differences(fresh, PACKAGE)
    if stale:
        print("generated/ is not what openapi/admin.yaml gives; run: make generate", *stale, sep="\n  ")
    return 1 if stale else 0


def _contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _run(command: list[str], path: str | None = None) -> None:
    environment = os.environ if path is None else {**os.environ, "PATH": path}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"failed: {' '.join(command)}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    sys.exit(main())
