from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ... import errors
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...models.guest_sign_in_reply import GuestSignInReply
from ...types import Response

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.runtime_sign_in_guest_request import RuntimeSignInGuestRequest


def _get_kwargs(
    *,
    body: RuntimeSignInGuestRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/runtime/auth/sign_in_guest",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorReply | FaultReply | GuestSignInReply | None:
    if response.status_code == 200:
        response_200 = GuestSignInReply.from_dict(response.json())

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
) -> Response[ErrorReply | FaultReply | GuestSignInReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: RuntimeSignInGuestRequest,
) -> Response[ErrorReply | FaultReply | GuestSignInReply]:
    """Make a guest, as an app's own front end does

     Like signInGuest, but without credentials and under the `$users` `create` rule. An unknown app is
    400
    `record-foreign-key-invalid`.

    Args:
        body (RuntimeSignInGuestRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | GuestSignInReply]
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
    body: RuntimeSignInGuestRequest,
) -> ErrorReply | FaultReply | GuestSignInReply | None:
    """Make a guest, as an app's own front end does

     Like signInGuest, but without credentials and under the `$users` `create` rule. An unknown app is
    400
    `record-foreign-key-invalid`.

    Args:
        body (RuntimeSignInGuestRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | GuestSignInReply
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: RuntimeSignInGuestRequest,
) -> Response[ErrorReply | FaultReply | GuestSignInReply]:
    """Make a guest, as an app's own front end does

     Like signInGuest, but without credentials and under the `$users` `create` rule. An unknown app is
    400
    `record-foreign-key-invalid`.

    Args:
        body (RuntimeSignInGuestRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | GuestSignInReply]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: RuntimeSignInGuestRequest,
) -> ErrorReply | FaultReply | GuestSignInReply | None:
    """Make a guest, as an app's own front end does

     Like signInGuest, but without credentials and under the `$users` `create` rule. An unknown app is
    400
    `record-foreign-key-invalid`.

    Args:
        body (RuntimeSignInGuestRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | GuestSignInReply
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
