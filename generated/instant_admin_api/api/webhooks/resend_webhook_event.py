from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ... import errors
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...models.webhook_event_reply import WebhookEventReply
from ...types import Response

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client


def _get_kwargs(
    app_id: str,
    webhook_id: str,
    isn: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/dash/apps/{app_id}/webhooks/{webhook_id}/events/{isn}".format(
            app_id=quote(str(app_id), safe=""),
            webhook_id=quote(str(webhook_id), safe=""),
            isn=quote(str(isn), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorReply | FaultReply | WebhookEventReply | None:
    if response.status_code == 200:
        response_200 = WebhookEventReply.from_dict(response.json())

        return response_200

    if 400 <= response.status_code <= 499:
        response_4xx = ErrorReply.from_dict(response.json())

        return response_4xx

    if 500 <= response.status_code <= 599:
        response_5xx = FaultReply.from_dict(response.json())

        return response_5xx

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ErrorReply | FaultReply | WebhookEventReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    app_id: str,
    webhook_id: str,
    isn: str,
    *,
    client: AuthenticatedClient,
) -> Response[ErrorReply | FaultReply | WebhookEventReply]:
    """Deliver an event again

     Queues an event for delivery, whatever its status. An unknown event, or one that is being delivered,
    is 400
    `validation-failed` (data-type `webhook-events`).

    Args:
        app_id (str):
        webhook_id (str):
        isn (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | WebhookEventReply]
    """

    kwargs = _get_kwargs(
        app_id=app_id,
        webhook_id=webhook_id,
        isn=isn,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    app_id: str,
    webhook_id: str,
    isn: str,
    *,
    client: AuthenticatedClient,
) -> ErrorReply | FaultReply | WebhookEventReply | None:
    """Deliver an event again

     Queues an event for delivery, whatever its status. An unknown event, or one that is being delivered,
    is 400
    `validation-failed` (data-type `webhook-events`).

    Args:
        app_id (str):
        webhook_id (str):
        isn (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | WebhookEventReply
    """

    return sync_detailed(
        app_id=app_id,
        webhook_id=webhook_id,
        isn=isn,
        client=client,
    ).parsed


async def asyncio_detailed(
    app_id: str,
    webhook_id: str,
    isn: str,
    *,
    client: AuthenticatedClient,
) -> Response[ErrorReply | FaultReply | WebhookEventReply]:
    """Deliver an event again

     Queues an event for delivery, whatever its status. An unknown event, or one that is being delivered,
    is 400
    `validation-failed` (data-type `webhook-events`).

    Args:
        app_id (str):
        webhook_id (str):
        isn (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | WebhookEventReply]
    """

    kwargs = _get_kwargs(
        app_id=app_id,
        webhook_id=webhook_id,
        isn=isn,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    app_id: str,
    webhook_id: str,
    isn: str,
    *,
    client: AuthenticatedClient,
) -> ErrorReply | FaultReply | WebhookEventReply | None:
    """Deliver an event again

     Queues an event for delivery, whatever its status. An unknown event, or one that is being delivered,
    is 400
    `validation-failed` (data-type `webhook-events`).

    Args:
        app_id (str):
        webhook_id (str):
        isn (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | WebhookEventReply
    """

    return (
        await asyncio_detailed(
            app_id=app_id,
            webhook_id=webhook_id,
            isn=isn,
            client=client,
        )
    ).parsed
