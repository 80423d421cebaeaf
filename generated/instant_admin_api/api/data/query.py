from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ... import errors
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...models.query_reply import QueryReply
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.query_request import QueryRequest


def _get_kwargs(
    *,
    body: QueryRequest,
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
        "url": "/admin/query",
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorReply | FaultReply | QueryReply | None:
    if response.status_code == 200:
        response_200 = QueryReply.from_dict(response.json())

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
) -> Response[ErrorReply | FaultReply | QueryReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: QueryRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | QueryReply]:
    """Read entities

     Runs an InstaQL query and answers with the tree of entities, one key per requested namespace,
    without an
    envelope. Page info and aggregates are not in the reply; only live queries carry them. Unknown
    namespaces,
    links and attributes in `where` give empty lists, not errors. With an impersonation header the app's
    rules
    apply: entities that the user may not view are left out.

    Limits: a statement of the database runs for at most 30 s, then 429 `timeout`.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        as_email (str | Unset):
        as_token (str | Unset):
        as_guest (bool | Unset):
        body (QueryRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | QueryReply]
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
    body: QueryRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
) -> ErrorReply | FaultReply | QueryReply | None:
    """Read entities

     Runs an InstaQL query and answers with the tree of entities, one key per requested namespace,
    without an
    envelope. Page info and aggregates are not in the reply; only live queries carry them. Unknown
    namespaces,
    links and attributes in `where` give empty lists, not errors. With an impersonation header the app's
    rules
    apply: entities that the user may not view are left out.

    Limits: a statement of the database runs for at most 30 s, then 429 `timeout`.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        as_email (str | Unset):
        as_token (str | Unset):
        as_guest (bool | Unset):
        body (QueryRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | QueryReply
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
    body: QueryRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | QueryReply]:
    """Read entities

     Runs an InstaQL query and answers with the tree of entities, one key per requested namespace,
    without an
    envelope. Page info and aggregates are not in the reply; only live queries carry them. Unknown
    namespaces,
    links and attributes in `where` give empty lists, not errors. With an impersonation header the app's
    rules
    apply: entities that the user may not view are left out.

    Limits: a statement of the database runs for at most 30 s, then 429 `timeout`.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        as_email (str | Unset):
        as_token (str | Unset):
        as_guest (bool | Unset):
        body (QueryRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | QueryReply]
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
    body: QueryRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
) -> ErrorReply | FaultReply | QueryReply | None:
    """Read entities

     Runs an InstaQL query and answers with the tree of entities, one key per requested namespace,
    without an
    envelope. Page info and aggregates are not in the reply; only live queries carry them. Unknown
    namespaces,
    links and attributes in `where` give empty lists, not errors. With an impersonation header the app's
    rules
    apply: entities that the user may not view are left out.

    Limits: a statement of the database runs for at most 30 s, then 429 `timeout`.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        as_email (str | Unset):
        as_token (str | Unset):
        as_guest (bool | Unset):
        body (QueryRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | QueryReply
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
