from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ... import errors
from ...models.empty_reply import EmptyReply
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...types import Response

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.runtime_sign_out_request import RuntimeSignOutRequest


def _get_kwargs(
    *,
    body: RuntimeSignOutRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/runtime/signout",
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
    body: RuntimeSignOutRequest,
) -> Response[EmptyReply | ErrorReply | FaultReply]:
    """Revoke one's own refresh token

     Deletes one token. Needs no credentials: the token is the secret. Works on read-only and disabled
    apps.

    Args:
        body (RuntimeSignOutRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EmptyReply | ErrorReply | FaultReply]
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
    body: RuntimeSignOutRequest,
) -> EmptyReply | ErrorReply | FaultReply | None:
    """Revoke one's own refresh token

     Deletes one token. Needs no credentials: the token is the secret. Works on read-only and disabled
    apps.

    Args:
        body (RuntimeSignOutRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        EmptyReply | ErrorReply | FaultReply
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: RuntimeSignOutRequest,
) -> Response[EmptyReply | ErrorReply | FaultReply]:
    """Revoke one's own refresh token

     Deletes one token. Needs no credentials: the token is the secret. Works on read-only and disabled
    apps.

    Args:
        body (RuntimeSignOutRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[EmptyReply | ErrorReply | FaultReply]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: RuntimeSignOutRequest,
) -> EmptyReply | ErrorReply | FaultReply | None:
    """Revoke one's own refresh token

     Deletes one token. Needs no credentials: the token is the secret. Works on read-only and disabled
    apps.

    Args:
        body (RuntimeSignOutRequest):

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
        )
    ).parsed
