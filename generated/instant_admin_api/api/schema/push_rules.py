from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ... import errors
from ...models.error_reply import ErrorReply
from ...models.fault_reply import FaultReply
from ...models.push_rules_reply import PushRulesReply
from ...types import Response

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.push_rules_request import PushRulesRequest


def _get_kwargs(
    app_id: str,
    *,
    body: PushRulesRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/dash/apps/{app_id}/rules".format(
            app_id=quote(str(app_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ErrorReply | FaultReply | PushRulesReply | None:
    if response.status_code == 200:
        response_200 = PushRulesReply.from_dict(response.json())

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
) -> Response[ErrorReply | FaultReply | PushRulesReply]:
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
    body: PushRulesRequest,
) -> Response[ErrorReply | FaultReply | PushRulesReply]:
    """Replace the permission rules

     Replaces all rules, on read-only apps too. They are checked first and nothing is stored when one is
    wrong
    (`validation-failed`, data-type `rule`, one entry per problem). Rules equal to the stored ones are
    200 with null.

    Args:
        app_id (str):
        body (PushRulesRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | PushRulesReply]
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
    body: PushRulesRequest,
) -> ErrorReply | FaultReply | PushRulesReply | None:
    """Replace the permission rules

     Replaces all rules, on read-only apps too. They are checked first and nothing is stored when one is
    wrong
    (`validation-failed`, data-type `rule`, one entry per problem). Rules equal to the stored ones are
    200 with null.

    Args:
        app_id (str):
        body (PushRulesRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | PushRulesReply
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
    body: PushRulesRequest,
) -> Response[ErrorReply | FaultReply | PushRulesReply]:
    """Replace the permission rules

     Replaces all rules, on read-only apps too. They are checked first and nothing is stored when one is
    wrong
    (`validation-failed`, data-type `rule`, one entry per problem). Rules equal to the stored ones are
    200 with null.

    Args:
        app_id (str):
        body (PushRulesRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ErrorReply | FaultReply | PushRulesReply]
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
    body: PushRulesRequest,
) -> ErrorReply | FaultReply | PushRulesReply | None:
    """Replace the permission rules

     Replaces all rules, on read-only apps too. They are checked first and nothing is stored when one is
    wrong
    (`validation-failed`, data-type `rule`, one entry per problem). Rules equal to the stored ones are
    200 with null.

    Args:
        app_id (str):
        body (PushRulesRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ErrorReply | FaultReply | PushRulesReply
    """

    return (
        await asyncio_detailed(
            app_id=app_id,
            client=client,
            body=body,
        )
    ).parsed
