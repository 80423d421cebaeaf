"""Typed Python from a schema: pure functions from a Schema to the source of a module.

names.py       what classes are called, and which labels can be attributes of a class
layout.py      source text laid out as ruff does
value_types.py the types of attributes: as read, as written, and as compared with
paths.py       what a condition may be about, following links
namespace.py   the types of one namespace
module.py      the whole module

Why the module looks as it does is told in docs/types.md.
"""
