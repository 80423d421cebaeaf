"""How names are read in a query: all of a key up to a slash is lost (recording query_slash_keys)."""

from __future__ import annotations


def name_of(key: str) -> str:
    """The namespace, link or attribute that a key names."""
    _, slash, name = key.partition("/")
    return name if slash and key != "/" else key


def path_of(key: str) -> tuple[str, ...]:
    """The labels of a path in a `where`; dots at its end do not count."""
    labels = name_of(key).split(".")
    while len(labels) > 1 and labels[-1] == "":
        labels.pop()
    return tuple(labels)
