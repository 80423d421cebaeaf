"""Which of the caller's functions handles which change, and how they are run."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, TypeAlias, TypeVar

from instant_admin._core.webhooks.payload import WebhookPayload, WebhookRecord
from instant_admin.errors import ConfigurationError

Handler: TypeAlias = Callable[[WebhookRecord], Any]
"""A function, or one that is awaited; what it returns is not looked at."""

HandlerTable: TypeAlias = Mapping[str, "Mapping[str, Handler] | Handler"]
"""`{namespace: {action or "$default": handler}, "$default": handler}`."""

H = TypeVar("H", bound=Handler)

_DEFAULT = "$default"
_logger = logging.getLogger("instant_admin")


class WebhookHandlers:
    """Handlers of changes. A change goes to the handler of its namespace and action, else to that of its namespace,
    else to the one for everything else, else to nobody.

    handlers = WebhookHandlers()

    @handlers.on("posts", "create")
    def announce(record): ...

    Handlers can be given as a table too, as the JS SDK takes them: `WebhookHandlers({"posts": {"create": announce}})`.
    Deliveries may repeat and overtake each other, so a handler must be able to see a change twice;
    `record.idempotency_key` tells.
    """

    def __init__(self, table: HandlerTable | None = None) -> None:
        """Make a collection.

        Args:
            table: `{namespace: {action: handler, "$default": handler}, "$default": handler}`.

        Raises:
            ConfigurationError: The table has another shape.
        """
        self._handlers: dict[tuple[str | None, str | None], Handler] = {}
        for namespace, entry in (table or {}).items():
            if namespace == _DEFAULT:
                self._add(None, None, entry)
            elif isinstance(entry, Mapping):
                for action, handler in entry.items():
                    self._add(namespace, None if action == _DEFAULT else action, handler)
            else:
                raise ConfigurationError(f"Handlers of {namespace!r:.80} must be a mapping of actions to functions.")

    def on(
        self, namespace: str | None = None, action: Literal["create", "update", "delete"] | None = None
    ) -> Callable[[H], H]:
        """Decorate a handler.

        Args:
            namespace: Whose changes; left out for those that no other handler takes.
            action: Which changes; left out for those of the namespace that no other handler takes.

        Raises:
            ConfigurationError: There is one already, or an action without a namespace.
        """

        def add(handler: H) -> H:
            if (namespace, action) in self._handlers:
                raise ConfigurationError(f"There is a handler already for {_describe(namespace, action)}.")
            self._add(namespace, action, handler)
            return handler

        return add

    def __or__(self, other: WebhookHandlers) -> WebhookHandlers:
        """The handlers of both; where both have one, the other's."""
        merged = WebhookHandlers()
        merged._handlers = {**self._handlers, **other._handlers}
        return merged

    def find(self, record: WebhookRecord) -> Handler | None:
        """The handler of a change."""
        for key in ((record.namespace, record.action), (record.namespace, None), (None, None)):
            if key in self._handlers:
                return self._handlers[key]
        return None

    def dispatch(self, changes: WebhookPayload | Iterable[WebhookRecord]) -> None:
        """Run the handlers one after another, in the order of the changes. A failure ends it and is raised as it is.

        Raises:
            ConfigurationError: A handler is to be awaited: `dispatch_async` does. Where that can be seen, no handler
                has run by then.
        """
        chosen = self._choose(changes)
        for handler, _ in chosen:
            if inspect.iscoroutinefunction(handler) or inspect.iscoroutinefunction(type(handler).__call__):
                raise _must_be_awaited(handler)
        for handler, record in chosen:
            result = handler(record)
            if inspect.isawaitable(result):
                if inspect.iscoroutine(result):
                    result.close()
                raise _must_be_awaited(handler)

    async def dispatch_async(self, changes: WebhookPayload | Iterable[WebhookRecord]) -> None:
        """Start the handlers in the order of the changes. Those to be awaited then run at the same time.

        A plain function runs on the event loop, so it must not block; where it fails, the changes after it are not
        begun. Where an awaited handler fails, all others run all the same. Either way every handler that was begun is
        waited for. Then the first failure is raised as it is, a plain function's before others; further ones are
        logged.
        """
        from instant_admin._core.webhooks.running import run_handlers  # blocking programs do without asyncio

        await run_handlers(self._choose(changes))

    def _choose(self, changes: WebhookPayload | Iterable[WebhookRecord]) -> list[tuple[Handler, WebhookRecord]]:
        if isinstance(changes, WebhookPayload):
            if changes.is_gone:
                _logger.warning(
                    "The changes of webhook event %s are gone: nobody handles them.", changes.idempotency_key
                )
            changes = changes.records
        found = ((self.find(record), record) for record in changes)
        return [(handler, record) for handler, record in found if handler is not None]

    def _add(self, namespace: str | None, action: str | None, handler: object) -> None:
        if namespace is None and action is not None:
            raise ConfigurationError("A handler of an action needs a namespace.")
        if not callable(handler):
            raise ConfigurationError(
                f"The handler for {_describe(namespace, action)} must be a function, got {type(handler).__name__}."
            )
        self._handlers[namespace, action] = handler


def _describe(namespace: str | None, action: str | None) -> str:
    return "everything else" if namespace is None else f"{action or 'everything else'} of {namespace!r:.80}"


def _must_be_awaited(handler: Handler) -> ConfigurationError:
    name = getattr(handler, "__qualname__", type(handler).__name__)
    return ConfigurationError(f"Handler {name} is to be awaited: use dispatch_async, or AsyncWebhookReceiver.")
