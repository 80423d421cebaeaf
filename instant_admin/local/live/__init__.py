"""What goes on after the reply has begun: live queries, sessions, rooms and streams, over server-sent events.

routes.py        /admin/subscribe-query, /admin/sse and /admin/sse/push
live.py          the sessions of an instance, and what a change of the data means for them
session.py       one session: who it is of, and what is sent to it
messages.py      messages, read and written
operations.py    what a session may be asked for, and who does it
queries.py       its live queries
rooms.py         who is in a room; room_operations.py
streams.py       streams that are being written and their readers; stream_operations.py, running_stream.py
stream_store.py  what is stored of a stream
worker.py        the thread that does what nobody waits for; there is none while there is nothing to do

Evidence: recordings of the area `realtime`.
"""

from instant_admin.local.live.live import Live
from instant_admin.local.live.rooms import Rooms

__all__ = ["Live", "Rooms"]
