"""Schemas: what an app's entities and links are, said in Python.

from instant_admin import InstantAdmin, i

schema = i.schema(
    entities={
        "goals": i.entity({"title": i.string(), "due": i.date().optional().indexed()}),
        "todos": i.entity({"title": i.string()}),
    },
    links={
        "goalsTodos": {
            "forward": {"on": "todos", "label": "goal", "has": "one", "on_delete": "cascade"},
            "reverse": {"on": "goals", "label": "todos", "has": "many"},
        },
    },
)
db = InstantAdmin(app_id, admin_token, schema=schema)
"""

from __future__ import annotations

from instant_admin._core.schema.builder import SchemaBuilder, i
from instant_admin._core.schema.difference import SchemaChange, SchemaDifference
from instant_admin._core.schema.jobs import IndexingJob, InvalidValue
from instant_admin._core.schema.plan import SchemaPlan, SchemaPushResult
from instant_admin._core.schema.values import Attribute, Entity, Link, LinkEnd, LinkLabel, Room, Schema

__all__ = [
    "Attribute",
    "Entity",
    "IndexingJob",
    "InvalidValue",
    "Link",
    "LinkEnd",
    "LinkLabel",
    "Room",
    "Schema",
    "SchemaBuilder",
    "SchemaChange",
    "SchemaDifference",
    "SchemaPlan",
    "SchemaPushResult",
    "i",
]
