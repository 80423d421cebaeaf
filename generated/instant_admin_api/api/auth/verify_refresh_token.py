from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ... import errors
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...models.verify_refresh_token_reply import VerifyRefreshTokenReply
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.verify_refresh_token_request import VerifyRefreshTokenRequest


def _get_kwargs(
    *,
    body: VerifyRefreshTokenRequest,
    app_id: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["app_id"] = app_id

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/runtime/auth/verify_refresh_token",
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorReply | FaultReply | VerifyRefreshTokenReply | None:
    if response.status_code == 200:
        response_200 = VerifyRefreshTokenReply.from_dict(response.json())

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
) -> Response[ErrorReply | FaultReply | VerifyRefreshTokenReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: VerifyRefreshTokenRequest,
    app_id: str | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | VerifyRefreshTokenReply]:
    """The user of a refresh token

     Says whose token this is. Needs no credentials; headers have no function here. An unknown, revoked
    or foreign
    token and an unknown app are 400 `record-not-found` (`app-user`), never a null user.

    Args:
        app_id (str | Unset):
        body (VerifyRefreshTokenRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | VerifyRefreshTokenReply]
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
    body: VerifyRefreshTokenRequest,
    app_id: str | Unset = UNSET,
) -> ErrorReply | FaultReply | VerifyRefreshTokenReply | None:
    """The user of a refresh token

     Says whose token this is. Needs no credentials; headers have no function here. An unknown, revoked
    or foreign
    token and an unknown app are 400 `record-not-found` (`app-user`), never a null user.

    Args:
        app_id (str | Unset):
        body (VerifyRefreshTokenRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | VerifyRefreshTokenReply
    """

    return sync_detailed(
        client=client,
        body=body,
        app_id=app_id,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: VerifyRefreshTokenRequest,
    app_id: str | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | VerifyRefreshTokenReply]:
    """The user of a refresh token

     Says whose token this is. Needs no credentials; headers have no function here. An unknown, revoked
    or foreign
    token and an unknown app are 400 `record-not-found` (`app-user`), never a null user.

    Args:
        app_id (str | Unset):
        body (VerifyRefreshTokenRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | VerifyRefreshTokenReply]
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
    body: VerifyRefreshTokenRequest,
    app_id: str | Unset = UNSET,
) -> ErrorReply | FaultReply | VerifyRefreshTokenReply | None:
    """The user of a refresh token

     Says whose token this is. Needs no credentials; headers have no function here. An unknown, revoked
    or foreign
    token and an unknown app are 400 `record-not-found` (`app-user`), never a null user.

    Args:
        app_id (str | Unset):
        body (VerifyRefreshTokenRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | VerifyRefreshTokenReply
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            app_id=app_id,
        )
    ).parsed
