"""The schema: definitions, plans and their execution, jobs, soft deletion.

compiled.py       attributes as replies show them, and the compiled schema
pushed.py         the schema that a client pushes, read
plan.py           the steps from what is there to what is pushed
apply.py          doing them
definitions.py    attributes as `add-attr` describes them
attributes.py     making, soft-deleting and restoring attributes
changes.py        changing attributes that exist
jobs.py           indexing jobs: done at once, visible afterwards
contents.py       what becomes of the data; findings.py: what of it stands against a change
checks.py         whether single values may be stored
refusals.py       refusals that only writing data and schemas raises
routes.py         the HTTP routes
"""

from instant_admin.local.schema.apply import add_to_new_app

__all__ = ["add_to_new_app"]
