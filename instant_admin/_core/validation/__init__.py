"""Checks of queries and transactions before anything is sent.

Two modes: what the JS SDK refuses ("upstream"), and that with what it forgets ("full", the default), which is what the
server refuses or misreads without a word.

tables.py      a schema, compiled for lookup
faults.py      how a fault is told
values.py      which values fit which type
queries.py     a query's levels
options.py     what stands in `$`
where.py       conditions, and the paths they are about
operators.py   operator objects in conditions
steps.py       a transaction's steps
upstream_steps.py  the same as the JS SDK checks them
"""
