from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ... import errors
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...models.sign_in_reply import SignInReply
from ...types import Response

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.runtime_verify_magic_code_request import RuntimeVerifyMagicCodeRequest


def _get_kwargs(
    *,
    body: RuntimeVerifyMagicCodeRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/runtime/auth/verify_magic_code",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorReply | FaultReply | SignInReply | None:
    if response.status_code == 200:
        response_200 = SignInReply.from_dict(response.json())

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
) -> Response[ErrorReply | FaultReply | SignInReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: RuntimeVerifyMagicCodeRequest,
) -> Response[ErrorReply | FaultReply | SignInReply]:
    """Use a magic code up, as an app's own front end does

     Like verifyMagicCode, but without credentials. The `$users` `create` rule applies to new users, and
    `extra-fields` are
    refused without such a rule (`permission-denied`); the code survives that.

    Args:
        body (RuntimeVerifyMagicCodeRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | SignInReply]
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
    body: RuntimeVerifyMagicCodeRequest,
) -> ErrorReply | FaultReply | SignInReply | None:
    """Use a magic code up, as an app's own front end does

     Like verifyMagicCode, but without credentials. The `$users` `create` rule applies to new users, and
    `extra-fields` are
    refused without such a rule (`permission-denied`); the code survives that.

    Args:
        body (RuntimeVerifyMagicCodeRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | SignInReply
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: RuntimeVerifyMagicCodeRequest,
) -> Response[ErrorReply | FaultReply | SignInReply]:
    """Use a magic code up, as an app's own front end does

     Like verifyMagicCode, but without credentials. The `$users` `create` rule applies to new users, and
    `extra-fields` are
    refused without such a rule (`permission-denied`); the code survives that.

    Args:
        body (RuntimeVerifyMagicCodeRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | SignInReply]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: RuntimeVerifyMagicCodeRequest,
) -> ErrorReply | FaultReply | SignInReply | None:
    """Use a magic code up, as an app's own front end does

     Like verifyMagicCode, but without credentials. The `$users` `create` rule applies to new users, and
    `extra-fields` are
    refused without such a rule (`permission-denied`); the code survives that.

    Args:
        body (RuntimeVerifyMagicCodeRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | SignInReply
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
