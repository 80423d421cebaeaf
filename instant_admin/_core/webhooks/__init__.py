"""Webhooks: what the manager returns; and receiving: is a delivery genuine, what does it tell of, who handles it.

The flavours do the I/O.
"""
