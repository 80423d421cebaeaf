"""Writing data: `/admin/transact` from the shape of its steps to the rows it leaves.

transaction.py     all of it in order: the one to read first
shape.py           whether steps are steps
inference.py       attributes that they need and the app lacks
lookups.py         entities named by a unique attribute
operations.py      what steps come down to; expand.py makes them, tx_steps.py reads those that sessions send
guards.py          system columns
existence.py       what `create` and strict updates want
state.py           the entities at work
write.py           the groups that write; resolution.py, uniqueness.py
removal.py         the groups that remove, and cascades
required.py        required attributes
"""

from instant_admin.local.transact.transaction import (
    Permissions,
    Transaction,
    run_transaction,
    run_tx_steps,
)

__all__ = ["Permissions", "Transaction", "run_transaction", "run_tx_steps"]
