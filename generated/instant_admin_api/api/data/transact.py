from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ... import errors
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...models.transact_reply import TransactReply
from ...types import UNSET, Response, Unset

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.transact_request import TransactRequest


def _get_kwargs(
    *,
    body: TransactRequest,
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
        "url": "/admin/transact",
        "params": params,
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorReply | FaultReply | TransactReply | None:
    if response.status_code == 200:
        response_200 = TransactReply.from_dict(response.json())

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
) -> Response[ErrorReply | FaultReply | TransactReply]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: TransactRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | TransactReply]:
    """Write

     Applies steps in one database transaction, all or nothing, attributes made on the fly included.
    Steps are
    grouped by kind of operation and do not run one after another.

    Limits: no limit of steps, but about 13,000 values written per call (then 400 `parameter-limit-
    exceeded`);
    30 s per statement (429 `timeout`); 35 s in the queue for apps that have one (429 `timeout`). Values
    of indexed
    and unique attributes: 1,012 ASCII characters, or as many bytes of UTF-8.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        as_email (str | Unset):
        as_token (str | Unset):
        as_guest (bool | Unset):
        body (TransactRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | TransactReply]
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
    body: TransactRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
) -> ErrorReply | FaultReply | TransactReply | None:
    """Write

     Applies steps in one database transaction, all or nothing, attributes made on the fly included.
    Steps are
    grouped by kind of operation and do not run one after another.

    Limits: no limit of steps, but about 13,000 values written per call (then 400 `parameter-limit-
    exceeded`);
    30 s per statement (429 `timeout`); 35 s in the queue for apps that have one (429 `timeout`). Values
    of indexed
    and unique attributes: 1,012 ASCII characters, or as many bytes of UTF-8.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        as_email (str | Unset):
        as_token (str | Unset):
        as_guest (bool | Unset):
        body (TransactRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | TransactReply
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
    body: TransactRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
) -> Response[ErrorReply | FaultReply | TransactReply]:
    """Write

     Applies steps in one database transaction, all or nothing, attributes made on the fly included.
    Steps are
    grouped by kind of operation and do not run one after another.

    Limits: no limit of steps, but about 13,000 values written per call (then 400 `parameter-limit-
    exceeded`);
    30 s per statement (429 `timeout`); 35 s in the queue for apps that have one (429 `timeout`). Values
    of indexed
    and unique attributes: 1,012 ASCII characters, or as many bytes of UTF-8.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        as_email (str | Unset):
        as_token (str | Unset):
        as_guest (bool | Unset):
        body (TransactRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | TransactReply]
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
    body: TransactRequest,
    app_id_query: str | Unset = UNSET,
    app_id_header: str | Unset = UNSET,
    as_email: str | Unset = UNSET,
    as_token: str | Unset = UNSET,
    as_guest: bool | Unset = UNSET,
) -> ErrorReply | FaultReply | TransactReply | None:
    """Write

     Applies steps in one database transaction, all or nothing, attributes made on the fly included.
    Steps are
    grouped by kind of operation and do not run one after another.

    Limits: no limit of steps, but about 13,000 values written per call (then 400 `parameter-limit-
    exceeded`);
    30 s per statement (429 `timeout`); 35 s in the queue for apps that have one (429 `timeout`). Values
    of indexed
    and unique attributes: 1,012 ASCII characters, or as many bytes of UTF-8.

    Args:
        app_id_query (str | Unset):
        app_id_header (str | Unset):
        as_email (str | Unset):
        as_token (str | Unset):
        as_guest (bool | Unset):
        body (TransactRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | TransactReply
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
