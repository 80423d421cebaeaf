"""Expression indexes on entities, for the attributes that a schema says are indexed.

Each covers one namespace of one app. SQLite uses such a partial index only where the statement spells `app = 7 AND
etype = 'goals'` with the same literals. Both stand among its columns all the same: else SQLite takes the index of
entity ids, which has them, for the better one.
"""

from __future__ import annotations

import sqlite3

from instant_admin.local.attributes import Attribute


def sync_indexes(db: sqlite3.Connection, app_key: int, attribute: Attribute) -> None:
    """Make the index of an attribute where it should have one, and drop it where not."""
    drop_indexes(db, attribute)
    if attribute.has_sort_key:
        etype = attribute.etype.replace("'", "''")
        db.execute(
            f"CREATE INDEX {_name(attribute)} ON entity(app, etype, json_extract(sort, '$.\"{attribute.slot}\"'), id)"
            f" WHERE app = {app_key} AND etype = '{etype}'"
        )


def drop_indexes(db: sqlite3.Connection, attribute: Attribute) -> None:
    """Drop the index of an attribute."""
    db.execute(f"DROP INDEX IF EXISTS {_name(attribute)}")


def _name(attribute: Attribute) -> str:
    return f"sorted_{attribute.key}"
