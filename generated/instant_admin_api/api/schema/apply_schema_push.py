from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ... import errors
from ...models.apply_schema_reply import ApplySchemaReply
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...types import Response

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.push_schema_request import PushSchemaRequest


def _get_kwargs(
    app_id: str,
    *,
    body: PushSchemaRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/dash/apps/{app_id}/schema/push/apply".format(
            app_id=quote(str(app_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ApplySchemaReply | ErrorReply | FaultReply | None:
    if response.status_code == 200:
        response_200 = ApplySchemaReply.from_dict(response.json())

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
) -> Response[ApplySchemaReply | ErrorReply | FaultReply]:
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
    body: PushSchemaRequest,
) -> Response[ApplySchemaReply | ErrorReply | FaultReply]:
    """Push a schema

     Plans as above and takes the steps: attributes at once in one transaction, changes of flags and
    types as background jobs
    to be polled by group.

    Args:
        app_id (str):
        body (PushSchemaRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApplySchemaReply | ErrorReply | FaultReply]
    """

    kwargs = _get_kwargs(
        app_id=app_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    app_id: str,
    *,
    client: AuthenticatedClient,
    body: PushSchemaRequest,
) -> ApplySchemaReply | ErrorReply | FaultReply | None:
    """Push a schema

     Plans as above and takes the steps: attributes at once in one transaction, changes of flags and
    types as background jobs
    to be polled by group.

    Args:
        app_id (str):
        body (PushSchemaRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApplySchemaReply | ErrorReply | FaultReply
    """

    return sync_detailed(
        app_id=app_id,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    app_id: str,
    *,
    client: AuthenticatedClient,
    body: PushSchemaRequest,
) -> Response[ApplySchemaReply | ErrorReply | FaultReply]:
    """Push a schema

     Plans as above and takes the steps: attributes at once in one transaction, changes of flags and
    types as background jobs
    to be polled by group.

    Args:
        app_id (str):
        body (PushSchemaRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ApplySchemaReply | ErrorReply | FaultReply]
    """

    kwargs = _get_kwargs(
        app_id=app_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    app_id: str,
    *,
    client: AuthenticatedClient,
    body: PushSchemaRequest,
) -> ApplySchemaReply | ErrorReply | FaultReply | None:
    """Push a schema

     Plans as above and takes the steps: attributes at once in one transaction, changes of flags and
    types as background jobs
    to be polled by group.

    Args:
        app_id (str):
        body (PushSchemaRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ApplySchemaReply | ErrorReply | FaultReply
    """

    return (
        await asyncio_detailed(
            app_id=app_id,
            client=client,
            body=body,
        )
    ).parsed
