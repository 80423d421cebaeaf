"""What the classes of a namespace are called, and which labels can be attributes of a class."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable, Mapping

SUFFIXES = (
    "Attribute",
    "Attributes",
    "Builder",
    "Chunk",
    "Create",
    "Field",
    "Link",
    "Links",
    "Nested",
    "NestedOptions",
    "NestedOrder",
    "Options",
    "Order",
    "Query",
    "Row",
    "Unique",
    "Update",
    "Where",
)
"""What is appended to a namespace's stem to name its types."""

_WORD = re.compile(r"[^\W_]+")


def name_stems(namespaces: Iterable[str], taken: Iterable[str]) -> Mapping[str, str]:
    """A stem for the types of each namespace, such as "MyThings" for "my-things", all different.

    Args:
        namespaces: Their names, in order: of several that come to one stem all but the first get a number.
        taken: Names that the module uses otherwise.
    """
    used = set(taken)
    stems: dict[str, str] = {}
    for namespace in namespaces:
        base = stem = _stem(namespace)
        number = 1
        while not used.isdisjoint(stem + suffix for suffix in SUFFIXES):
            number += 1
            stem = f"{base}{number}"
        used.update(stem + suffix for suffix in SUFFIXES)
        stems[namespace] = stem
    return stems


def is_attribute_name(label: str) -> bool:
    """Whether a label can be a name in the body of a class and is the same text there.

    Names that begin with two underscores are changed in a class; others than in normal form are changed everywhere.
    """
    return (
        label.isidentifier()
        and not keyword.iskeyword(label)
        and not label.startswith("__")
        and unicodedata.normalize("NFKC", label) == label
    )


def _stem(namespace: str) -> str:
    words = _WORD.findall(unicodedata.normalize("NFKC", namespace))
    stem = "".join(word[0].upper() + word[1:] for word in words)
    if namespace.startswith("$"):
        stem = f"System{stem}"
    return stem if stem.isidentifier() else f"Namespace{stem}"
