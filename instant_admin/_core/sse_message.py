"""What all messages in a stream of the server's have in common (server contract, realtime 1)."""

from __future__ import annotations

from typing import Any

import msgspec

from instant_admin._core.api_errors import read_api_error_object
from instant_admin.errors import APIError

_FAULT_STATUS = 500


class SSEMessage(msgspec.Struct, rename="kebab"):
    """The keys of every message: what it is, and what an error says. Subclasses add those that they read."""

    op: Any = None
    status: Any = None
    type: Any = None
    message: Any = None
    hint: Any = None
    trace_id: Any = None

    def to_error(self, *, secrets: tuple[str, ...], impersonated: bool) -> APIError:
        """One of our errors, of a message whose `op` is "error".

        Args:
            secrets: Tokens of the call, to be masked.
            impersonated: Whether the call was made as a user.
        """
        status = self.status if isinstance(self.status, int) else _FAULT_STATUS
        content = {"type": self.type, "message": self.message, "hint": self.hint, "trace-id": self.trace_id}
        return read_api_error_object(status, content, secrets=secrets, impersonated=impersonated)
