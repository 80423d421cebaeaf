"""Where something was begun that runs by itself, awaitable."""

from __future__ import annotations

from instant_admin._async.runtime import current_place
from instant_admin.errors import ConfigurationError


class Place:
    """Remembers where it is made. A child of a fork has copies of what its parent began, and they stand still."""

    def __init__(self) -> None:
        self._made_in = current_place()

    @property
    def is_here(self) -> bool:
        """Whether it was made where this is asked."""
        return current_place() == self._made_in

    def require(self, what: str) -> None:
        """Raise ConfigurationError unless `what` was begun here."""
        if not self.is_here:
            raise ConfigurationError(f"{what} was begun in another process or another event loop; use it there.")
