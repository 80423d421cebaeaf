from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ... import errors
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...models.runtime_send_magic_code_reply import RuntimeSendMagicCodeReply
from ...types import Response

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.runtime_send_magic_code_request import RuntimeSendMagicCodeRequest


def _get_kwargs(
    *,
    body: RuntimeSendMagicCodeRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/runtime/auth/send_magic_code",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorReply | FaultReply | RuntimeSendMagicCodeReply | None:
    if response.status_code == 200:
        response_200 = RuntimeSendMagicCodeReply.from_dict(response.json())

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
) -> Response[ErrorReply | FaultReply | RuntimeSendMagicCodeReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: RuntimeSendMagicCodeRequest,
) -> Response[ErrorReply | FaultReply | RuntimeSendMagicCodeReply]:
    """Mail a magic code, as an app's own front end does

     Like sendMagicCode, but without credentials and without returning the code. An unknown app is 400
    `record-not-found`.

    Args:
        body (RuntimeSendMagicCodeRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | RuntimeSendMagicCodeReply]
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
    body: RuntimeSendMagicCodeRequest,
) -> ErrorReply | FaultReply | RuntimeSendMagicCodeReply | None:
    """Mail a magic code, as an app's own front end does

     Like sendMagicCode, but without credentials and without returning the code. An unknown app is 400
    `record-not-found`.

    Args:
        body (RuntimeSendMagicCodeRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | RuntimeSendMagicCodeReply
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: RuntimeSendMagicCodeRequest,
) -> Response[ErrorReply | FaultReply | RuntimeSendMagicCodeReply]:
    """Mail a magic code, as an app's own front end does

     Like sendMagicCode, but without credentials and without returning the code. An unknown app is 400
    `record-not-found`.

    Args:
        body (RuntimeSendMagicCodeRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | RuntimeSendMagicCodeReply]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: RuntimeSendMagicCodeRequest,
) -> ErrorReply | FaultReply | RuntimeSendMagicCodeReply | None:
    """Mail a magic code, as an app's own front end does

     Like sendMagicCode, but without credentials and without returning the code. An unknown app is 400
    `record-not-found`.

    Args:
        body (RuntimeSendMagicCodeRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | RuntimeSendMagicCodeReply
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
