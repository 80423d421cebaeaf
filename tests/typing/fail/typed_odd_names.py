"""Mistakes that a client which knows a schema with odd names does not let pass."""

from __future__ import annotations

from instant_admin import new_id
from tests.typing.schemas.odd_names import Client


def mistakes(db: Client) -> None:
    db.query({"my_things": {}})  # expect: call-overload, reportArgumentType
    db.query({"my-things": {"the-files": {}}})  # expect: call-overload, reportArgumentType
    db.query({"my-things": {"$": {"where": {"a_b": "text"}}}})  # expect: call-overload, reportArgumentType
    db.query({"my-things": {"$": {"where": {"ż": "text"}}}})  # expect: call-overload, reportArgumentType
    db.query({"my-things": {"$": {"where": {"the files.pth": "a"}}}})  # expect: call-overload, reportArgumentType
    db.query({"$file": {}})  # expect: call-overload, reportArgumentType
    db.tx["my-thing"]  # expect: call-overload, reportCallIssue
    db.tx.my_things[new_id()]  # expect: attr-defined, reportAttributeAccessIssue
    db.tx["my-things"][new_id()].update({"a b": 5})  # expect: typeddict-item, reportArgumentType
    db.tx["my-things"][new_id()].update({"$y": True, "$z": 5})  # expect: typeddict-unknown-key, reportArgumentType
    db.tx["$files"][new_id()].link({"things": new_id()})  # expect: typeddict-unknown-key, reportArgumentType
    db.tx["$files"].lookup("content-type", "image/png")  # expect: arg-type, reportArgumentType
    print(db.query({"my-things": {}})["my-things"][0]["a_b"])  # expect: typeddict-item, reportGeneralTypeIssues
