from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ... import errors
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...models.upload_reply import UploadReply
from ...types import UNSET, File, Response, Unset

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client


def _get_kwargs(
    *,
    body: File | Unset = UNSET,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
    path: str,
    content_disposition: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(app_id_header, Unset):
        headers["app-id"] = app_id_header

    if not isinstance(as_email, Unset):
        headers["as-email"] = as_email

    if not isinstance(as_token, Unset):
        headers["as-token"] = as_token

    if not isinstance(as_guest, Unset):
        headers["as-guest"] = "true" if as_guest else "false"

    headers["path"] = path

    if not isinstance(content_disposition, Unset):
        headers["content-disposition"] = content_disposition

    params: dict[str, Any] = {}

    params["app_id"] = app_id_query

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/admin/storage/upload",
        "params": params,
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
    *,
    client: AuthenticatedClient,
    body: File | Unset = UNSET,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
    path: str,
    content_disposition: str | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | UploadReply]:
    """Store a file

     Stores the raw bytes of the body as a file and makes its `$files` entity. An existing path gets new
    content, type and
    disposition and keeps its id. The body is no JSON and no form (`multipart/form-data` and
    `application/x-www-form-urlencoded` are 500); an empty one stores an empty file. `Content-Type`, any
    value, is stored as
    sent; without it the file is `application/octet-stream`.

    Limits: no limit of size, but the length must be known (`Content-Length`). Header bytes are read as
    Latin-1, so
    characters beyond it cannot be in a path. A path has at most 1,012 ASCII characters. Impersonated
    callers need the
    `$files` `create` rule, for overwriting too.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        as_email (str | Unset):
        as_token (str | Unset):
        as_guest (bool | Unset):
        path (str):
        content_disposition (str | Unset):
        body (File | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | UploadReply]
    """

    kwargs = _get_kwargs(
        body=body,
        app_id_query=app_id_query,
        app_id_header=app_id_header,
        as_email=as_email,
        as_token=as_token,
        as_guest=as_guest,
        path=path,
        content_disposition=content_disposition,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: File | Unset = UNSET,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
    path: str,
    content_disposition: str | Unset = UNSET,
) -> ErrorReply | FaultReply | UploadReply | None:
    """Store a file

     Stores the raw bytes of the body as a file and makes its `$files` entity. An existing path gets new
    content, type and
    disposition and keeps its id. The body is no JSON and no form (`multipart/form-data` and
    `application/x-www-form-urlencoded` are 500); an empty one stores an empty file. `Content-Type`, any
    value, is stored as
    sent; without it the file is `application/octet-stream`.

    Limits: no limit of size, but the length must be known (`Content-Length`). Header bytes are read as
    Latin-1, so
    characters beyond it cannot be in a path. A path has at most 1,012 ASCII characters. Impersonated
    callers need the
    `$files` `create` rule, for overwriting too.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        as_email (str | Unset):
        as_token (str | Unset):
        as_guest (bool | Unset):
        path (str):
        content_disposition (str | Unset):
        body (File | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | UploadReply
    """

    return sync_detailed(
        client=client,
        body=body,
        app_id_query=app_id_query,
        app_id_header=app_id_header,
        as_email=as_email,
        as_token=as_token,
        as_guest=as_guest,
        path=path,
        content_disposition=content_disposition,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: File | Unset = UNSET,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
    path: str,
    content_disposition: str | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | UploadReply]:
    """Store a file

     Stores the raw bytes of the body as a file and makes its `$files` entity. An existing path gets new
    content, type and
    disposition and keeps its id. The body is no JSON and no form (`multipart/form-data` and
    `application/x-www-form-urlencoded` are 500); an empty one stores an empty file. `Content-Type`, any
    value, is stored as
    sent; without it the file is `application/octet-stream`.

    Limits: no limit of size, but the length must be known (`Content-Length`). Header bytes are read as
    Latin-1, so
    characters beyond it cannot be in a path. A path has at most 1,012 ASCII characters. Impersonated
    callers need the
    `$files` `create` rule, for overwriting too.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        as_email (str | Unset):
        as_token (str | Unset):
        as_guest (bool | Unset):
        path (str):
        content_disposition (str | Unset):
        body (File | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | UploadReply]
    """

    kwargs = _get_kwargs(
        body=body,
        app_id_query=app_id_query,
        app_id_header=app_id_header,
        as_email=as_email,
        as_token=as_token,
        as_guest=as_guest,
        path=path,
        content_disposition=content_disposition,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: File | Unset = UNSET,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
    path: str,
    content_disposition: str | Unset = UNSET,
) -> ErrorReply | FaultReply | UploadReply | None:
    """Store a file

     Stores the raw bytes of the body as a file and makes its `$files` entity. An existing path gets new
    content, type and
    disposition and keeps its id. The body is no JSON and no form (`multipart/form-data` and
    `application/x-www-form-urlencoded` are 500); an empty one stores an empty file. `Content-Type`, any
    value, is stored as
    sent; without it the file is `application/octet-stream`.

    Limits: no limit of size, but the length must be known (`Content-Length`). Header bytes are read as
    Latin-1, so
    characters beyond it cannot be in a path. A path has at most 1,012 ASCII characters. Impersonated
    callers need the
    `$files` `create` rule, for overwriting too.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        as_email (str | Unset):
        as_token (str | Unset):
        as_guest (bool | Unset):
        path (str):
        content_disposition (str | Unset):
        body (File | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | UploadReply
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            app_id_query=app_id_query,
            app_id_header=app_id_header,
            as_email=as_email,
            as_token=as_token,
            as_guest=as_guest,
            path=path,
            content_disposition=content_disposition,
        )
    ).parsed
