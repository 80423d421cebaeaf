"""How single values compare, sort, merge and count, as on a real server with its PostgreSQL.

sort_keys.py       what a value sorts by in the database
collation.py       the order of texts there
jsonb_order.py     the order of values of mixed types there
memory_order.py    the final order of a page, in the server's memory
query_dates.py     dates that a `where` reads; those that can be stored are in instant_admin/_dates
like.py            `$like` and `$ilike`
merge.py, size.py  patches, and how much room a value takes
"""

from instant_admin._dates.stored import is_storable_date, stored_date_ms
from instant_admin.local.values.collation import collation_key
from instant_admin.local.values.jsonb_order import jsonb_key
from instant_admin.local.values.like import LikePatternError, like
from instant_admin.local.values.memory_order import memory_key
from instant_admin.local.values.merge import merge
from instant_admin.local.values.query_dates import read_date_ns, read_query_date
from instant_admin.local.values.size import stored_size
from instant_admin.local.values.sort_keys import sort_value

__all__ = [
    "LikePatternError",
    "collation_key",
    "is_storable_date",
    "jsonb_key",
    "like",
    "memory_key",
    "merge",
    "read_date_ns",
    "read_query_date",
    "sort_value",
    "stored_date_ms",
    "stored_size",
]
