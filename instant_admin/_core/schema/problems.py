"""What is wrong with a schema, collected so that all of it can be told at once."""

from __future__ import annotations

from instant_admin.errors import SchemaError


class Problems:
    """Texts, each with the place that it is about."""

    def __init__(self) -> None:
        self._texts: list[str] = []

    def add(self, place: str, text: str) -> None:
        """Note one."""
        self._texts.append(f"{place}: {text}")

    def extend(self, texts: list[str] | tuple[str, ...]) -> None:
        """Note some that name their places themselves."""
        self._texts.extend(texts)

    def check(self) -> None:
        """End here if there are any.

        Raises:
            SchemaError: With all of them.
        """
        if self._texts:
            count = "a problem" if len(self._texts) == 1 else f"{len(self._texts)} problems"
            lines = "".join(f"\n  - {text}" for text in self._texts)
            raise SchemaError(f"The schema has {count}:{lines}", problems=tuple(self._texts))
