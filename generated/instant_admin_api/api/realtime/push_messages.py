from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ... import errors
from ...models.empty_reply import EmptyReply
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...types import UNSET, Response

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.push_messages_request import PushMessagesRequest


def _get_kwargs(
    *,
    body: PushMessagesRequest,
    app_id: str,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["app_id"] = app_id

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/admin/sse/push",
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> EmptyReply | ErrorReply | FaultReply | None:
    if response.status_code == 200:
        response_200 = EmptyReply.from_dict(response.json())

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
) -> Response[EmptyReply | ErrorReply | FaultReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: PushMessagesRequest,
    app_id: str,
) -> Response[EmptyReply | ErrorReply | FaultReply]:
    """Send messages to a session

     Queues messages for a session, in order. 200 says queued, not done: outcomes are events of the
    session. Needs no
    credentials: `sse_token` is the secret. `session-missing` and `member-missing` (400) mean that the
    session is gone.

    Args:
        app_id (str):
        body (PushMessagesRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EmptyReply | ErrorReply | FaultReply]
    """

    kwargs = _get_kwargs(
        body=body,
        app_id=app_id,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: PushMessagesRequest,
    app_id: str,
) -> EmptyReply | ErrorReply | FaultReply | None:
    """Send messages to a session

     Queues messages for a session, in order. 200 says queued, not done: outcomes are events of the
    session. Needs no
    credentials: `sse_token` is the secret. `session-missing` and `member-missing` (400) mean that the
    session is gone.

    Args:
        app_id (str):
        body (PushMessagesRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EmptyReply | ErrorReply | FaultReply
    """

    return sync_detailed(
        client=client,
        body=body,
        app_id=app_id,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: PushMessagesRequest,
    app_id: str,
) -> Response[EmptyReply | ErrorReply | FaultReply]:
    """Send messages to a session

     Queues messages for a session, in order. 200 says queued, not done: outcomes are events of the
    session. Needs no
    credentials: `sse_token` is the secret. `session-missing` and `member-missing` (400) mean that the
    session is gone.

    Args:
        app_id (str):
        body (PushMessagesRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EmptyReply | ErrorReply | FaultReply]
    """

    kwargs = _get_kwargs(
        body=body,
        app_id=app_id,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: PushMessagesRequest,
    app_id: str,
) -> EmptyReply | ErrorReply | FaultReply | None:
    """Send messages to a session

     Queues messages for a session, in order. 200 says queued, not done: outcomes are events of the
    session. Needs no
    credentials: `sse_token` is the secret. `session-missing` and `member-missing` (400) mean that the
    session is gone.

    Args:
        app_id (str):
        body (PushMessagesRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EmptyReply | ErrorReply | FaultReply
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            app_id=app_id,
        )
    ).parsed
