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
    app_id: str,
    *,
    body: File | Unset = UNSET,
    path: str,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    headers["path"] = path

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/dash/apps/{app_id}/storage/upload".format(
            app_id=quote(str(app_id), safe=""),
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
    app_id: str,
    *,
    client: AuthenticatedClient,
    body: File | Unset = UNSET,
    path: str,
) -> Response[ErrorReply | FaultReply | UploadReply]:
    """Store a file, app id in the path

     As uploadFile, but impersonation headers are ignored and the disposition is always `inline`.

    Args:
        app_id (str):
        path (str):
        body (File | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | UploadReply]
    """

    kwargs = _get_kwargs(
        app_id=app_id,
        body=body,
        path=path,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    app_id: str,
    *,
    client: AuthenticatedClient,
    body: File | Unset = UNSET,
    path: str,
) -> ErrorReply | FaultReply | UploadReply | None:
    """Store a file, app id in the path

     As uploadFile, but impersonation headers are ignored and the disposition is always `inline`.

    Args:
        app_id (str):
        path (str):
        body (File | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | UploadReply
    """

    return sync_detailed(
        app_id=app_id,
        client=client,
        body=body,
        path=path,
    ).parsed


async def asyncio_detailed(
    app_id: str,
    *,
    client: AuthenticatedClient,
    body: File | Unset = UNSET,
    path: str,
) -> Response[ErrorReply | FaultReply | UploadReply]:
    """Store a file, app id in the path

     As uploadFile, but impersonation headers are ignored and the disposition is always `inline`.

    Args:
        app_id (str):
        path (str):
        body (File | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | UploadReply]
    """

    kwargs = _get_kwargs(
        app_id=app_id,
        body=body,
        path=path,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    app_id: str,
    *,
    client: AuthenticatedClient,
    body: File | Unset = UNSET,
    path: str,
) -> ErrorReply | FaultReply | UploadReply | None:
    """Store a file, app id in the path

     As uploadFile, but impersonation headers are ignored and the disposition is always `inline`.

    Args:
        app_id (str):
        path (str):
        body (File | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | UploadReply
    """

    return (
        await asyncio_detailed(
            app_id=app_id,
            client=client,
            body=body,
            path=path,
        )
    ).parsed
