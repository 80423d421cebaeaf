# Derived from instant_admin/_async/webhooks.py by scripts/generate_sync.py (make sync). Do not edit.
"""Managing webhooks, blocking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from instant_admin._core import webhook_calls as calls
from instant_admin._core.context import Context
from instant_admin._core.webhooks.payload import WebhookPayload
from instant_admin._core.webhooks.values import Webhook, WebhookAction, WebhookEvent, WebhookEventPage
from instant_admin._sync.gateway import Gateway
from instant_admin.types import EntityId, Timeout


class Webhooks:
    """`db.webhooks`. Every call here is made as the app itself; `as_user` does not change it.

    Receiving what webhooks deliver is `instant_admin.webhooks`.
    """

    def __init__(self, gateway: Gateway, context: Context) -> None:
        self._gateway = gateway
        self._context = context

    def create(
        self,
        url: str,
        *,
        namespaces: Iterable[str],
        actions: Iterable[WebhookAction],
        timeout: float | Timeout | None = None,
    ) -> Webhook:
        """Make a webhook, active at once. For an app's first one it takes the server about 2 s to notice changes.

        Args:
            url: Where to post to: https, at a public host. A local Instant takes http at this machine as well.
            namespaces: Whose entities, at least one. System namespaces such as `$users` are namespaces too.
            actions: What is done to them: some of "create", "update" and "delete".
            timeout: For this call, in seconds. The server looks the host up, for up to 10 s.

        Raises:
            InvalidArgumentError: An argument of another shape; nothing is sent.
            ValidationFailedError: The server refuses the address or a namespace, there is an active webhook of the same
                properties, or there are 100 active ones.

        Source: POST /dash/apps/{app_id}/webhooks, `createWebhook` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.create_webhook(self._context, url, namespaces, actions), timeout)

    def list(self, *, timeout: float | Timeout | None = None) -> list[Webhook]:
        """All webhooks, the newest first, disabled ones included.

        Args:
            timeout: For this call, in seconds.

        Source: GET /dash/apps/{app_id}/webhooks, `listWebhooks` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.list_webhooks(self._context), timeout)

    def update(
        self,
        webhook_id: EntityId,
        *,
        url: str | None = None,
        namespaces: Iterable[str] | None = None,
        actions: Iterable[WebhookAction] | None = None,
        timeout: float | Timeout | None = None,
    ) -> Webhook:
        """Change what is given; the rest stays, and a disabled webhook stays disabled.

        Args:
            webhook_id: Which one.
            url: As for `create`.
            namespaces: Instead of those it has.
            actions: Instead of those it has.
            timeout: For this call, in seconds.

        Raises:
            InvalidArgumentError: Nothing is given, or something of another shape; nothing is sent.
            RecordNotFoundError: There is no such webhook.
            ValidationFailedError: As for `create`.

        Source: POST /dash/apps/{app_id}/webhooks/{webhook_id}, `updateWebhook` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.update_webhook(self._context, webhook_id, url, namespaces, actions), timeout)

    def delete(self, webhook_id: EntityId, *, timeout: float | Timeout | None = None) -> Webhook:
        """Delete a webhook and return it as it was. Its events stay listed; their payloads are gone.

        Args:
            webhook_id: Which one.
            timeout: For this call, in seconds.

        Raises:
            RecordNotFoundError: There is no such webhook.

        Source: DELETE /dash/apps/{app_id}/webhooks/{webhook_id}, `deleteWebhook` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.delete_webhook(self._context, webhook_id), timeout)

    def enable(self, webhook_id: EntityId, *, timeout: float | Timeout | None = None) -> Webhook:
        """Let a webhook notice changes from now on. What happened while it was disabled is not told.

        Args:
            webhook_id: Which one; an active one stays as it is.
            timeout: For this call, in seconds.

        Raises:
            RecordNotFoundError: There is no such webhook.
            ValidationFailedError: There are 100 active ones.

        Source: POST /dash/apps/{app_id}/webhooks/{webhook_id}/enable, `enableWebhook` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.enable_webhook(self._context, webhook_id), timeout)

    def disable(
        self, webhook_id: EntityId, *, reason: str | None = None, timeout: float | Timeout | None = None
    ) -> Webhook:
        """Let a webhook rest: it notices no changes, and what is to be delivered still fails.

        Args:
            webhook_id: Which one; for a disabled one the reason is replaced.
            reason: Why, to be read in `disabled_reason`; a blank one is none.
            timeout: For this call, in seconds.

        Raises:
            RecordNotFoundError: There is no such webhook.

        Source: POST /dash/apps/{app_id}/webhooks/{webhook_id}/disable, `disableWebhook` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.disable_webhook(self._context, webhook_id, reason), timeout)

    def list_events(
        self, webhook_id: EntityId, *, after: str | None = None, timeout: float | Timeout | None = None
    ) -> WebhookEventPage:
        """Up to 100 events of the last 60 days, the newest first. `iter_events` reads on by itself.

        Args:
            webhook_id: Whose; an unknown one has none, and a deleted one those it had.
            after: `end_cursor` of the page before.
            timeout: For this call, in seconds.

        Raises:
            InvalidParameterError: The cursor is none of the server's.

        Source: GET /dash/apps/{app_id}/webhooks/{webhook_id}/events, `listWebhookEvents` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.list_events(self._context, webhook_id, after), timeout)

    def iter_events(self, webhook_id: EntityId, *, timeout: float | Timeout | None = None) -> Iterator[WebhookEvent]:
        """All events of the last 60 days, the newest first, read page by page as they are asked for.

        Args:
            webhook_id: Whose.
            timeout: For each page, in seconds.
        """
        cursor: str | None = None
        while True:
            page = self.list_events(webhook_id, after=cursor, timeout=timeout)
            for event in page.events:
                yield event
            # A server that repeats a cursor would be asked for ever.
            if not page.has_next_page or page.end_cursor in (None, cursor):
                return
            cursor = page.end_cursor

    def get_event(self, webhook_id: EntityId, isn: str, *, timeout: float | Timeout | None = None) -> WebhookEvent:
        """One event with its attempts.

        Args:
            webhook_id: Whose.
            isn: Its number, with the slashes.
            timeout: For this call, in seconds.

        Raises:
            RecordNotFoundError: There is no such event.

        Source: GET /dash/apps/{app_id}/webhooks/{webhook_id}/events/{isn}, `getWebhookEvent` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.get_event(self._context, webhook_id, isn), timeout)

    def get_payload(self, webhook_id: EntityId, isn: str, *, timeout: float | Timeout | None = None) -> WebhookPayload:
        """What an event tells of, seen through the namespaces and actions that the webhook has now.

        Args:
            webhook_id: Whose.
            isn: Its number, with the slashes.
            timeout: For this call, in seconds.

        Returns:
            The changes, perhaps none. `is_gone` where the number is unknown, or the server no longer has them.

        Raises:
            RecordNotFoundError: There is no such webhook.

        Source: GET /webhooks/payload/{app_id}/{webhook_id}/{isn}, `getWebhookPayload` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.get_payload(self._context, webhook_id, isn), timeout)

    def resend_event(self, webhook_id: EntityId, isn: str, *, timeout: float | Timeout | None = None) -> WebhookEvent:
        """Deliver an event again, soon, whatever came of it before.

        Args:
            webhook_id: Whose.
            isn: Its number, with the slashes.
            timeout: For this call, in seconds.

        Returns:
            The event, pending.

        Raises:
            ValidationFailedError: There is no such event, or it is being delivered right now.

        Source: POST /dash/apps/{app_id}/webhooks/{webhook_id}/events/{isn}, `resendWebhookEvent` in openapi/admin.yaml.
        """
        return self._gateway.run(calls.resend_event(self._context, webhook_id, isn), timeout)
