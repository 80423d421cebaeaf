"""The awaitable flavour, written by hand. scripts/generate_sync.py derives `_sync` from it."""
