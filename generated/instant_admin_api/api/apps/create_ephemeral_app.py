from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ... import errors
from ...models.create_ephemeral_app_reply import CreateEphemeralAppReply
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...types import Response

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.create_ephemeral_app_request import CreateEphemeralAppRequest


def _get_kwargs(
    *,
    body: CreateEphemeralAppRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/dash/apps/ephemeral",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> CreateEphemeralAppReply | ErrorReply | FaultReply | None:
    if response.status_code == 200:
        response_200 = CreateEphemeralAppReply.from_dict(response.json())

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
) -> Response[CreateEphemeralAppReply | ErrorReply | FaultReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateEphemeralAppRequest,
) -> Response[CreateEphemeralAppReply | ErrorReply | FaultReply]:
    """Make a throw-away app

     Makes an app that lives for 14 days. Needs no credentials; the reply has the admin token. Wrong
    rules are refused before
    the app is made, a wrong schema after it.

    Args:
        body (CreateEphemeralAppRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CreateEphemeralAppReply | ErrorReply | FaultReply]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: CreateEphemeralAppRequest,
) -> CreateEphemeralAppReply | ErrorReply | FaultReply | None:
    """Make a throw-away app

     Makes an app that lives for 14 days. Needs no credentials; the reply has the admin token. Wrong
    rules are refused before
    the app is made, a wrong schema after it.

    Args:
        body (CreateEphemeralAppRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CreateEphemeralAppReply | ErrorReply | FaultReply
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: CreateEphemeralAppRequest,
) -> Response[CreateEphemeralAppReply | ErrorReply | FaultReply]:
    """Make a throw-away app

     Makes an app that lives for 14 days. Needs no credentials; the reply has the admin token. Wrong
    rules are refused before
    the app is made, a wrong schema after it.

    Args:
        body (CreateEphemeralAppRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CreateEphemeralAppReply | ErrorReply | FaultReply]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: CreateEphemeralAppRequest,
) -> CreateEphemeralAppReply | ErrorReply | FaultReply | None:
    """Make a throw-away app

     Makes an app that lives for 14 days. Needs no credentials; the reply has the admin token. Wrong
    rules are refused before
    the app is made, a wrong schema after it.

    Args:
        body (CreateEphemeralAppRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CreateEphemeralAppReply | ErrorReply | FaultReply
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
