"""Storage: one SQLite database that holds the apps of a local Instant.

database.py        opening it: pragmas, tables, SQL functions
apps.py            the record of an app
attribute_rows.py  attributes, to and from rows
entities.py        entities and links, to and from rows; values that are unique
indexes.py         expression indexes for indexed attributes
units.py           what a read or write works with
commits.py         what the store tells of its changes
store.py           the store: apps, and one transaction at a time
"""

from instant_admin.local.store.apps import App
from instant_admin.local.store.commits import Commit
from instant_admin.local.store.database import StoreError
from instant_admin.local.store.store import Store
from instant_admin.local.store.units import ReadUnit, WriteUnit

__all__ = ["App", "Commit", "ReadUnit", "Store", "StoreError", "WriteUnit"]
