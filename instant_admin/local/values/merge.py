"""`merge`: a patch put into what is stored."""

from __future__ import annotations

from typing import Any, cast


def merge(stored: Any, patch: Any) -> Any:
    """The value after a merge: objects key by key, all else replaced.

    A null removes a key only where an object meets an object; in a part of the patch that is new it stays (oracle
    vectors `merge`).
    """
    if not isinstance(stored, dict) or not isinstance(patch, dict):
        return patch
    merged = dict(cast("dict[str, Any]", stored))
    for key, value in cast("dict[str, Any]", patch).items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge(merged[key], value) if key in merged else value
    return merged
