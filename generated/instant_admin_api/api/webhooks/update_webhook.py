from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ... import errors
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...models.webhook_reply import WebhookReply
from ...types import Response

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.update_webhook_request import UpdateWebhookRequest


def _get_kwargs(
    app_id: str,
    webhook_id: str,
    *,
    body: UpdateWebhookRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/dash/apps/{app_id}/webhooks/{webhook_id}".format(
            app_id=quote(str(app_id), safe=""),
            webhook_id=quote(str(webhook_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorReply | FaultReply | WebhookReply | None:
    if response.status_code == 200:
        response_200 = WebhookReply.from_dict(response.json())

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
) -> Response[ErrorReply | FaultReply | WebhookReply]:
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
    body: UpdateWebhookRequest,
) -> Response[ErrorReply | FaultReply | WebhookReply]:
    """Change a webhook

     Changes the keys that are present and leaves the status alone. No key changes nothing, but still
    looks for a duplicate.

    Args:
        app_id (str):
        webhook_id (str):
        body (UpdateWebhookRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | WebhookReply]
    """

    kwargs = _get_kwargs(
        app_id=app_id,
        webhook_id=webhook_id,
        body=body,
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
    body: UpdateWebhookRequest,
) -> ErrorReply | FaultReply | WebhookReply | None:
    """Change a webhook

     Changes the keys that are present and leaves the status alone. No key changes nothing, but still
    looks for a duplicate.

    Args:
        app_id (str):
        webhook_id (str):
        body (UpdateWebhookRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | WebhookReply
    """

    return sync_detailed(
        app_id=app_id,
        webhook_id=webhook_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    app_id: str,
    webhook_id: str,
    *,
    client: AuthenticatedClient,
    body: UpdateWebhookRequest,
) -> Response[ErrorReply | FaultReply | WebhookReply]:
    """Change a webhook

     Changes the keys that are present and leaves the status alone. No key changes nothing, but still
    looks for a duplicate.

    Args:
        app_id (str):
        webhook_id (str):
        body (UpdateWebhookRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | WebhookReply]
    """

    kwargs = _get_kwargs(
        app_id=app_id,
        webhook_id=webhook_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    app_id: str,
    webhook_id: str,
    *,
    client: AuthenticatedClient,
    body: UpdateWebhookRequest,
) -> ErrorReply | FaultReply | WebhookReply | None:
    """Change a webhook

     Changes the keys that are present and leaves the status alone. No key changes nothing, but still
    looks for a duplicate.

    Args:
        app_id (str):
        webhook_id (str):
        body (UpdateWebhookRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | WebhookReply
    """

    return (
        await asyncio_detailed(
            app_id=app_id,
            webhook_id=webhook_id,
            client=client,
            body=body,
        )
    ).parsed
