from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ... import errors
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...models.get_presence_reply import GetPresenceReply
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client


def _get_kwargs(
    *,
    app_id_query: str | Unset = UNSET,
    room_type: str,
    room_id: str,
    app_id_header: str | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}
    if not isinstance(app_id_header, Unset):
        headers["app-id"] = app_id_header

    params: dict[str, Any] = {}

    params["app_id"] = app_id_query

    params["room-type"] = room_type

    params["room-id"] = room_id

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/admin/rooms/presence",
        "params": params,
    }

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorReply | FaultReply | GetPresenceReply | None:
    if response.status_code == 200:
        response_200 = GetPresenceReply.from_dict(response.json())

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
) -> Response[ErrorReply | FaultReply | GetPresenceReply]:
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
    room_type: str,
    room_id: str,
    app_id_header: str | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | GetPresenceReply]:
    """Who is in a room

     The sessions in a room and what each has published. An empty room is null, or an empty object. The
    type does
    not separate rooms: equal ids in different types are one room. Impersonation headers are ignored.

    Args:
        app_id_query (str | Unset):
        room_type (str):
        room_id (str):
        app_id_header (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | GetPresenceReply]
    """

    kwargs = _get_kwargs(
        app_id_query=app_id_query,
        room_type=room_type,
        room_id=room_id,
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
    room_type: str,
    room_id: str,
    app_id_header: str | Unset = UNSET,
) -> ErrorReply | FaultReply | GetPresenceReply | None:
    """Who is in a room

     The sessions in a room and what each has published. An empty room is null, or an empty object. The
    type does
    not separate rooms: equal ids in different types are one room. Impersonation headers are ignored.

    Args:
        app_id_query (str | Unset):
        room_type (str):
        room_id (str):
        app_id_header (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | GetPresenceReply
    """

    return sync_detailed(
        client=client,
        app_id_query=app_id_query,
        room_type=room_type,
        room_id=room_id,
        app_id_header=app_id_header,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    app_id_query: str | Unset = UNSET,
    room_type: str,
    room_id: str,
    app_id_header: str | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | GetPresenceReply]:
    """Who is in a room

     The sessions in a room and what each has published. An empty room is null, or an empty object. The
    type does
    not separate rooms: equal ids in different types are one room. Impersonation headers are ignored.

    Args:
        app_id_query (str | Unset):
        room_type (str):
        room_id (str):
        app_id_header (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | GetPresenceReply]
    """

    kwargs = _get_kwargs(
        app_id_query=app_id_query,
        room_type=room_type,
        room_id=room_id,
        app_id_header=app_id_header,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    app_id_query: str | Unset = UNSET,
    room_type: str,
    room_id: str,
    app_id_header: str | Unset = UNSET,
) -> ErrorReply | FaultReply | GetPresenceReply | None:
    """Who is in a room

     The sessions in a room and what each has published. An empty room is null, or an empty object. The
    type does
    not separate rooms: equal ids in different types are one room. Impersonation headers are ignored.

    Args:
        app_id_query (str | Unset):
        room_type (str):
        room_id (str):
        app_id_header (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | GetPresenceReply
    """

    return (
        await asyncio_detailed(
            client=client,
            app_id_query=app_id_query,
            room_type=room_type,
            room_id=room_id,
            app_id_header=app_id_header,
        )
    ).parsed
