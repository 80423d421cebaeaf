"""What a test needs of a server and a real one does not offer: reset, dumps, another time, the outbox, faults.

control.py   the Python side, `LocalInstant.control`
routes.py    the same over HTTP, under `/_local`, where switched on
rows.py      an app's rows at once: deleting, keeping and putting them back
content.py   an app's content as JSON
faults.py    what goes wrong with the next requests
"""

from instant_admin.local.control.control import Control
from instant_admin.local.control.faults import ConnectionDropped, Fault
from instant_admin.local.control.rows import Snapshot

__all__ = ["ConnectionDropped", "Control", "Fault", "Snapshot"]
