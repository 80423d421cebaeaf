from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ... import errors
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...models.upload_reply import UploadReply
from ...types import UNSET, File, Response, Unset

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client


def _get_kwargs(
    upload_id: str,
    *,
    body: File | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/storage/{upload_id}/consume-upload-url".format(
            upload_id=quote(str(upload_id), safe=""),
        ),
    }

    if not isinstance(body, Unset):
        _kwargs["content"] = body.payload
    headers["Content-Type"] = "application/octet-stream"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorReply | FaultReply | UploadReply | None:
    if response.status_code == 200:
        response_200 = UploadReply.from_dict(response.json())

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
) -> Response[ErrorReply | FaultReply | UploadReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    upload_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: File | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | UploadReply]:
    """Store a file by an upload URL

     Stores the raw bytes of the body. Needs no credentials: the URL is the secret, works once, and
    within 5 minutes; then it
    is 400 `validation-failed` (data-type `app-upload-url`, where `hint.errors` is a text). `Content-
    Type` is stored; a JSON
    one is a mistake (500), since the body is then read as JSON.

    Args:
        upload_id (str):
        body (File | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | UploadReply]
    """

    kwargs = _get_kwargs(
        upload_id=upload_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    upload_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: File | Unset = UNSET,
) -> ErrorReply | FaultReply | UploadReply | None:
    """Store a file by an upload URL

     Stores the raw bytes of the body. Needs no credentials: the URL is the secret, works once, and
    within 5 minutes; then it
    is 400 `validation-failed` (data-type `app-upload-url`, where `hint.errors` is a text). `Content-
    Type` is stored; a JSON
    one is a mistake (500), since the body is then read as JSON.

    Args:
        upload_id (str):
        body (File | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | UploadReply
    """

    return sync_detailed(
        upload_id=upload_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    upload_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: File | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | UploadReply]:
    """Store a file by an upload URL

     Stores the raw bytes of the body. Needs no credentials: the URL is the secret, works once, and
    within 5 minutes; then it
    is 400 `validation-failed` (data-type `app-upload-url`, where `hint.errors` is a text). `Content-
    Type` is stored; a JSON
    one is a mistake (500), since the body is then read as JSON.

    Args:
        upload_id (str):
        body (File | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | UploadReply]
    """

    kwargs = _get_kwargs(
        upload_id=upload_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    upload_id: str,
    *,
    client: AuthenticatedClient | Client,
    body: File | Unset = UNSET,
) -> ErrorReply | FaultReply | UploadReply | None:
    """Store a file by an upload URL

     Stores the raw bytes of the body. Needs no credentials: the URL is the secret, works once, and
    within 5 minutes; then it
    is 400 `validation-failed` (data-type `app-upload-url`, where `hint.errors` is a text). `Content-
    Type` is stored; a JSON
    one is a mistake (500), since the body is then read as JSON.

    Args:
        upload_id (str):
        body (File | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | UploadReply
    """

    return (
        await asyncio_detailed(
            upload_id=upload_id,
            client=client,
            body=body,
        )
    ).parsed
