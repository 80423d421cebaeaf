"""The schemas whose types stand in tests/typing/schemas. `python -m tests.support.typed_schemas` writes them again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from instant_admin._core.codegen.module import module_source
from instant_admin.schema import Schema

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests/typing/schemas"


@dataclass(frozen=True)
class TypedSchema:
    """A schema and the module that is made of it."""

    name: str
    schema: Schema
    use_dates: bool = False

    @property
    def path(self) -> Path:
        """Where the module is."""
        return FOLDER / f"{self.name}.py"

    def source(self) -> str:
        """What the module should be."""
        return module_source(self.schema, command="python -m tests.support.typed_schemas", use_dates=self.use_dates)


def _samples() -> dict[str, Schema]:
    vectors = json.loads((ROOT / "tests/vectors/schema_samples.public.json").read_text())["vectors"]
    return {vector["name"]: Schema.from_json(vector["plain"]) for vector in vectors}


def _library() -> Schema:
    return Schema.from_json(json.loads((ROOT / "examples/data/library.json").read_text())["schema"])


TYPED_SCHEMAS = (
    TypedSchema("library", _library()),
    TypedSchema("blog", _samples()["blog"], use_dates=True),
    TypedSchema("odd_names", _samples()["odd-names"]),
)

if __name__ == "__main__":
    for one in TYPED_SCHEMAS:
        one.path.write_text(one.source(), encoding="utf-8")
