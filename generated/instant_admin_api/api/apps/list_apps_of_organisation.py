from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ... import errors
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...models.list_apps_reply import ListAppsReply
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client


def _get_kwargs(
    org_id: str,
    *,
    include: str | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["include"] = include

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/superadmin/orgs/{org_id}/apps".format(
            org_id=quote(str(org_id), safe=""),
        ),
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorReply | FaultReply | ListAppsReply | None:
    if response.status_code == 200:
        response_200 = ListAppsReply.from_dict(response.json())

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
) -> Response[ErrorReply | FaultReply | ListAppsReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    org_id: str,
    *,
    client: AuthenticatedClient,
    include: str | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | ListAppsReply]:
    """All apps of an organisation

     The apps of one organisation, without their admin tokens.

    Args:
        org_id (str):
        include (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | ListAppsReply]
    """

    kwargs = _get_kwargs(
        org_id=org_id,
        include=include,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    org_id: str,
    *,
    client: AuthenticatedClient,
    include: str | Unset = UNSET,
) -> ErrorReply | FaultReply | ListAppsReply | None:
    """All apps of an organisation

     The apps of one organisation, without their admin tokens.

    Args:
        org_id (str):
        include (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | ListAppsReply
    """

    return sync_detailed(
        org_id=org_id,
        client=client,
        include=include,
    ).parsed


async def asyncio_detailed(
    org_id: str,
    *,
    client: AuthenticatedClient,
    include: str | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | ListAppsReply]:
    """All apps of an organisation

     The apps of one organisation, without their admin tokens.

    Args:
        org_id (str):
        include (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | ListAppsReply]
    """

    kwargs = _get_kwargs(
        org_id=org_id,
        include=include,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    org_id: str,
    *,
    client: AuthenticatedClient,
    include: str | Unset = UNSET,
) -> ErrorReply | FaultReply | ListAppsReply | None:
    """All apps of an organisation

     The apps of one organisation, without their admin tokens.

    Args:
        org_id (str):
        include (str | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | ListAppsReply
    """

    return (
        await asyncio_detailed(
            org_id=org_id,
            client=client,
            include=include,
        )
    ).parsed
