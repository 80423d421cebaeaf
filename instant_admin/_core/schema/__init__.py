"""Schemas: frozen values, how they are written and read, what is wrong with them, and how two differ.

values.py      attributes, entities, links, rooms, and the schema of them
frozen.py      the mapping they are kept in
builder.py     `i`, which makes them
reading.py     from the form that the server's schema push takes
writing.py     to that form
conflicts.py   what cannot be in one schema together
system.py      what every app has from the beginning
difference.py  what turns one schema into another

And over the wire:

attributes.py  the server's attributes, as a schema
missing.py     what an app has and a schema lacks
renaming.py    other names for what an app has
steps.py       what steps of a push make of attributes
plan.py        what a push would do, for people to read
jobs.py        what the server does in the background after it
job_watch.py   how long to wait for that
"""
