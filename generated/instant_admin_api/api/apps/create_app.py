from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ... import errors
from ...models.create_app_reply import CreateAppReply
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...types import Response

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.create_app_request import CreateAppRequest


def _get_kwargs(
    *,
    body: CreateAppRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/superadmin/apps",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> CreateAppReply | ErrorReply | FaultReply | None:
    if response.status_code == 200:
        response_200 = CreateAppReply.from_dict(response.json())

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
) -> Response[CreateAppReply | ErrorReply | FaultReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: CreateAppRequest,
) -> Response[CreateAppReply | ErrorReply | FaultReply]:
    """Make an app

     Makes an app for the caller's account, or for an organisation in which it is an admin; the reply has
    the admin
    token. Wrong rules are refused before the app is made, a wrong schema after it, so that trying again
    makes a
    second app.

    Args:
        body (CreateAppRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CreateAppReply | ErrorReply | FaultReply]
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
    client: AuthenticatedClient,
    body: CreateAppRequest,
) -> CreateAppReply | ErrorReply | FaultReply | None:
    """Make an app

     Makes an app for the caller's account, or for an organisation in which it is an admin; the reply has
    the admin
    token. Wrong rules are refused before the app is made, a wrong schema after it, so that trying again
    makes a
    second app.

    Args:
        body (CreateAppRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CreateAppReply | ErrorReply | FaultReply
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: CreateAppRequest,
) -> Response[CreateAppReply | ErrorReply | FaultReply]:
    """Make an app

     Makes an app for the caller's account, or for an organisation in which it is an admin; the reply has
    the admin
    token. Wrong rules are refused before the app is made, a wrong schema after it, so that trying again
    makes a
    second app.

    Args:
        body (CreateAppRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CreateAppReply | ErrorReply | FaultReply]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: CreateAppRequest,
) -> CreateAppReply | ErrorReply | FaultReply | None:
    """Make an app

     Makes an app for the caller's account, or for an organisation in which it is an admin; the reply has
    the admin
    token. Wrong rules are refused before the app is made, a wrong schema after it, so that trying again
    makes a
    second app.

    Args:
        body (CreateAppRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CreateAppReply | ErrorReply | FaultReply
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
