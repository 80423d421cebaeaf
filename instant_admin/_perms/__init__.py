"""Permission rules as values, and what is wrong with them.

forms.py     their JSON form, for type checkers
values.py    `Rules`
checking.py  every fault of a rules object, found with the local Instant's compiler
"""
