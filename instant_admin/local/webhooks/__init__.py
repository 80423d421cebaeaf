"""Webhooks: who is told of which changes, and the telling itself.

routes.py          managing webhooks and their events
public_routes.py   what deliveries lead to: the keys, and the changes of an event
hooks.py           webhooks as they are stored
addresses.py       where deliveries may go
noticing.py        what a transaction changes, and the events that it makes
events.py          events as they are stored, which of them are due, and what comes of an attempt
isn.py             the numbers of events
payload.py         the changes that an event tells of
signing.py         the key of an instance, its signatures and its tokens
sending.py         one attempt
worker.py          the thread that delivers
webhooks.py        the parts of an instance put together

Evidence: recordings of the area `webhooks`; server contract, webhooks.
"""

from instant_admin.local.webhooks.webhooks import Webhooks

__all__ = ["Webhooks"]
