"""Reading: InstaQL, from the checks of its shape to the tree of entities.

shape.py, faults.py             what a query may look like, how names are read, how faults are told
forms.py, conditions.py         its parsed forms and the conditions of their `where`
plan.py                         a form among the attributes of an app
patterns.py, comparisons.py     what a `where` means: patterns over variables, and checked operands
match_sql.py, value_sql.py      both of that in SQL
levels.py, pages.py, records.py reading the rows of a form
choices.py                      by what they match: for counts, and for callers whose view is limited
visibility.py                   the seam to permission rules
tree.py                         the answer
run.py                          all of it together
"""

from instant_admin.local.query.run import RULE_PARAMS, QueryResult, run_query
from instant_admin.local.query.visibility import EntityKey, Record, Visibility

__all__ = ["RULE_PARAMS", "EntityKey", "QueryResult", "Record", "Visibility", "run_query"]
