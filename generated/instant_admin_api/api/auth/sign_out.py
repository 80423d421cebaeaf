from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ... import errors
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...models.sign_out_reply import SignOutReply
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.sign_out_request import SignOutRequest


def _get_kwargs(
    *,
    body: SignOutRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(app_id_header, Unset):
        headers["app-id"] = app_id_header

    params: dict[str, Any] = {}

    params["app_id"] = app_id_query

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/admin/sign_out",
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorReply | FaultReply | SignOutReply | None:
    if response.status_code == 200:
        response_200 = SignOutReply.from_dict(response.json())

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
) -> Response[ErrorReply | FaultReply | SignOutReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: SignOutRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | SignOutReply]:
    """Revoke refresh tokens

     Deletes all tokens of a user, or one token. One key is used, in the order `id`, `email`,
    `refresh_token`; the
    others are not looked at. An unknown id or token is 200, an unknown address 400 `record-not-found`.
    Works on
    read-only and disabled apps. Open streams stay open. Without a JSON body 500 with an empty body.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        body (SignOutRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | SignOutReply]
    """

    kwargs = _get_kwargs(
        body=body,
        app_id_query=app_id_query,
        app_id_header=app_id_header,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: SignOutRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
) -> ErrorReply | FaultReply | SignOutReply | None:
    """Revoke refresh tokens

     Deletes all tokens of a user, or one token. One key is used, in the order `id`, `email`,
    `refresh_token`; the
    others are not looked at. An unknown id or token is 200, an unknown address 400 `record-not-found`.
    Works on
    read-only and disabled apps. Open streams stay open. Without a JSON body 500 with an empty body.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        body (SignOutRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | SignOutReply
    """

    return sync_detailed(
        client=client,
        body=body,
        app_id_query=app_id_query,
        app_id_header=app_id_header,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: SignOutRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | SignOutReply]:
    """Revoke refresh tokens

     Deletes all tokens of a user, or one token. One key is used, in the order `id`, `email`,
    `refresh_token`; the
    others are not looked at. An unknown id or token is 200, an unknown address 400 `record-not-found`.
    Works on
    read-only and disabled apps. Open streams stay open. Without a JSON body 500 with an empty body.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        body (SignOutRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | SignOutReply]
    """

    kwargs = _get_kwargs(
        body=body,
        app_id_query=app_id_query,
        app_id_header=app_id_header,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: SignOutRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
) -> ErrorReply | FaultReply | SignOutReply | None:
    """Revoke refresh tokens

     Deletes all tokens of a user, or one token. One key is used, in the order `id`, `email`,
    `refresh_token`; the
    others are not looked at. An unknown id or token is 200, an unknown address 400 `record-not-found`.
    Works on
    read-only and disabled apps. Open streams stay open. Without a JSON body 500 with an empty body.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        body (SignOutRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | SignOutReply
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            app_id_query=app_id_query,
            app_id_header=app_id_header,
        )
    ).parsed
