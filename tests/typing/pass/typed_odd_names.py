"""A client that knows a schema whose names are no identifiers."""

from __future__ import annotations

from typing import Any, assert_type

from instant_admin import new_id
from instant_admin.typed import StoredDate
from tests.typing.schemas.odd_names import Client, MyThingsAttribute, MyThingsRow, SystemFilesRow


def read(db: Client) -> None:
    rows = db.query({"my-things": {"$": {"where": {"a b": "text", "the files.path": "a.png"}}, "the files": {}}})
    thing = rows["my-things"][0]
    assert_type(thing, MyThingsRow)
    assert_type((thing["a b"], thing["_x"], thing["ż"]), tuple[str, bool, float])
    assert_type(thing.get("$y"), StoredDate | None)
    assert_type(thing["the files"], list[SystemFilesRow])
    assert_type(thing["the files"][0].get("content-type"), str | None)
    owner = db.query({"$files": {"thing": {}, "$stream": {}}})["$files"][0]["thing"]
    assert_type(owner["a b"] if owner else None, str | None)
    label: MyThingsAttribute = "a b"
    print(label)


def write(db: Client) -> None:
    chunk = db.tx["my-things"][new_id()].create({"a b": "text", "ż": 5, "_x": True}).link({"the files": [new_id()]})
    tree: list[list[Any]] = chunk.steps
    print(tree)
    db.tx["$files"].lookup("path", "a.png").update({"content-type": "image/png"}).link({"thing": new_id()})
