"""Users and their tokens, awaitable."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from instant_admin._async.gateway import AsyncGateway
from instant_admin._core import auth_calls as calls
from instant_admin._core.context import Context
from instant_admin._core.cookies import read_session_token
from instant_admin._core.web.headers import IncomingRequest
from instant_admin.errors import InvalidParameterError, RecordNotFoundError
from instant_admin.types import EntityId, SignIn, Timeout, User


class AsyncAuth:
    """`db.auth`. Every call here is made as the app itself; `as_user` does not change it."""

    def __init__(self, gateway: AsyncGateway, context: Context) -> None:
        self._gateway = gateway
        self._context = context

    async def generate_magic_code(self, email: str, *, timeout: float | Timeout | None = None) -> str:
        """Make a magic code for an address and return it, for you to deliver. Nothing is mailed.

        Args:
            email: Address; the server lower-cases and trims it.
            timeout: For this call, in seconds.

        Returns:
            Six digits as text, usable once, for 1440 minutes unless the app says otherwise. Earlier codes stay valid.

        Raises:
            InvalidParameterError: No e-mail address.

        Source: POST /admin/magic_code, `createMagicCode` in openapi/admin.yaml.
        """
        return await self._gateway.run(calls.create_magic_code(self._context, email), timeout)

    async def send_magic_code(self, email: str, *, timeout: float | Timeout | None = None) -> str:
        """Make a magic code, mail it with the app's template, and return it too.

        Args:
            email: Address; the server lower-cases and trims it.
            timeout: For this call, in seconds.

        Returns:
            Six digits as text.

        Raises:
            RateLimitedError: More than 20 mails to this address within an hour.
            EmailNotSentError: The mail provider refused.

        Source: POST /admin/send_magic_code, `sendMagicCode` in openapi/admin.yaml.
        """
        return await self._gateway.run(calls.send_magic_code(self._context, email), timeout)

    async def check_magic_code(
        self,
        email: str,
        code: str,
        *,
        extra_fields: Mapping[str, Any] | None = None,
        refresh_token: str | None = None,
        timeout: float | Timeout | None = None,
    ) -> SignIn:
        """Sign a user in with a magic code, creating the user on first sign-in.

        A code works once, except the fixed codes of test users.

        Args:
            email: Address the code was issued for.
            code: Text, normally six digits, so "042317" keeps its zero.
            extra_fields: Attributes for a new `$users` entity; ignored when the user exists.
            refresh_token: A guest's token: the guest becomes this user, or is linked to it when the user exists.
            timeout: For this call, in seconds.

        Returns:
            SignIn(user, created): `user` is the `$users` entity plus `refresh_token`.

        Raises:
            RecordNotFoundError: No such code for this address, or it was used already.
            RecordExpiredError: Older than the app allows (1440 minutes by default).
            RateLimitedError: More than 20 attempts within an hour.
            ValidationFailedError: `extra_fields` names an unknown or a system attribute.

        Source: POST /admin/verify_magic_code, `verifyMagicCode` in openapi/admin.yaml.
        """
        call = calls.verify_magic_code(self._context, email, code, extra_fields, refresh_token)
        return await self._gateway.run(call, timeout)

    async def create_token(
        self,
        email: str | None = None,
        *,
        id: EntityId | None = None,
        extra_fields: Mapping[str, Any] | None = None,
        timeout: float | Timeout | None = None,
    ) -> str:
        """Make a refresh token for a user, creating the user where it does not exist: a sign-in of your own.

        Args:
            email: Address of the user; this or `id`.
            id: Entity id of the user.
            extra_fields: Attributes for a new `$users` entity; ignored when the user exists.
            timeout: For this call, in seconds.

        Returns:
            The refresh token, for the front end to sign in with. It stays valid until signed out.

        Source: POST /admin/refresh_tokens, `createRefreshToken` in openapi/admin.yaml.
        """
        return await self._gateway.run(calls.create_token(self._context, email, id, extra_fields), timeout)

    async def sign_in(
        self,
        email: str | None = None,
        *,
        id: EntityId | None = None,
        extra_fields: Mapping[str, Any] | None = None,
        timeout: float | Timeout | None = None,
    ) -> SignIn:
        """Like `create_token`, but return the user as well, and whether this call made it.

        Args:
            email: Address of the user; this or `id`.
            id: Entity id of the user.
            extra_fields: Attributes for a new `$users` entity; ignored when the user exists.
            timeout: For this call, in seconds.

        Returns:
            SignIn(user, created): `user` is the `$users` entity plus `refresh_token`.

        Source: POST /admin/refresh_tokens, `createRefreshToken` in openapi/admin.yaml.
        """
        return await self._gateway.run(calls.sign_in(self._context, email, id, extra_fields), timeout)

    async def sign_in_guest(
        self, *, extra_fields: Mapping[str, Any] | None = None, timeout: float | Timeout | None = None
    ) -> SignIn:
        """Make a guest, a user without an address, and sign it in. `check_magic_code` turns it into a user later.

        Args:
            extra_fields: Attributes of the new `$users` entity.
            timeout: For this call, in seconds.

        Returns:
            SignIn(user, True): `user` has a `refresh_token` and no `email`.

        Source: POST /admin/sign_in_guest, `signInGuest` in openapi/admin.yaml.
        """
        return await self._gateway.run(calls.sign_in_guest(self._context, extra_fields), timeout)

    async def verify_token(self, refresh_token: str, *, timeout: float | Timeout | None = None) -> User:
        """The user a refresh token belongs to. Needs no admin token.

        Raises:
            RecordNotFoundError: The token is unknown, signed out, or another app's.
            InvalidParameterError: It is no UUID.

        Source: POST /runtime/auth/verify_refresh_token, `verifyRefreshToken` in openapi/admin.yaml.
        """
        return await self._gateway.run(calls.verify_refresh_token(self._context, refresh_token), timeout)

    async def get_user(
        self,
        email: str | None = None,
        *,
        id: EntityId | None = None,
        refresh_token: str | None = None,
        timeout: float | Timeout | None = None,
    ) -> User | None:
        """Find a user by exactly one of address, id and refresh token.

        Returns:
            The `$users` entity without its token, or None when there is none.

        Source: GET /admin/users, `getUser` in openapi/admin.yaml.
        """
        return await self._gateway.run(calls.get_user(self._context, email, id, refresh_token), timeout)

    async def delete_user(
        self,
        email: str | None = None,
        *,
        id: EntityId | None = None,
        refresh_token: str | None = None,
        timeout: float | Timeout | None = None,
    ) -> User | None:
        """Delete a user found by exactly one of address, id and refresh token, with its tokens and linked guests.

        Your own entities stay, unless a link to the user cascades.

        Returns:
            The user as it was, or None when there was none. The server puts more into it than `get_user` does.

        Source: DELETE /admin/users, `deleteUser` in openapi/admin.yaml.
        """
        return await self._gateway.run(calls.delete_user(self._context, email, id, refresh_token), timeout)

    async def sign_out(
        self,
        email: str | None = None,
        *,
        id: EntityId | None = None,
        refresh_token: str | None = None,
        timeout: float | Timeout | None = None,
    ) -> None:
        """End all sessions of a user named by address or id, or the one session of a refresh token.

        Raises:
            RecordNotFoundError: No user has this address. An unknown id or token is no error.

        Source: POST /admin/sign_out, `signOut` in openapi/admin.yaml.
        """
        await self._gateway.run(calls.sign_out(self._context, email, id, refresh_token), timeout)

    async def get_user_from_request(
        self, request: IncomingRequest, *, timeout: float | Timeout | None = None
    ) -> User | None:
        """The user of a web request, from the session cookie that Instant's front ends keep, verified with the server.

        `instant_admin.web` has the route that keeps the cookie.

        Args:
            request: A request of Starlette, FastAPI, Django, Flask and others, an ASGI scope, a WSGI environ, or the
                headers; only the header `cookie` is read.
            timeout: For this call, in seconds.

        Returns:
            The user, or None without a cookie, with an unreadable one, or when its token is signed out.

        Source: POST /runtime/auth/verify_refresh_token, `verifyRefreshToken` in openapi/admin.yaml.
        """
        token = read_session_token(request, self._context.app_id)
        if token is None:
            return None
        try:
            return await self.verify_token(token, timeout=timeout)
        except (RecordNotFoundError, InvalidParameterError):  # whoever sent the cookie can put any text there
            return None
