from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ... import errors
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...models.list_webhook_events_reply import ListWebhookEventsReply
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client


def _get_kwargs(
    app_id: str,
    webhook_id: str,
    *,
    after: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["after"] = after

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/dash/apps/{app_id}/webhooks/{webhook_id}/events".format(
            app_id=quote(str(app_id), safe=""),
            webhook_id=quote(str(webhook_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorReply | FaultReply | ListWebhookEventsReply | None:
    if response.status_code == 200:
        response_200 = ListWebhookEventsReply.from_dict(response.json())

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
) -> Response[ErrorReply | FaultReply | ListWebhookEventsReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    app_id: str,
    webhook_id: str,
    *,
    client: AuthenticatedClient,
    after: str | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | ListWebhookEventsReply]:
    """List a webhook's events

     Newest first, 100 per page, at most 60 days back. An unknown webhook has no events.

    Args:
        app_id (str):
        webhook_id (str):
        after (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | ListWebhookEventsReply]
    """

    kwargs = _get_kwargs(
        app_id=app_id,
        webhook_id=webhook_id,
        after=after,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    app_id: str,
    webhook_id: str,
    *,
    client: AuthenticatedClient,
    after: str | Unset = UNSET,
) -> ErrorReply | FaultReply | ListWebhookEventsReply | None:
    """List a webhook's events

     Newest first, 100 per page, at most 60 days back. An unknown webhook has no events.

    Args:
        app_id (str):
        webhook_id (str):
        after (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | ListWebhookEventsReply
    """

    return sync_detailed(
        app_id=app_id,
        webhook_id=webhook_id,
        client=client,
        after=after,
    ).parsed


async def asyncio_detailed(
    app_id: str,
    webhook_id: str,
    *,
    client: AuthenticatedClient,
    after: str | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | ListWebhookEventsReply]:
    """List a webhook's events

     Newest first, 100 per page, at most 60 days back. An unknown webhook has no events.

    Args:
        app_id (str):
        webhook_id (str):
        after (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | ListWebhookEventsReply]
    """

    kwargs = _get_kwargs(
        app_id=app_id,
        webhook_id=webhook_id,
        after=after,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    app_id: str,
    webhook_id: str,
    *,
    client: AuthenticatedClient,
    after: str | Unset = UNSET,
) -> ErrorReply | FaultReply | ListWebhookEventsReply | None:
    """List a webhook's events

     Newest first, 100 per page, at most 60 days back. An unknown webhook has no events.

    Args:
        app_id (str):
        webhook_id (str):
        after (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | ListWebhookEventsReply
    """

    return (
        await asyncio_detailed(
            app_id=app_id,
            webhook_id=webhook_id,
            client=client,
            after=after,
        )
    ).parsed
