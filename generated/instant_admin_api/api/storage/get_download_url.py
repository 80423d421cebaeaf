from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ... import errors
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...models.get_download_url_reply import GetDownloadUrlReply
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client


def _get_kwargs(
    *,
    app_id_query: str | Unset = UNSET,
    filename: str,
    app_id_header: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(app_id_header, Unset):
        headers["app-id"] = app_id_header

    params: dict[str, Any] = {}

    params["app_id"] = app_id_query

    params["filename"] = filename

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/admin/storage/signed-download-url",
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorReply | FaultReply | GetDownloadUrlReply | None:
    if response.status_code == 200:
        response_200 = GetDownloadUrlReply.from_dict(response.json())

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
) -> Response[ErrorReply | FaultReply | GetDownloadUrlReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    app_id_query: str | Unset = UNSET,
    filename: str,
    app_id_header: str | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | GetDownloadUrlReply]:
    """A file's download URL (legacy)

     The presigned URL of a file, as in `$files.url`: the same all day, valid for 7 days from the start
    of the UTC day. A path
    without a file is 200 with null. Impersonation headers are ignored.

    Args:
        app_id_query (str | Unset):
        filename (str):
        app_id_header (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | GetDownloadUrlReply]
    """

    kwargs = _get_kwargs(
        app_id_query=app_id_query,
        filename=filename,
        app_id_header=app_id_header,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    app_id_query: str | Unset = UNSET,
    filename: str,
    app_id_header: str | Unset = UNSET,
) -> ErrorReply | FaultReply | GetDownloadUrlReply | None:
    """A file's download URL (legacy)

     The presigned URL of a file, as in `$files.url`: the same all day, valid for 7 days from the start
    of the UTC day. A path
    without a file is 200 with null. Impersonation headers are ignored.

    Args:
        app_id_query (str | Unset):
        filename (str):
        app_id_header (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | GetDownloadUrlReply
    """

    return sync_detailed(
        client=client,
        app_id_query=app_id_query,
        filename=filename,
        app_id_header=app_id_header,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    app_id_query: str | Unset = UNSET,
    filename: str,
    app_id_header: str | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | GetDownloadUrlReply]:
    """A file's download URL (legacy)

     The presigned URL of a file, as in `$files.url`: the same all day, valid for 7 days from the start
    of the UTC day. A path
    without a file is 200 with null. Impersonation headers are ignored.

    Args:
        app_id_query (str | Unset):
        filename (str):
        app_id_header (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | GetDownloadUrlReply]
    """

    kwargs = _get_kwargs(
        app_id_query=app_id_query,
        filename=filename,
        app_id_header=app_id_header,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    app_id_query: str | Unset = UNSET,
    filename: str,
    app_id_header: str | Unset = UNSET,
) -> ErrorReply | FaultReply | GetDownloadUrlReply | None:
    """A file's download URL (legacy)

     The presigned URL of a file, as in `$files.url`: the same all day, valid for 7 days from the start
    of the UTC day. A path
    without a file is 200 with null. Impersonation headers are ignored.

    Args:
        app_id_query (str | Unset):
        filename (str):
        app_id_header (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | GetDownloadUrlReply
    """

    return (
        await asyncio_detailed(
            client=client,
            app_id_query=app_id_query,
            filename=filename,
            app_id_header=app_id_header,
        )
    ).parsed
