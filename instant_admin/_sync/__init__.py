"""The blocking flavour. All but `runtime.py` is derived from `_async` by scripts/generate_sync.py."""
