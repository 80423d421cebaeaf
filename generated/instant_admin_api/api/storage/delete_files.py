from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ... import errors
from ...models.delete_files_reply import DeleteFilesReply
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.delete_files_request import DeleteFilesRequest


def _get_kwargs(
    *,
    body: DeleteFilesRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
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

    params: dict[str, Any] = {}

    params["app_id"] = app_id_query

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/admin/storage/files/delete",
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> DeleteFilesReply | ErrorReply | FaultReply | None:
    if response.status_code == 200:
        response_200 = DeleteFilesReply.from_dict(response.json())

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
) -> Response[DeleteFilesReply | ErrorReply | FaultReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: DeleteFilesRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
) -> Response[DeleteFilesReply | ErrorReply | FaultReply]:
    """Delete files

     Deletes the files at some paths and answers with the ids of those that existed, each once, in no
    fixed order. Names are
    not trimmed; an empty list is fine. Impersonated callers need the `$files` `delete` rule for every
    path.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        as_email (str | Unset):
        as_token (str | Unset):
        as_guest (bool | Unset):
        body (DeleteFilesRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DeleteFilesReply | ErrorReply | FaultReply]
    """

    kwargs = _get_kwargs(
        body=body,
        app_id_query=app_id_query,
        app_id_header=app_id_header,
        as_email=as_email,
        as_token=as_token,
        as_guest=as_guest,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: DeleteFilesRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
) -> DeleteFilesReply | ErrorReply | FaultReply | None:
    """Delete files

     Deletes the files at some paths and answers with the ids of those that existed, each once, in no
    fixed order. Names are
    not trimmed; an empty list is fine. Impersonated callers need the `$files` `delete` rule for every
    path.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        as_email (str | Unset):
        as_token (str | Unset):
        as_guest (bool | Unset):
        body (DeleteFilesRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DeleteFilesReply | ErrorReply | FaultReply
    """

    return sync_detailed(
        client=client,
        body=body,
        app_id_query=app_id_query,
        app_id_header=app_id_header,
        as_email=as_email,
        as_token=as_token,
        as_guest=as_guest,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: DeleteFilesRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
) -> Response[DeleteFilesReply | ErrorReply | FaultReply]:
    """Delete files

     Deletes the files at some paths and answers with the ids of those that existed, each once, in no
    fixed order. Names are
    not trimmed; an empty list is fine. Impersonated callers need the `$files` `delete` rule for every
    path.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        as_email (str | Unset):
        as_token (str | Unset):
        as_guest (bool | Unset):
        body (DeleteFilesRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DeleteFilesReply | ErrorReply | FaultReply]
    """

    kwargs = _get_kwargs(
        body=body,
        app_id_query=app_id_query,
        app_id_header=app_id_header,
        as_email=as_email,
        as_token=as_token,
        as_guest=as_guest,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: DeleteFilesRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
) -> DeleteFilesReply | ErrorReply | FaultReply | None:
    """Delete files

     Deletes the files at some paths and answers with the ids of those that existed, each once, in no
    fixed order. Names are
    not trimmed; an empty list is fine. Impersonated callers need the `$files` `delete` rule for every
    path.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        as_email (str | Unset):
        as_token (str | Unset):
        as_guest (bool | Unset):
        body (DeleteFilesRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DeleteFilesReply | ErrorReply | FaultReply
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
        )
    ).parsed
